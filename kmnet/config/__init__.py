"""The config: typed, strict and self-documenting."""
