"""How long the quick set takes over one transform, on a warm session."""
