"""What a run leaves behind: one record, for the library, the command line, the report and the saved notebook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

Outcome = Literal["done", "failed", "lost", "timeout", "cancelled"]
CellStatus = Literal["pending", "running", "completed", "failed", "skipped", "kept"]
"""`kept`: a resumed run has not run the cell again, because the earlier run had completed it."""

EXIT_CODES: Mapping[str, int] = {"done": 0, "failed": 1, "refused": 2, "lost": 3, "timeout": 124}
"""The documented exit codes. A cancelled run gives 128 + the signal's number: 130 for SIGINT, 143 for SIGTERM."""

_PLACES = (
    (r" at \S*(?:ipykernel_\d+|ipython-input)\S*?:(\d+)$", r", line \1"),  # a cell's temporary file
    (r".* at \S*penstock[/\\]notebooks[/\\]inside[/\\]table\.py:\d+$", "display"),
    (r" at \S*?([^/\\\s]+\.py:\d+)$", r", \1"),  # a module: its folder is the machine's business
    (r" at NativeMethodAccessorImpl\.java:\d+$", ""),  # any call that came from Python, as the JVM sees it
    (
        r"^\$anonfun\$withThreadLocalCaptured.*",
        "a part of the query",
    ),  # of adaptive execution, in a thread of Spark's own
)
"""How Spark tells where a stage was called from, and what a reader is told instead."""


@dataclass(frozen=True)
class StageRun:
    """One Spark stage as far as it was seen. Times are seconds since the epoch; sizes are bytes; None = not known."""

    app: str
    id: int
    name: str
    tasks: int
    completed: int
    failed: int = 0
    running: int = 0
    done: bool = False
    started: float | None = None
    ended: float | None = None
    input_bytes: int | None = None
    output_bytes: int | None = None
    shuffle_read_bytes: int | None = None
    shuffle_write_bytes: int | None = None
    spilled_bytes: int | None = None

    @property
    def seconds(self) -> float | None:
        """How long the stage ran, if both ends were seen."""
        return None if self.started is None or self.ended is None else max(0.0, self.ended - self.started)

    @property
    def label(self) -> str:
        """What the stage was for, as its user would say it: `count, line 3`."""
        for place, instead in _PLACES:
            told = re.sub(place, instead, self.name)
            if told != self.name:
                return told
        return self.name


@dataclass(frozen=True)
class CellRun:
    """One code cell: `number` counts all cells of the input notebook from 1, as a reader scrolling down would."""

    number: int
    title: str
    status: CellStatus
    started: float | None = None
    seconds: float | None = None
    stages: int = 0


@dataclass(frozen=True)
class RunError:
    """Why a run did not end well. `summary` has at most three lines; the whole trace stays in the saved notebook."""

    kind: str
    summary: tuple[str, ...]
    cell: int | None = None
    line: int | None = None
    title: str = ""

    def __str__(self) -> str:
        place = f"cell {self.cell}" if self.cell is not None else ""
        place += f", line {self.line}" if self.line is not None else ""
        place += f" ({self.title})" if self.title and place else ""
        return "\n".join([f"{place}:" if place else "", *self.summary]).strip()


@dataclass(frozen=True)
class SparkSeen:
    """The Spark application that the notebook used, read from the session while it was there."""

    version: str = ""
    master: str = ""
    app: str = ""
    jar: str = ""


@dataclass(frozen=True)
class RunResult:
    """The end of one run of one notebook."""

    outcome: Outcome
    exit_code: int
    notebook: Path
    output: Path
    report: Path | None
    log: Path
    parameters: Mapping[str, Any]
    started: datetime
    seconds: float
    cells: tuple[CellRun, ...] = ()
    stages: tuple[StageRun, ...] = ()
    error: RunError | None = None
    spark: tuple[SparkSeen, ...] = field(default=())
    value: Any = None
    """What the notebook gave to `penstock.exit`, as plain JSON values."""
    attempts: tuple[RunError, ...] = ()
    """Why each earlier attempt of this run was lost, when it was retried."""
    notes: tuple[str, ...] = ()
    """What the caller should know about how it was run: what was resumed, or why it could not be."""

    @property
    def ok(self) -> bool:
        """True when the notebook ran to its end (or left early by `sys.exit(0)`)."""
        return self.outcome == "done"

    def to_dict(self) -> dict[str, Any]:
        """The record as plain JSON values."""
        return as_json(self)


def as_json(value: Any) -> Any:
    """A value as JSON can carry it: dates as ISO text, everything that JSON does not know as its text."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): as_json(item) for key, item in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if isinstance(value, (list, tuple)):
        return [as_json(item) for item in value]  # pyright: ignore[reportUnknownVariableType]
    if is_dataclass(value):
        return {each.name: as_json(getattr(value, each.name)) for each in fields(value)}
    return str(value)
