"""The text of a notebook file, of which only the cells that have changed are written anew."""

from __future__ import annotations

from typing import Any

from penstock.notebooks.document import Notebook

_BEFORE = '{\n "cells": ['
_AFTER = '\n ],\n "metadata": {},\n "nbformat": 4,\n "nbformat_minor": 5\n}'


class Pieces:
    """Gives what nbformat writes, byte by byte, at the cost of the cells that were said to have changed.

    nbformat copies a notebook, splits its lines, and formats it in Python: for thousands of cells that takes seconds,
    too long to be done after every cell.
    """

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self._cells: list[str | None] = [None] * len(notebook["cells"])
        self._running: int | None = None

    def running(self, index: int | None) -> None:
        """This cell, or none, is at work, and is written without outputs.

        A secret that comes in pieces is found, and taken out, only when all of them have come.
        """
        for one in {self._running, index} - {None}:
            self.changed(one)
        self._running = index

    def changed(self, index: int | None = None) -> None:
        """The cell at this index has changed, or any of them."""
        if index is None:
            self._cells = [None] * len(self._cells)
        else:
            self._cells[index] = None

    def text(self) -> str:
        """The whole notebook as it is now."""
        for index, known in enumerate(self._cells):
            if known is None:
                cell = self._notebook["cells"][index]
                self._cells[index] = _of_cell({**cell, "outputs": []} if index == self._running else cell)
        rest = _written({**self._notebook, "cells": []})
        if not self._cells:
            return rest
        return "".join([_BEFORE, ",".join(map(str, self._cells)), "\n ]", rest.removeprefix(_BEFORE + "]")])


def _of_cell(cell: Any) -> str:
    alone = _written({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    return alone.removeprefix(_BEFORE).removesuffix(_AFTER)


def _written(notebook: Notebook) -> str:
    import nbformat.v4

    return nbformat.v4.writes(nbformat.from_dict(notebook))  # pyright: ignore
