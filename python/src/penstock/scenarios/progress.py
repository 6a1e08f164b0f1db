"""Shows how far a Spark job is: a bar in a terminal, a line now and then anywhere else. Everything goes to stderr."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Collection, Generator
from contextlib import contextmanager
from typing import TextIO

from penstock.core.stages import Stage, StageWatch

_LOOK = 0.25
"""Seconds between two looks."""
_LINE = 10.0
"""Seconds between two lines, where there is no terminal."""

Show = Callable[[int, int, float], None]
"""Is given how many tasks are done, of how many, after how many seconds."""


@contextmanager
def shown(name: str, wanted: bool = True, out: TextIO | None = None) -> Generator[None]:
    """While this is open, what the jobs of this process' session have done is shown."""
    if not wanted:
        yield
        return
    stream = out or sys.stderr
    how = _bar if stream.isatty() else _lines
    with how(name, stream) as show:
        gone, well, watch = threading.Event(), threading.Event(), StageWatch()
        before = {stage["id"] for stage in watch.look()[1]}  # what ran before is not ours
        thread = threading.Thread(target=_follow, args=(gone, well, show, watch, before), daemon=True)
        thread.start()
        try:
            yield
            well.set()
        finally:
            gone.set()
            thread.join()


def _follow(
    gone: threading.Event, well: threading.Event, show: Show, watch: StageWatch, before: Collection[int]
) -> None:
    """Spark's own account comes a little late: what has ended well is done, whatever it says."""
    start = time.monotonic()
    stages: dict[int, Stage] = {}
    over = False
    while not over:
        over = gone.wait(_LOOK)
        stages |= {stage["id"]: stage for stage in watch.look()[1] if stage["id"] not in before}
        if stages:
            done, of = (sum(int(stage[n]) for stage in stages.values()) for n in ("completed", "tasks"))
            show(of if well.is_set() else done, of, time.monotonic() - start)


@contextmanager
def _lines(name: str, out: TextIO) -> Generator[Show]:
    told = [0.0]

    def show(done: int, of: int, seconds: float) -> None:
        if seconds - told[0] >= _LINE:
            told[0] = seconds
            print(f"{name}: {done} of {of} parts, {100 * done // max(of, 1)} %, {seconds:.0f} s", file=out, flush=True)

    yield show


@contextmanager
def _bar(name: str, out: TextIO) -> Generator[Show]:
    try:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn, TimeRemainingColumn
    except ImportError:  # a plain installation has no rich
        with _lines(name, out) as lines:
            yield lines
        return
    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), "parts", TimeElapsedColumn(), "left")
    with Progress(*columns, TimeRemainingColumn(), console=Console(file=out)) as bars:
        bar = bars.add_task(name, total=None)

        def show(done: int, of: int, seconds: float) -> None:
            bars.update(bar, completed=done, total=of)

        yield show
