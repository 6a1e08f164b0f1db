"""`penstock.notebooks.run`: everything that happens to one notebook from the call to the record."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, Literal, TextIO

from penstock.core.jar import wheel_version
from penstock.core.runs import RunError, RunResult
from penstock.notebooks import runfile
from penstock.notebooks.document import read_notebook
from penstock.notebooks.endings import Ending, of_lost_disk
from penstock.notebooks.execute import Execution, Limits, Start
from penstock.notebooks.parameters import Parameter, declared
from penstock.notebooks.places import Places, choose_places
from penstock.notebooks.prepare import Prepared, finish_cells, first_save, keep_outputs, prepare
from penstock.notebooks.progress import watcher
from penstock.notebooks.record import Record
from penstock.notebooks.resume import Resumed, continue_from, find_earlier
from penstock.notebooks.saving import save_notebook
from penstock.notebooks.signals import deaf


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
    limits = Limits(timeout, execution_timeout, start_timeout)
    with closing(first_save(prepared, places)) as log:
        return _run(prepared, places, limits, resumed, _How(kernel, retries, progress, echo or {}, extra), log)


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
    first_save(prepared, places).close()
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


def _run(prepared: Prepared, places: Places, limits: Limits, resumed: Resumed, how: _How, log: IO[bytes]) -> RunResult:
    began = time.time()
    attempts: list[RunError] = []
    notes = resumed.notes
    while True:
        left = replace(limits, total=limits.total and max(0.0, limits.total - (time.time() - began)))
        keep_outputs(prepared, resumed)
        record = Record(prepared.notebook, kept=frozenset(resumed.kept))
        record.begin({**how.extra, **prepared.values}, prepared.source, places.output, wheel_version(), prepared.inputs)
        runfile.begin(record, prepared, places)
        watching, shown = watcher(record, how.progress, notes)
        start = Start(how.kernel, prepared.cwd, log, prepared.settings(places.output), how.echo)

        async def go(
            record: Record = record, watching: Any = watching, start: Start = start, left: Limits = left
        ) -> Ending:
            return await Execution(record, places, watching, left, prepared.redactor).run(start)

        with shown():
            ending = _in_a_loop(go)
        if not ending.again or len(attempts) >= how.retries or ending.error is None:
            break
        attempts.append(ending.error)
        resumed = continue_from(prepared.notebook, prepared.notebook, "the lost attempt")
        notes = (*notes, f"attempt {len(attempts)} was lost: {ending.error.summary[0]}", *resumed.notes)
    with deaf():
        return _conclude(record, ending, prepared, places, began, tuple(attempts), notes)


def _resumed(prepared: Prepared, output: str | Path | None, place: Path | None) -> Resumed:
    earlier, where = find_earlier(prepared.source, output, place, prepared.inputs)
    if earlier is None:
        return Resumed(notes=(f"not resumed: {where}.",))
    return continue_from(prepared.notebook, earlier, where)


def _conclude(
    record: Record,
    ending: Ending,
    prepared: Prepared,
    places: Places,
    began: float,
    attempts: tuple[RunError, ...],
    notes: tuple[str, ...],
) -> RunResult:
    """Close the record, save for the last time, write the report."""
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
        attempts=attempts,
        notes=notes,
    )
    record.conclude(result)
    if prepared.redactor:
        prepared.redactor.walk(record.notebook)
    try:
        save_notebook(record.notebook, places.output)
        if places.report is not None:
            from penstock.notebooks.report import write_report

            write_report(result, record, prepared.known, places.report)
        runfile.end(result)
    except OSError as error:
        if ending.outcome == "done":  # else the earlier reason is the better one to tell
            lost = of_lost_disk(error, None)
            result = replace(result, outcome="lost", exit_code=lost.exit_code, error=lost.error)
    return result


def _in_a_loop(go: Callable[[], Any]) -> Any:
    """Runs a coroutine to its end, also for a caller that is itself inside a loop (a notebook, say)."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(go())
    box: list[Any] = []
    thread = threading.Thread(target=lambda: box.append(asyncio.run(go())), name="penstock-run")
    thread.start()
    thread.join()
    return box[0]
