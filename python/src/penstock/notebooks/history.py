"""Many runs as one table: a job's history, read from the small records that runs leave beside their notebooks."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from penstock.core.runs import Outcome, as_json
from penstock.notebooks.document import refuse
from penstock.notebooks.files import display_name
from penstock.notebooks.runfile import SUFFIX

State = Outcome | Literal["running", "vanished"]


@dataclass(frozen=True)
class PastRun:
    """One run. `seconds` is None while it runs; a `vanished` one began on this machine, and its process is gone."""

    job: str
    outcome: State
    started: datetime
    seconds: float | None
    exit_code: int | None
    parameters: dict[str, Any]
    output: Path
    report: Path | None
    error: str = ""
    value: Any = None
    commit: str = ""
    notes: tuple[str, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """The run as plain JSON values."""
        return as_json(self)


def past_runs(folder: str | Path, job: str | None = None, limit: int | None = None) -> tuple[PastRun, ...]:
    """The runs whose records lie in a folder or below it, the newest first; those of one job, if it is named.

    A record that cannot be read is left out: it may be of a run that is being written right now.

    Raises:
        Refusal: there is no such folder.
    """
    top = Path(folder)
    if not top.is_dir():
        raise refuse("no-such-folder", f"{top}: there is no such folder.")
    found = sorted(_all(top), key=lambda run: run.started, reverse=True)
    return tuple([run for run in found if job in (None, run.job)][:limit])


def by_job(runs: Sequence[PastRun]) -> dict[str, list[PastRun]]:
    """The runs of each job, jobs by name, runs as they came."""
    jobs: dict[str, list[PastRun]] = {}
    for run in runs:
        jobs.setdefault(run.job, []).append(run)
    return dict(sorted(jobs.items()))


def _all(top: Path) -> Iterator[PastRun]:
    for path in top.rglob(f"*{SUFFIX}"):
        try:
            yield _read(path)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue


def _read(path: Path) -> PastRun:
    record = json.loads(path.read_text(encoding="utf-8"))
    output = path.with_name(path.name.removesuffix(SUFFIX) + ".ipynb")  # the folder may have been moved since
    report = record["report"] and path.parent / os.path.relpath(record["report"], Path(record["output"]).parent)
    error = record.get("error")
    return PastRun(
        job=display_name(Path(record["notebook"])),
        outcome=_state(record),
        started=datetime.fromisoformat(record["started"]),
        seconds=record.get("seconds"),
        exit_code=record.get("exit_code"),
        parameters=record["parameters"],
        output=output,
        report=report if report and report.is_file() else None,
        error=f"cell {error['cell']}: {error['summary'][0]}" if error and error["cell"] else _first(error),
        value=record.get("value"),
        commit=record.get("commit", ""),
        notes=tuple(record.get("notes", ())),
    )


def _first(error: Any) -> str:
    return str(error["summary"][0]) if error else ""


def _state(record: dict[str, Any]) -> State:
    if record["outcome"] != "running" or record["machine"] != platform.node():
        return record["outcome"]
    try:
        os.kill(record["process"], 0)
    except ProcessLookupError:
        return "vanished"
    except OSError:  # it lives, and belongs to somebody else
        pass
    return "running"
