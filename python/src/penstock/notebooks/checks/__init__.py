"""What a notebook in production should not have: one rule per file, listed once in `registry.py`."""
