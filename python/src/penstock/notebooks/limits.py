"""How long a run, each of its cells, and the start of its kernel may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Seconds; None means no limit."""

    total: float | None = None
    cell: float | None = None
    start: int = 60
