"""Transforms with one known pitfall each, as a data engineer would write them, and the same without it."""
