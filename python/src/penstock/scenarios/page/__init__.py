"""The page of gaps."""
