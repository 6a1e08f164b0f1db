"""`penstock.notebooks.run`: everything that happens to one notebook from the call to the record."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, Literal, TextIO, TypeVar

from penstock.core.jar import wheel_version
from penstock.core.runs import RunError, RunResult
from penstock.notebooks import runfile
from penstock.notebooks.document import read_notebook
from penstock.notebooks.endings import Ending, of_lost_disk
from penstock.notebooks.launch import Kernel, launched
from penstock.notebooks.limits import Limits
from penstock.notebooks.parameters import Parameter, declared
from penstock.notebooks.pieces import Pieces
from penstock.notebooks.places import Places, choose_places
from penstock.notebooks.prepare import Prepared, finish_cells, first_save, keep_outputs, prepare
from penstock.notebooks.progress import watcher
from penstock.notebooks.record import Record
from penstock.notebooks.report.provenance import git_commit
from penstock.notebooks.report.warm import warm_up
from penstock.notebooks.resume import Resumed, continue_from, find_earlier
from penstock.notebooks.saving import save
from penstock.notebooks.signals import deaf

T = TypeVar("T")


def parameters_of(path: str | Path) -> tuple[Parameter, ...]:
    """The parameters that a notebook declares, in the cell tagged `parameters` and as widgets. Nothing is executed."""
    return declared(read_notebook(Path(path)), str(path))


def run(
    path: str | Path,
    parameters: Mapping[str, Any] | None = None,
    output: str | Path | None = None,
    report: str | Path | Literal[False] | None = None,
    *,
    cwd: str | Path | None = None,
    timeout: float | None = None,
    execution_timeout: float | None = None,
    start_timeout: int = 60,
    kernel: str | None = None,
    resume: bool = False,
    retries: int = 0,
    echo: Mapping[str, TextIO] | None = None,
    inject_paths: Sequence[str] = (),
    hide_code: bool = False,
    progress: bool = False,
) -> RunResult:
    """Run a notebook as a job: check its parameters, execute it in a kernel of its own, keep it with a report.

    A notebook that fails, times out or is cancelled gives a result that says so; a `Refusal` is raised only for what
    is wrong before anything starts. The executed notebook is saved as it grows, by default under
    `runs/<notebook>-<time>/` beside the notebook; `report=False` writes no report. `timeout` and `execution_timeout`
    are seconds for the whole run and for each cell. The kernel works in the notebook's folder unless `cwd` is given.

    `resume` does not run the cells tagged `resumable` again that an earlier run of the same inputs has completed;
    `retries` is how often a run is begun again that has lost its kernel, its JVM or its executors. `notes` of the
    result say what came of both. `echo` gets the text of the streams `stdout` and `stderr` while it comes;
    `inject_paths` and `hide_code` do what papermill's `--inject-paths` and `--report-mode` do.

    >>> run("daily.ipynb", {"day": date(2024, 1, 31)}).outcome      # doctest: +SKIP
    'done'
    """
    prepared = prepare(path, parameters or {}, cwd)
    now = datetime.now()
    place = choose_places(prepared.source, output, report, now).output if output is not None else None
    resumed = _resumed(prepared, output, place) if resume else Resumed()
    places = choose_places(prepared.source, output, report, now)
    extra = finish_cells(prepared, places, inject_paths, hide_code)
    how = _How(kernel, retries, progress, echo or {}, extra, Limits(timeout, execution_timeout, start_timeout))
    attempt = _begun(prepared, places, resumed, how)
    with closing(first_save(attempt.pieces, places)) as log:
        return _run(prepared, places, attempt, how, log)


def write_prepared(
    path: str | Path,
    parameters: Mapping[str, Any] | None,
    output: str | Path,
    *,
    inject_paths: Sequence[str] = (),
    hide_code: bool = False,
) -> Path:
    """Check the parameters and write the notebook with them to `output`, without running it; gives where it is.

    Raises:
        Refusal: the parameters are wrong, or the output cannot be written.
    """
    prepared = prepare(path, parameters or {}, None)
    places = choose_places(prepared.source, output, False, datetime.now())
    finish_cells(prepared, places, inject_paths, hide_code)
    first_save(Pieces(prepared.notebook), places).close()
    places.log.unlink(missing_ok=True)
    return places.output


@dataclass(frozen=True)
class _How:
    """How a run is begun: in which kernel, how often again, and whether somebody watches."""

    kernel: str | None
    retries: int
    progress: bool
    echo: Mapping[str, TextIO]
    extra: Mapping[str, str]
    """The paths of the notebook, where it is given them."""
    limits: Limits


@dataclass(frozen=True)
class _Attempt:
    """One try of a run: its record, what is to be written of it, and how it came about."""

    record: Record
    pieces: Pieces
    notes: tuple[str, ...]
    lost: tuple[RunError, ...] = ()
    """Why each earlier one ended."""


def _begun(prepared: Prepared, places: Places, resumed: Resumed, how: _How) -> _Attempt:
    keep_outputs(prepared, resumed)
    record = Record(prepared.notebook, kept=frozenset(resumed.kept))
    record.begin({**how.extra, **prepared.values}, prepared.source, places.output, wheel_version(), prepared.inputs)
    return _Attempt(record, Pieces(prepared.notebook), resumed.notes)


def _run(prepared: Prepared, places: Places, attempt: _Attempt, how: _How, log: IO[bytes]) -> RunResult:
    began = time.time()
    while True:
        total = how.limits.total
        limits = replace(how.limits, total=total and max(0.0, total - (time.time() - began)))
        with launched(how.kernel, prepared.cwd, log, prepared.redactor) as kernel:
            runfile.begin(attempt.record, prepared, places)
            ended = _tried(prepared, places, attempt, how, limits, kernel, began)
        if isinstance(ended, RunResult):
            return ended
        resumed = continue_from(prepared.notebook, prepared.notebook, "the lost attempt")
        lost = (*attempt.lost, ended)
        notes = (*attempt.notes, f"attempt {len(lost)} was lost: {ended.summary[0]}", *resumed.notes)
        attempt = replace(_begun(prepared, places, resumed, how), lost=lost, notes=notes)


def _tried(
    prepared: Prepared, places: Places, attempt: _Attempt, how: _How, limits: Limits, kernel: Kernel, began: float
) -> RunResult | RunError:
    """The result, or why the notebook is to be run again. nbclient comes in here, while the kernel comes up."""
    from penstock.notebooks.execute import Execution, Start

    warm = warm_up(attempt.record.notebook) if places.report is not None else None
    watching, shown = watcher(attempt.record, how.progress, attempt.notes)
    start = Start(kernel, prepared.settings(places.output), how.echo)

    async def go() -> RunResult | RunError:
        execution = Execution(attempt.record, attempt.pieces, places.output, watching, limits, prepared.redactor)
        async with execution.ended(start) as ending:
            if ending.again and ending.error is not None and len(attempt.lost) < how.retries:
                return ending.error
            if warm is not None:
                warm.join()
            with deaf():
                return _conclude(attempt, ending, prepared, places, began)

    with shown():
        return _in_a_loop(go)


def _resumed(prepared: Prepared, output: str | Path | None, place: Path | None) -> Resumed:
    earlier, where = find_earlier(prepared.source, output, place, prepared.inputs)
    if earlier is None:
        return Resumed(notes=(f"not resumed: {where}.",))
    return continue_from(prepared.notebook, earlier, where)


def _conclude(attempt: _Attempt, ending: Ending, prepared: Prepared, places: Places, began: float) -> RunResult:
    """Close the record, save for the last time, write the report."""
    record = attempt.record
    record.end(exception=ending.outcome != "done")
    result = RunResult(
        outcome=ending.outcome,
        exit_code=ending.exit_code,
        notebook=prepared.source,
        output=places.output,
        report=places.report,
        log=places.log,
        parameters=MappingProxyType(prepared.values),
        started=datetime.fromtimestamp(began, timezone.utc),
        seconds=time.time() - began,
        cells=record.cell_runs(),
        stages=tuple(record.stages.values()),
        error=ending.error,
        spark=tuple(record.spark),
        value=record.exit.get("value"),
        attempts=attempt.lost,
        notes=attempt.notes,
    )
    record.conclude(result)
    if prepared.redactor:
        prepared.redactor.walk(record.notebook)
        attempt.pieces.changed()
    try:
        save(attempt.pieces, places.output)
        commit = git_commit(result.notebook.resolve().parent)
        if places.report is not None:
            from penstock.notebooks.report.write import write_report

            write_report(result, record, prepared.known, commit, places.report)
        runfile.end(result, commit)
    except OSError as error:
        if ending.outcome == "done":  # else the earlier reason is the better one to tell
            lost = of_lost_disk(error, None)
            result = replace(result, outcome="lost", exit_code=lost.exit_code, error=lost.error)
    return result


def _in_a_loop(go: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Runs a coroutine to its end, also for a caller that is itself inside a loop (a notebook, say)."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(go())
    box: list[T] = []
    thread = threading.Thread(target=lambda: box.append(asyncio.run(go())), name="penstock-run")
    thread.start()
    thread.join()
    return box[0]
