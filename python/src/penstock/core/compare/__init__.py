"""The exact comparison of two frames: `frames.py` is the way in, `values.py` says when two values are the same."""
