"""`%run ./other`: the cells of another notebook, in the namespace of this one."""

from __future__ import annotations

import linecache
from collections.abc import Callable
from pathlib import Path
from typing import Any

from penstock.notebooks.document import code_cells, read_notebook, refuse
from penstock.notebooks.inside.place import Place


class Include:
    """The magic. What it does not know, such as `%run -i script.py`, goes to IPython's own `%run`."""

    def __init__(self, shell: Any, place: Place, before: Callable[[str], None]) -> None:
        self._shell, self._place, self._before = shell, place, before
        self._plain = shell.find_line_magic("run")

    def run(self, line: str) -> Any:
        """Run the other notebook's cells here. What its cells print is seen, the value of a last line is not."""
        from penstock.notebooks.includes import find_include, read_include

        include = read_include(line)
        path = None if include is None else find_include(include, self._place.folder)
        if include is None or path is None:
            return self._plain(line)
        if path in self._place.notebooks:
            names = " → ".join(one.name for one in [*self._place.notebooks, path])
            raise refuse("include-cycle", f"%run never ends: {names}.")
        self._place.widgets.give(include.widgets)
        with self._place.within(path):
            self._run_cells(path, include.values)
        return None

    def _run_cells(self, path: Path, values: dict[str, Any]) -> None:
        from penstock.notebooks.parameters import TAG

        notebook = read_notebook(path)
        tagged = [TAG in cell["metadata"].get("tags", []) for _, cell in code_cells(notebook)]
        if True not in tagged:
            self._shell.user_ns.update(values)
        for (index, cell), has_defaults in zip(code_cells(notebook), tagged, strict=True):
            self._run_cell(cell["source"], f"{path.name}, cell {index + 1}")
            if has_defaults:
                self._shell.user_ns.update(values)

    def _run_cell(self, source: str, name: str) -> None:
        self._before(source)
        code = self._shell.transform_cell(source)
        # so that a traceback shows the line, and not one of the cell that says %run
        linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
        exec(compile(code, name, "exec"), self._shell.user_ns)
