"""Other readings of the contract, to compare Penstock with: plain Python, plain Spark, DuckDB, pandas."""
