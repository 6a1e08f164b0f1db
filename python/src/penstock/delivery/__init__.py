"""What a team ships: stubs for its own transforms."""
