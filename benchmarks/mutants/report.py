"""The table of who finds what."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .ways import Search, Shrunk


@dataclass(frozen=True)
class Row:
    """One planted mistake: how each way fared, and what its failure was shrunk to."""

    id: str
    name: str
    searches: Sequence[Search]
    small: Shrunk | None


def table(rows: Sequence[Row], spark: str) -> str:
    """The page."""
    counts = [sum(bool(row.searches[way].found) for row in rows) for way in range(3)]
    machine = f"{_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, Spark {spark}"
    head = [
        f"# Who finds {len(rows)} planted mistakes",
        "",
        f"Measured by `python -m benchmarks.mutants --write` on {machine}. Each way has the same oracles, and the time that",
        "the quick set took over that transform. Found: the wrong transform fails on an input that its correct twin passes.",
        "The last column: the failure in an input of 100 000 rows, made small.",
        "",
        f"| mistake | Penstock's quick set: {counts[0]} of {len(rows)} | Hypothesis, pandas frames: {counts[1]} "
        f"| development data: {counts[2]} | shrunk |",
        "|---|---|---|---|---|",
    ]
    return "\n".join([*head, *map(line, rows), ""])


def line(row: Row) -> str:
    """One row of the table."""
    said = [f"{s.found or 'not found'} ({s.inputs} inputs, {s.seconds:.1f} s)" for s in row.searches]
    small = row.small and f"{row.small.rows} rows, {row.small.actions} actions, {row.small.seconds:.1f} s"
    return f"| {row.id} `{row.name}` | {' | '.join(said)} | {small or 'none'} |"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((text.split(":", 1)[1].strip() for text in lines if text.startswith("model name")), platform.machine())
