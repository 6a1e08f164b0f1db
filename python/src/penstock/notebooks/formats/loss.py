"""What a format cannot hold is found, not declared: what was written is read back and compared.

So a format has no list of its own weaknesses that could be wrong, and nothing is lost without a word: what a cell says
must come back, or it is refused; anything round it that does not come back is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from penstock.notebooks.formats.format import Format, Malformed
from penstock.notebooks.model import DATABRICKS_CELL, Cell, Notebook

_IMPLIED = ("kernelspec", "language_info", "jupytext")
"""Notebook metadata that only name the language or the format, which the new file says in its own way."""


class CannotHold(ValueError):
    """A cell would come back as another one. The message says which and why."""


def written(notebook: Notebook, format: Format) -> tuple[str, list[str]]:
    """The notebook's text in a format, and what of it is lost there, a line for each kind of thing."""
    text = format.write(notebook)
    try:
        back = format.read(text, notebook.language)
    except Malformed as error:
        raise CannotHold(f"the notebook cannot be written as {format.name}: {error}") from None
    _same_cells(notebook, back, format)
    return text, [*_cell_losses(notebook, back), *_metadata_losses(notebook, back)]


def _same_cells(notebook: Notebook, back: Notebook, format: Format) -> None:
    cells = notebook.cells or (Cell("code", ""),)  # a source file has at least one
    pairs = zip(cells, back.cells or (Cell("code", ""),), strict=False)
    for number, (cell, other) in enumerate(pairs, 1):
        if _said(notebook, cell) != _said(back, other):
            raise CannotHold(_split(f"cell {number}", format))
    if len(cells) != max(1, len(back.cells)):
        raise CannotHold(_split("the last cell", format))


def _split(cell: str, format: Format) -> str:
    return f"{cell} cannot be written as {format.name}: a line of it would be read as one of the format's own"


def _said(notebook: Notebook, cell: Cell) -> tuple[str, str, str]:
    """What must survive: whether the cell runs, in which language, and its text but for blank lines at its ends."""
    kind = "code" if cell.kind == "code" else "prose"
    return kind, notebook.language_of(cell) if kind == "code" else "", cell.source.strip("\n").removesuffix("\r")


def _cell_losses(notebook: Notebook, back: Notebook) -> list[str]:
    lost: dict[str, list[int]] = defaultdict(list)
    for number, (cell, other) in enumerate(zip(notebook.cells, back.cells, strict=False), 1):
        for what in _lost_of(cell, other):
            lost[what].append(number)
    return [f"{what} of {_cells(numbers)}" for what, numbers in lost.items()]


def _lost_of(cell: Cell, other: Cell) -> Iterable[str]:
    if cell.outputs != other.outputs or cell.execution_count != other.execution_count:
        yield "the outputs and execution counts"
    if dict(cell.attachments) != dict(other.attachments):
        yield "the attachments"
    if cell.kind != other.kind:
        yield f"that it is {cell.kind}, not {other.kind}: the kind"
    if cell.title and cell.title != other.title:
        yield "the title"
    for key, value in cell.metadata.items():
        if key != "title" and other.metadata.get(key) != value and not _only_a_title(key, value):
            yield f"the metadata '{key}'"


def _only_a_title(key: str, value: Any) -> bool:
    return key == DATABRICKS_CELL and isinstance(value, Mapping) and {"showTitle", "title"} == set(value)  # pyright: ignore[reportUnknownArgumentType]


def _metadata_losses(notebook: Notebook, back: Notebook) -> list[str]:
    return [
        f"the notebook's metadata '{key}'"
        for key, value in notebook.metadata.items()
        if key not in _IMPLIED and back.metadata.get(key) != value
    ]


def _cells(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"cell {numbers[0]}"
    if len(numbers) <= 5:
        return "cells " + ", ".join(map(str, numbers))
    return f"{len(numbers)} cells"
