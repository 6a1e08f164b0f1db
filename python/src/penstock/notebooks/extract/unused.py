"""Imports that nothing needs any more once the code that used them has moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from penstock.notebooks.checks.subject import Subject
from penstock.notebooks.extract.cells import Cells
from penstock.notebooks.extract.code import Span
from penstock.notebooks.extract.imports import Imported
from penstock.notebooks.extract.notebook_imports import NotebookImports


def drop_unused(
    imports: NotebookImports, cells: Cells, used: Iterable[Imported], moved: Span, seers: Sequence[Subject]
) -> None:
    """Take out those of the imports that the moved code used and that nobody else does."""
    elsewhere = {one.name for one in cells.code.names if not moved.holds(one.span)}
    elsewhere |= cells.unread | {name for seer in seers for _, names in seer.names for name in names.used}
    elsewhere |= {word for seer in seers for _, cell in seer.code for word in _words(cell.source) if "%" in cell.source}
    for one in used:
        if one.binds not in elsewhere:
            imports.drop(one)


def _words(text: str) -> set[str]:
    import re

    return set(re.findall(r"\w+", text))
