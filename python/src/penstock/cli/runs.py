"""`penstock runs`: the history of jobs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

if TYPE_CHECKING:
    from penstock.notebooks.history import PastRun


def runs(
    folder: Annotated[Path, typer.Argument(help="A folder with runs in it or below it.")] = Path(),
    job: Annotated[Optional[str], typer.Option(help="Only this notebook's runs, by its name without .ipynb.")] = None,
    limit: Annotated[Optional[int], typer.Option(min=1, help="Only the newest so many.")] = None,
    html: Annotated[Optional[Path], typer.Option(help="Write a page with all of it to this file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the runs as JSON.")] = False,
) -> None:
    """List past runs with their outcomes and times, the newest first.

    Example: penstock runs notebooks --job daily --html runs.html
    """
    from penstock.notebooks.history import past_runs

    found = past_runs(folder, job, limit)
    if html is not None:
        from penstock.notebooks.report.index import write_index

        try:
            write_index(found, html)
        except OSError as error:
            raise typer.BadParameter(f"{html}: cannot be written: {error.strerror or error}.") from None
    print(json.dumps([run.to_dict() for run in found], indent=2, ensure_ascii=False) if as_json else _table(found))


def _table(found: tuple[PastRun, ...]) -> str:
    from penstock.notebooks.progress import duration

    if not found:
        return "There are no runs here."
    rows = [("started (UTC)", "job", "outcome", "time", "")]
    for run in found:
        told = run.error or ("" if run.value is None else f"exit value: {run.value}")
        started = run.started.strftime("%Y-%m-%d %H:%M:%S")
        rows.append((started, run.job, run.outcome, duration(run.seconds), told[:100]))
    widths = [max(len(row[at]) for row in rows) for at in range(4)]
    lines = ["  ".join([*(row[at].ljust(widths[at]) for at in range(4)), row[4]]).rstrip() for row in rows]
    return "\n".join(lines)
