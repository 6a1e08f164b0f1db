"""`penstock doctor`: what a session has, and what is wrong with it."""

from __future__ import annotations


def doctor() -> None:
    """Say what the session has and what is wrong."""
