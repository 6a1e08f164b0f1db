"""How long a window join takes, beside the range join that is written by hand, DuckDB, and an as-of join."""
