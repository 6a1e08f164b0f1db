"""The formats that a notebook can have: one file each, listed once in `registry.py`."""
