"""What each way of ending means: its outcome, its exit code, and the few words said about it."""

from __future__ import annotations

import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from penstock.core.runs import EXIT_CODES, Outcome, RunError
from penstock.notebooks import failure
from penstock.notebooks.record import CellLog
from penstock.notebooks.redact import Redactor


@dataclass(frozen=True)
class Ending:
    """How a run ended."""

    outcome: Outcome
    exit_code: int
    error: RunError | None = None
    again: bool = False
    """True if the same run may pass next time: a kernel, a JVM or an executor was lost, not a disk or a setup."""


DONE = Ending("done", 0)


def left_well(reply: Mapping[str, Any]) -> bool:
    """True for `sys.exit(0)`, `sys.exit()` and `sys.exit("")`: the notebook leaves early, on purpose and content."""
    return reply.get("ename") == "SystemExit" and str(reply.get("evalue", "")) in ("", "0", "None")


def of_cell_error(reply: Mapping[str, Any], told: Any, cell: CellLog | None) -> Ending:
    """A cell raised: its own failure, or that of what it runs on. `told` are the causes, if the kernel could say."""
    causes = [str(cause) for cause in cast("list[Any]", told)] if isinstance(told, list) else []
    kind, message = str(reply.get("ename", "Error")), str(reply.get("evalue", ""))
    trace: list[str] = list(reply.get("traceback", ()))
    line = failure.failing_line(trace, reply.get("execution_count"))
    error = _error(kind, failure.summary(kind, message, causes), cell, line)
    lost = failure.is_lost_infrastructure(kind, "\n".join([message, *causes]), trace)
    return replace(_ending("lost" if lost else "failed", error), again=lost)


def of_dead_kernel(cell: CellLog | None) -> Ending:
    """The kernel's process is gone."""
    lines = ("The kernel died: its process is gone.", "Often the memory ran out; the system's log tells.")
    return replace(_ending("lost", _error("DeadKernelError", lines, cell)), again=True)


def of_no_kernel(error: BaseException | None) -> Ending:
    """The kernel did not start, or could not be talked to."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()][:2]
    return _ending("lost", _error(type(error).__name__, ("The kernel could not be used.", *lines), None))


def of_timeout(what: str, seconds: float, cell: CellLog | None) -> Ending:
    """A time limit was reached."""
    return _ending("timeout", _error("Timeout", (f"{what} took longer than its limit of {seconds:g} s.",), cell))


def of_signal(number: int, cell: CellLog | None) -> Ending:
    """Somebody asked us to stop."""
    name = signal.Signals(number).name
    return Ending("cancelled", 128 + number, _error(name, (f"Cancelled by {name}.",), cell))


def of_lost_disk(error: OSError, cell: CellLog | None) -> Ending:
    """The executed notebook can no longer be saved, so what runs on would be lost."""
    return _ending(
        "lost", _error(type(error).__name__, ("The executed notebook could not be saved.", str(error)), cell)
    )


def without_secrets(ending: Ending, redactor: Redactor) -> Ending:
    """The same ending, in words that hold no secret."""
    if ending.error is None or not redactor:
        return ending
    summary = tuple(redactor.text(line) for line in ending.error.summary)
    return replace(ending, error=replace(ending.error, summary=summary))


def _ending(outcome: Outcome, error: RunError) -> Ending:
    return Ending(outcome, EXIT_CODES[outcome], error)


def _error(kind: str, lines: Sequence[str], cell: CellLog | None, line: int | None = None) -> RunError:
    number = cell.number or None if cell is not None else None
    return RunError(kind, tuple(lines), number, line, cell.title if cell is not None else "")
