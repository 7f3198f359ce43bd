"""Arrays in, arrays out: the arithmetic, which knows nothing of people, tables or files."""
