"""`penstock.notebooks.run`: everything that happens to one notebook from the call to the record."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from penstock.core.jar import wheel_version
from penstock.core.runs import RunResult
from penstock.notebooks import given as given_parameters
from penstock.notebooks.document import Notebook, read_notebook, refuse
from penstock.notebooks.endings import Ending
from penstock.notebooks.execute import Execution, Limits
from penstock.notebooks.inject import inject
from penstock.notebooks.parameters import Parameter, declared
from penstock.notebooks.places import Places, choose_places
from penstock.notebooks.progress import watcher
from penstock.notebooks.record import Record
from penstock.notebooks.saving import save_notebook


def parameters_of(path: str | Path) -> tuple[Parameter, ...]:
    """The parameters that the notebook declares in its cell tagged `parameters`. Nothing is executed."""
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
    progress: bool = False,
) -> RunResult:
    """Run a notebook as a job: check its parameters, execute it in a kernel of its own, keep it with a report.

    A notebook that fails, times out or is cancelled gives a result that says so; a `Refusal` is raised only for what
    is wrong before anything starts. The executed notebook is saved after every cell, by default under
    `runs/<notebook>-<time>/` beside the notebook; `report=False` writes no report. `timeout` and `execution_timeout`
    are seconds for the whole run and for each cell. The kernel works in the notebook's folder unless `cwd` is given.

    >>> run("daily.ipynb", {"day": date(2024, 1, 31)}).outcome      # doctest: +SKIP
    'done'
    """
    source = Path(path)
    notebook = read_notebook(source)
    known = declared(notebook, str(path))
    values = given_parameters.check(known, dict(parameters or {}), str(path))
    folder = Path(cwd) if cwd is not None else source.resolve().parent
    if not folder.is_dir():
        raise refuse("no-such-folder", f"{folder}: there is no such folder to run in (cwd).")
    inject(notebook, values)
    record = Record(notebook)
    places = choose_places(source, output, report, datetime.fromtimestamp(record.started))
    record.begin(values, source, places.output, wheel_version())
    _first_save(notebook, places)
    watching, shown = watcher(record, progress)
    limits = Limits(timeout, execution_timeout, start_timeout)

    async def go() -> Ending:
        return await Execution(record, places, watching, limits).run(kernel=kernel, cwd=folder)

    with shown():
        ending = _in_a_loop(go)
    return _conclude(record, ending, source, places, known, values)


def _conclude(
    record: Record,
    ending: Ending,
    source: Path,
    places: Places,
    known: tuple[Parameter, ...],
    values: dict[str, Any],
) -> RunResult:
    """Close the record, save for the last time, write the report."""
    record.end(exception=ending.outcome != "done")
    result = RunResult(
        outcome=ending.outcome,
        exit_code=ending.exit_code,
        notebook=source,
        output=places.output,
        report=places.report,
        log=places.log,
        parameters=MappingProxyType(values),
        started=datetime.fromtimestamp(record.started, timezone.utc),
        seconds=time.time() - record.started,
        cells=record.cell_runs(),
        stages=tuple(record.stages.values()),
        error=ending.error,
        spark=tuple(record.spark),
    )
    record.notebook["metadata"]["penstock"] = {
        key: value
        for key, value in result.to_dict().items()
        if key in ("outcome", "exit_code", "error", "stages", "spark")
    }
    try:
        save_notebook(record.notebook, places.output)
        if places.report is not None:
            from penstock.notebooks.report import write_report

            write_report(result, record, known, places.report)
    except OSError:
        if ending.outcome == "done":  # an earlier reason is the better one to tell
            raise
    return result


def _first_save(notebook: Notebook, places: Places) -> None:
    """What cannot be written at all is told before anything runs."""
    try:
        places.output.parent.mkdir(parents=True, exist_ok=True)
        if places.report is not None:
            places.report.parent.mkdir(parents=True, exist_ok=True)
        save_notebook(notebook, places.output)
    except OSError as error:
        raise refuse("output", f"{places.output}: cannot be written: {error.strerror or error}.") from None


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
