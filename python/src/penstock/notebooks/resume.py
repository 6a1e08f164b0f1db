"""Continuing an earlier run of the same inputs: which cells need not run again.

A kernel's memory is not kept. So a cell is skipped only where the notebook says, by the tag `resumable`, that all it
leaves behind lies outside of the kernel (a table, files), and where no cell that runs needs a name that it makes.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from penstock.core.runs import as_json
from penstock.notebooks.document import Cell, Notebook, code_cells
from penstock.notebooks.names import Names, names_of
from penstock.notebooks.places import earlier_outputs
from penstock.notebooks.python_cells import plain_python

TAG = "resumable"


@dataclass(frozen=True)
class Resumed:
    """Cells that are kept, by index, as the earlier run has left them; and what there is to say about it."""

    kept: dict[int, Cell] = field(default_factory=dict[int, Cell])
    notes: tuple[str, ...] = ()


def fingerprint(notebook: Notebook, values: Mapping[str, Any], included: Sequence[Path]) -> str:
    """The same for two runs of the same code cells, `%run` files and parameters (secrets count by where they are)."""
    parts = [cell["source"] for _, cell in code_cells(notebook)]
    parts += [path.read_text(encoding="utf-8") for path in included]
    parts.append(json.dumps(as_json(dict(values)), sort_keys=True))
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def find_earlier(source: Path, output: str | Path | None, place: Path | None, inputs: str) -> tuple[Any, str]:
    """(the run to continue or None, where it is or why there is none): at the output, else the newest in `runs/`."""
    if output is not None and place is not None:
        found = [place] if place.is_file() else []
    else:
        found = earlier_outputs(source)
    if not found:
        return None, "there is no earlier run"
    for path in found:
        notebook = _read(path)
        about: Mapping[str, Any] = notebook.get("metadata", {}).get("penstock", {})
        if about.get("inputs") == inputs:
            if about.get("outcome") == "done":
                return None, f"the run at {path} is done, so nothing is left of it to do"
            return notebook, str(path)
    return None, f"the notebook or its parameters are not those of {found[0]}"


def continue_from(notebook: Notebook, earlier: Notebook, where: str) -> Resumed:
    """What can be kept of an earlier run of the same inputs."""
    done: set[int] = set()
    for index, cell in code_cells(earlier):
        if cell["source"].strip() and cell["metadata"].get("papermill", {}).get("status") != "completed":
            break
        done.add(index)
    kept = {index for index, cell in code_cells(notebook) if index in done and TAG in cell["metadata"].get("tags", [])}
    if not kept:
        return Resumed(notes=(f"not resumed: {where} has completed no cell that is tagged {TAG!r}.",))
    notes: list[str] = []
    while needed := _needed(notebook, kept):
        index, name, by = needed
        kept.discard(index)
        notes.append(f"cell {index + 1} runs again: cell {by + 1} needs {name}, which it makes.")
    cells = ", ".join(str(index + 1) for index in sorted(kept))
    head = f"resumed from {where}: kept cells {cells}." if kept else f"not resumed from {where}."
    return Resumed({index: earlier["cells"][index] for index in kept}, (head, *notes))


def _needed(notebook: Notebook, kept: set[int]) -> tuple[int, str, int] | None:
    """(a kept cell, a name that it makes, the cell that will run and needs it), of the last such cell."""
    each = {index: _names(cell["source"]) for index, cell in code_cells(notebook)}
    for index in sorted(kept, reverse=True):
        for later in (other for other in each if other > index and other not in kept):
            names = each[index].bound & each[later].used
            if names:
                return index, sorted(names)[0], later
    return None


def _names(source: str) -> Names:
    try:
        return names_of(ast.parse(plain_python(source)))
    except SyntaxError:  # a cell of another language: it has no names of ours
        return Names()


def _read(path: Path) -> Notebook:
    """The notebook that an earlier run has left; an empty one where it cannot be read."""
    import nbformat

    try:
        return cast(Notebook, nbformat.reads(path.read_text(encoding="utf-8"), as_version=4))  # pyright: ignore[reportUnknownMemberType]
    except Exception:  # nbformat's own kinds of error differ by version
        return {}
