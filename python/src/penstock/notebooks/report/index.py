"""The page over many runs: per job its history as bars of time, and one line per run with a link to its report."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from penstock.notebooks.history import PastRun, by_job
from penstock.notebooks.progress import count, duration
from penstock.notebooks.report.write import OUTCOMES, script_hash
from penstock.notebooks.saving import write_atomically

_HERE = Path(__file__).parent
MOST_BARS = 60
"""Bars in a job's history: its newest runs."""


def write_index(runs: Sequence[PastRun], path: Path) -> None:
    """Write the page; its links lead to the reports from where the page lies.

    Raises:
        OSError: it cannot be written.
    """
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(loader=FileSystemLoader(_HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    filters: dict[str, Any] = {"duration": duration, "counted": count, "link": _link(path.resolve().parent)}
    environment.filters.update(filters)
    script = (_HERE / "report.js").read_text(encoding="utf-8")
    html = environment.get_template("index.html.j2").render(
        jobs=by_job(runs),
        bars={job: _bars(history) for job, history in by_job(runs).items()},
        total=len(runs),
        outcomes={**OUTCOMES, "running": "Running", "vanished": "Vanished"},
        css=(_HERE / "report.css").read_text(encoding="utf-8"),
        script=script,
        allowed=script_hash(script),
    )
    write_atomically(path, html)


def _bars(history: Sequence[PastRun]) -> list[tuple[PastRun, float]]:
    """(run, its share of the longest in percent), the oldest first."""
    shown = list(reversed(history[:MOST_BARS]))
    longest = max((run.seconds or 0 for run in shown), default=0) or 1
    return [(run, 100 * (run.seconds or 0) / longest) for run in shown]


def _link(folder: Path) -> Any:
    def link(target: Path) -> str:
        return os.path.relpath(target.resolve(), folder).replace(os.sep, "/")

    return link
