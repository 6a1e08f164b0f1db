"""`dbutils.notebook.run`: another notebook as a run of its own, in its own kernel, whose exit value comes back."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from penstock.core.errors import NotebookFailed
from penstock.core.leave import exit
from penstock.notebooks.document import refuse
from penstock.notebooks.given import Typed
from penstock.notebooks.includes import candidates
from penstock.notebooks.inside.place import Place

DEPTH = 5
"""How deep notebooks may run notebooks."""
_DEPTH = "PENSTOCK_RUN_DEPTH"
_DEEP = int(os.environ.get(_DEPTH, "0"))
"""How deep this kernel already is."""


class Notebooks:
    """`run` and `exit`, for the platforms' `notebook` tools."""

    penstock_shim = True

    def __init__(self, place: Place, timeout: float) -> None:
        self._place, self._timeout = place, timeout

    def run(
        self, path: str, timeout_seconds: float | None = None, arguments: Mapping[str, Any] | None = None, *_: Any
    ) -> str:
        """Run a notebook with these parameters; its exit value as text, "" if it gave none. 0 seconds: no limit.

        Its executed notebook and report lie in a folder beside those of this run.

        Raises:
            NotebookFailed: it did not end well.
            Refusal: it cannot be run with these parameters.
        """
        seconds = self._timeout if timeout_seconds is None else timeout_seconds
        return self._run(path, seconds or None, arguments or {})

    def _run(
        self, path: str, seconds: float | None, arguments: Mapping[str, Any], cell_seconds: float | None = None
    ) -> str:
        from penstock.notebooks.job import run

        if _DEEP >= DEPTH:
            raise refuse("run-depth", f"notebook.run {path}: notebooks run notebooks more than {DEPTH} deep.")
        os.environ[_DEPTH] = str(_DEEP + 1)  # what kernels that start from here find
        source = _found(path, self._place.folder)
        folder = self._place.output.with_suffix(".calls") / f"{next(self._place.calls):03d}-{source.stem}"
        given = {name: Typed(value) if isinstance(value, str) else value for name, value in arguments.items()}
        result = run(source, given, folder / f"{source.stem}.ipynb", timeout=seconds, execution_timeout=cell_seconds)
        if not result.ok:
            raise NotebookFailed(
                f"notebook.run {path}: {result.outcome}, exit code {result.exit_code}.\n{result.error}\n"
                f"  It is kept at {result.output}. [penstock.notebook-failed]"
            )
        return "" if result.value is None else str(result.value)

    def exit(self, value: Any = "") -> None:
        """End this notebook, and give the value, as text, to who ran it."""
        exit(None if value is None else str(value))


def _found(path: str, folder: Path) -> Path:
    named = candidates(folder, path)
    return next((one for one in named if one.is_file()), named[0])
