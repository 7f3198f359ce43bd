"""What was observed: tables, checked and accounted for row by row. No graphs here."""
