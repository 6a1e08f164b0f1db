"""Sixty notebooks as they should not be, and the way out."""
