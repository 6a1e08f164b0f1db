"""Puts the given values into the notebook, as data, in a cell of their own right after the declared parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from penstock.notebooks.document import Cell, Notebook, tagged
from penstock.notebooks.kinds import literal
from penstock.notebooks.parameters import TAG

INJECTED = "injected-parameters"
_IMPORTS = {
    "_penstock_datetime.": "import datetime as _penstock_datetime",
    "_penstock_Secret(": "from penstock import Secret as _penstock_Secret",
    "_penstock_pathlib.": "import pathlib as _penstock_pathlib",
}


def injected_source(values: Mapping[str, Any]) -> str:
    """The cell's text. The imports have names of their own, so that the notebook's `datetime` stays what it was."""
    assignments = [f"{name} = {literal(value)}" for name, value in values.items()]
    imports = [line for prefix, line in _IMPORTS.items() if any(_uses(value, prefix) for value in values.values())]
    return "\n".join(["# Parameters", *imports, *assignments])


def inject(notebook: Notebook, values: Mapping[str, Any]) -> None:
    """Adds the cell, or replaces the one an earlier run left. Without values an old one goes, and none is added."""
    import nbformat.v4

    cells: list[Cell] = notebook["cells"]
    old = tagged(notebook, INJECTED)
    if old is not None:
        del cells[old]
    if not values:
        return
    cell: Cell = nbformat.v4.new_code_cell(injected_source(values), metadata={"tags": [INJECTED]})  # pyright: ignore[reportUnknownMemberType]
    if notebook.get("nbformat_minor", 0) < 5:
        cell.pop("id", None)  # cell ids came with nbformat 4.5
    declared_at = tagged(notebook, TAG)
    cells.insert(0 if declared_at is None else declared_at + 1, cell)


def _uses(value: Any, prefix: str) -> bool:
    """Whether a value, or anything in it, needs the import; decided by structure, as text may look like anything."""
    if isinstance(value, Mapping):
        return any(_uses(item, prefix) for item in [*value.keys(), *value.values()])  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType, reportUnknownArgumentType]
    if isinstance(value, (list, tuple)):
        return any(_uses(item, prefix) for item in value)  # pyright: ignore[reportUnknownVariableType]
    return literal(value).startswith(prefix)
