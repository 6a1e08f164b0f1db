"""`penstock stubs`: typed Python functions for a team's own JAR."""

from __future__ import annotations


def stubs() -> None:
    """Write typed, documented Python functions for the transforms in a JAR."""
