"""How long an exact comparison takes, and that it collects nothing."""
