"""From tables to networks: what counts as a tie, and when."""
