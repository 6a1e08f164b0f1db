"""Shows a run while it happens: a live display in a terminal, plain lines anywhere else. Everything goes to stderr."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

from penstock.core.runs import StageRun
from penstock.notebooks.record import CellLog, Record

if TYPE_CHECKING:
    from rich.console import Console

HEARTBEAT = 30.0
"""Seconds after which a line says that a long cell is still running, where there is no terminal."""


class Silent:
    """Shows nothing: what the library does unless asked."""

    def cell_started(self, cell: CellLog) -> None: ...
    def cell_ended(self, cell: CellLog) -> None: ...


class Lines:
    """One line per finished cell, and a sign of life while one takes long."""

    def __init__(self, record: Record, out: TextIO) -> None:
        self._record, self._out = record, out
        self._gone = threading.Event()

    def cell_started(self, cell: CellLog) -> None:
        """A long cell will be mentioned by the heartbeat."""

    def cell_ended(self, cell: CellLog) -> None:
        """The cell's one line."""
        self._say(done_line(self._record, cell))

    @contextmanager
    def shown(self) -> Generator[None]:
        """While this is open, the heartbeat runs."""
        thread = threading.Thread(target=self._beat, name="penstock-heartbeat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._gone.set()

    def _beat(self) -> None:
        while not self._gone.wait(HEARTBEAT):
            cell = self._record.current
            if cell is not None and (cell.seconds or 0) >= HEARTBEAT:
                stages = ", ".join(stage_text(stage) for stage in self._record.running_stages())
                self._say(f"{place(self._record, cell)}  still running, {duration(cell.seconds)}  {stages}".rstrip())

    def _say(self, line: str) -> None:
        print(line, file=self._out, flush=True)


class Live:
    """Finished cells scroll up; below them stand the current cell, its time, and a bar per running Spark stage."""

    def __init__(self, record: Record, console: Console) -> None:
        from rich.spinner import Spinner

        self._record, self._console, self._spinner = record, console, Spinner("dots")

    def cell_started(self, cell: CellLog) -> None:
        """The display reads the record by itself, four times a second."""

    def cell_ended(self, cell: CellLog) -> None:
        """Leave the cell's line behind, above the display."""
        mark = "[red]✗[/]" if cell.status == "failed" else "[green]✓[/]"
        from rich.markup import escape

        self._console.print(f"{mark} {escape(done_line(self._record, cell))}", highlight=False)

    @contextmanager
    def shown(self) -> Generator[None]:
        """While this is open, the display stands at the bottom of the terminal."""
        from rich.live import Live as RichLive

        with RichLive(
            console=self._console,
            get_renderable=self._render,
            refresh_per_second=4,
            transient=True,
            redirect_stdout=False,
        ) as live:
            live.refresh()
            yield

    def _render(self) -> Any:
        from rich.console import Group
        from rich.progress_bar import ProgressBar
        from rich.table import Table
        from rich.text import Text

        cell = self._record.current
        if cell is None:
            doing = "between cells" if _any_ran(self._record) else "starting the kernel"
            self._spinner.update(text=Text(doing, style="dim"))
            return self._spinner
        line = Text.assemble(
            place(self._record, cell), "  ", (cell.title, "bold"), "  ", (duration(cell.seconds), "cyan")
        )
        stages = Table.grid(padding=(0, 1))
        for stage in self._record.running_stages()[:6]:
            total = max(stage.tasks, 1)
            bar = ProgressBar(total=total, completed=stage.completed, width=30)
            stages.add_row(
                "   ",
                Text(f"stage {stage.id}", style="dim"),
                bar,
                Text(_tasks(stage)),
                Text(stage.label[:50], style="dim"),
            )
        self._spinner.update(text=line)
        return Group(self._spinner, stages)


def watcher(record: Record, wanted: bool, notes: Sequence[str] = ()) -> tuple[Any, Callable[[], Any]]:
    """(the watcher, its context): a live display in a terminal, lines elsewhere, silence if not wanted."""
    if not wanted:
        from contextlib import nullcontext

        return Silent(), nullcontext
    for note in notes:
        print(note, file=sys.stderr, flush=True)
    if sys.stderr.isatty():
        from rich.console import Console

        live = Live(record, Console(stderr=True))
        return live, live.shown
    lines = Lines(record, sys.stderr)
    return lines, lines.shown


def done_line(record: Record, cell: CellLog) -> str:
    """`cell 3/9  Join the weather  12 s  (4 stages, 213 tasks)`."""
    stages = record.stages_of(cell)
    tasks = sum(stage.completed for stage in stages)
    spark = f"  ({count(len(stages), 'stage')}, {count(tasks, 'task')})" if stages else ""
    end = "  FAILED" if cell.status == "failed" else ""
    return f"{place(record, cell)}  {cell.title}  {duration(cell.seconds)}{spark}{end}"


def place(record: Record, cell: CellLog) -> str:
    """`cell 3/9`, counted over all cells as the notebook's reader sees them; our own cell has no number."""
    total = record.last
    return f"cell {cell.number:>{len(str(total))}}/{total}" if cell.number else " " * len(f"cell {total}/") + "·"


def stage_text(stage: StageRun) -> str:
    """`stage 12: 43/200 tasks`."""
    return f"stage {stage.id}: {_tasks(stage)}"


def duration(seconds: float | None) -> str:
    """A time as a person says it: `0.4 s`, `12 s`, `3 min 05 s`, `2 h 10 min`."""
    if seconds is None:
        return "-"
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"


def count(number: int, noun: str) -> str:
    """`1 task`, `2 tasks`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _tasks(stage: StageRun) -> str:
    failed = f", {stage.failed} failed" if stage.failed else ""
    return f"{stage.completed}/{stage.tasks} tasks{failed}"


def _any_ran(record: Record) -> bool:
    return any(cell.started is not None for cell in record.cells)
