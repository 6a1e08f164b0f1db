"""Notebooks as jobs: checked before they start, watched while they run, kept with a report.

The names come in when they are first asked for, so that the kernel and `penstock --help` load nothing heavy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from penstock.core.runs import RunResult
    from penstock.notebooks.history import PastRun, past_runs
    from penstock.notebooks.job import parameters_of, run, write_prepared

__all__ = ["PastRun", "RunResult", "parameters_of", "past_runs", "run", "write_prepared"]


def __getattr__(name: str) -> Any:
    if name == "RunResult":
        from penstock.core.runs import RunResult

        return RunResult
    if name in ("PastRun", "past_runs"):
        from penstock.notebooks import history

        return getattr(history, name)
    if name in __all__:
        from penstock.notebooks import job

        return getattr(job, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
