"""Keeps the run's history while it happens: as a record, and in the notebook's metadata in papermill's words."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from penstock.core.leave import taken
from penstock.core.runs import CellRun, CellStatus, RunResult, SparkSeen, StageRun, as_json
from penstock.notebooks.document import Notebook, cell_title, code_cells
from penstock.notebooks.inject import INJECTED

_STAGE_FIELDS = frozenset(StageRun.__dataclass_fields__)
_SPARK_FIELDS = frozenset(SparkSeen.__dataclass_fields__)


@dataclass
class CellLog:
    """One code cell while it runs. `number` is the cell's place in the notebook that the user wrote; 0: we added it."""

    index: int
    number: int
    title: str
    status: CellStatus = "pending"
    started: float | None = None
    ended: float | None = None

    @property
    def seconds(self) -> float | None:
        """How long the cell has run, until now if it still does."""
        return None if self.started is None else (self.ended or time.time()) - self.started


@dataclass
class Record:
    """The run so far."""

    notebook: Notebook
    cells: list[CellLog] = field(default_factory=list[CellLog])
    stages: dict[tuple[str, int], StageRun] = field(default_factory=dict[tuple[str, int], StageRun])
    spark: list[SparkSeen] = field(default_factory=list[SparkSeen])
    started: float = field(default_factory=time.time)
    current: CellLog | None = None
    kept: frozenset[int] = frozenset()
    """Indexes of the cells whose work an earlier run has done; their outputs and times stay as they are."""
    exit: dict[str, Any] = field(default_factory=dict[str, Any])
    """`{"value": …}` once the notebook has left by `penstock.exit`."""

    def __post_init__(self) -> None:
        added = [i for i, cell in code_cells(self.notebook) if INJECTED in cell["metadata"].get("tags", [])]
        for index, cell in code_cells(self.notebook):
            if cell["source"].strip():
                number = 0 if index in added else 1 + index - sum(one < index for one in added)
                title = "Given parameters" if index in added else cell_title(self.notebook, index)
                self.cells.append(CellLog(index, number, title, "kept" if index in self.kept else "pending"))
            if index in self.kept:
                continue
            cell["outputs"], cell["execution_count"] = [], None
            self._cell_metadata(index, status="pending", start_time=None, end_time=None, duration=None, exception=None)

        self._by_index = {cell.index: cell for cell in self.cells}
        self.last = max((cell.number for cell in self.cells), default=0)

    def begin(self, given: Mapping[str, Any], source: Path, output: Path, version: str, inputs: str) -> None:
        """Write down what is run, in papermill's words and ours."""
        self.notebook["metadata"]["penstock"] = {"outcome": "running", "inputs": inputs}
        self.notebook["metadata"]["papermill"] = {
            "default_parameters": {},
            "environment_variables": {},
            "exception": None,
            "input_path": str(source),
            "output_path": str(output),
            "parameters": as_json(dict(given)),
            "start_time": iso(self.started),
            "end_time": None,
            "duration": None,
            "version": f"penstock {version}",
        }

    def cell_started(self, index: int) -> CellLog | None:
        """The cell at this index has gone to the kernel."""
        self.current = self._by_index.get(index)
        if self.current is not None:
            self.current.started, self.current.status = time.time(), "running"
            self._cell_metadata(index, status="running", start_time=iso(self.current.started))
        return self.current

    def cell_ended(self, failed: bool) -> CellLog | None:
        """The cell that was running has come back."""
        cell, self.current = self.current, None
        if cell is not None and cell.started is not None:
            cell.ended, cell.status = time.time(), "failed" if failed else "completed"
            self.exit = taken(self.notebook["cells"][cell.index]["outputs"])
            self._cell_metadata(
                cell.index, status=cell.status, end_time=iso(cell.ended), duration=cell.seconds, exception=failed
            )
        return cell

    def heard(self, message: dict[str, Any]) -> None:
        """Something came from the kernel's side."""
        for stage in message.get("stages", ()):
            known = {key: value for key, value in stage.items() if key in _STAGE_FIELDS}
            self.stages[stage["app"], stage["id"]] = StageRun(**known)
        if "spark" in message:
            seen = SparkSeen(**{key: value for key, value in message["spark"].items() if key in _SPARK_FIELDS})
            self.spark = [*(one for one in self.spark if one.app != seen.app), seen]

    def stages_of(self, cell: CellLog) -> list[StageRun]:
        """The stages that were submitted while the cell ran (kernel and runner share one clock: one machine)."""
        if cell.started is None:
            return []
        ended = cell.ended or time.time()
        return [s for s in self.stages.values() if s.started is not None and cell.started - 0.01 <= s.started <= ended]

    def running_stages(self) -> list[StageRun]:
        """The stages that have tasks to do now."""
        return [stage for stage in self.stages.values() if not stage.done]

    def end(self, exception: bool) -> None:
        """Close the record: nothing runs any more."""
        for cell in self.cells:
            if cell.status == "pending":
                cell.status = "skipped"
        ended = time.time()
        self.notebook["metadata"]["papermill"].update(
            end_time=iso(ended), duration=round(ended - self.started, 6), exception=exception or None
        )

    def conclude(self, result: RunResult) -> None:
        """Write down how it ended."""
        told = ("outcome", "exit_code", "error", "stages", "spark", "value", "attempts", "notes")
        whole = result.to_dict()
        self.notebook["metadata"]["penstock"].update({key: whole[key] for key in told})

    def cell_runs(self) -> tuple[CellRun, ...]:
        """The cells as the result has them."""
        return tuple(
            CellRun(c.number, c.title, c.status, c.started, c.seconds, len(self.stages_of(c))) for c in self.cells
        )

    def _cell_metadata(self, index: int, **entries: Any) -> None:
        self.notebook["cells"][index]["metadata"].setdefault("papermill", {}).update(entries)


def iso(seconds: float) -> str:
    """A time as papermill writes it: ISO, with its zone."""
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat()
