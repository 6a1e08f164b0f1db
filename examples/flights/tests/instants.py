"""Instants, whatever the zone of the machine or of the session."""

from __future__ import annotations

from datetime import datetime, timezone


def utc(text: str) -> datetime:
    """An instant, whatever the machine's zone."""
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


def seconds(text: str) -> int:
    """The same, as Spark's `unix_seconds` gives it back; collected timestamps would be on the machine's clock."""
    return int(utc(text).timestamp())
