"""What could leave the notebooks, ranked by the lines of code that it would save there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from penstock.core.errors import Refusal
from penstock.notebooks.extract.cells import cells_of
from penstock.notebooks.extract.examine import check_function, needs_of
from penstock.notebooks.extract.find_rows import lines_of, row_groups
from penstock.notebooks.extract.groups import Copy, Namespaces, function_groups
from penstock.notebooks.extract.helper_notebooks import only_defines
from penstock.notebooks.extract.row_checks import check_row
from penstock.notebooks.extract.tree import Tree


@dataclass(frozen=True)
class Candidate:
    """One thing to move. `name` is what `penstock extract` is told: a function's name, a row's id, a notebook's path.

    `saves` are lines of code in notebooks, after the import and the call that stay; `refused` says why it cannot be
    moved as it is.
    """

    name: str
    kind: Literal["function", "row", "notebook"]
    saves: int
    copies: int
    places: tuple[str, ...]
    text: str
    refused: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The candidate as JSON has it."""
        return asdict(self)


def candidates(tree: Tree, least: int = 6) -> list[Candidate]:
    """The most lines first. Rows have at least so many lines, or decide something."""
    spaces = Namespaces(tree)
    found = [*_functions(tree, spaces), *_rows(tree, spaces, least), *_notebooks(tree)]
    return sorted((one for one in found if one.saves > 0), key=lambda one: (-one.saves, one.kind, one.name))


def _functions(tree: Tree, spaces: Namespaces) -> Iterator[Candidate]:
    groups = function_groups(tree, spaces)
    names = [group[0].piece.name for group in groups]
    for group in groups:
        first = group[0].piece
        name = first.name if names.count(first.name) == 1 else first.id
        yield _candidate(name, "function", group, 1, _refused(group))


def _rows(tree: Tree, spaces: Namespaces, least: int) -> Iterator[Candidate]:
    for group in row_groups(tree, spaces, least):
        yield _candidate(group[0].piece.id, "row", group, 2, _refused_row(group))


def _notebooks(tree: Tree) -> Iterator[Candidate]:
    for subject in tree.notebooks.values():
        seers = tree.seers(subject)
        if seers and only_defines(subject):
            text = f"%run by {len(seers)} notebook{'s' if len(seers) > 1 else ''}"
            lines = subject.code_lines
            yield Candidate(subject.shown, "notebook", lines, 1, (subject.shown,), text)


def _candidate(name: str, kind: Literal["function", "row"], group: list[Copy], stays: int, refused: str) -> Candidate:
    places = tuple(_where(copy) for copy in group)
    first = group[0].piece
    source = first.subject.notebook.cells[first.cell - 1].source.split("\n")
    text = source[first.nodes[0].lineno - 1].strip()
    saves = sum(lines_of(copy.piece) - stays for copy in group)
    return Candidate(name, kind, saves, len(group), places, text, refused)


def _where(copy: Copy) -> str:
    return f"{copy.subject.shown}, cell {copy.piece.cell}"


def _refused(group: list[Copy]) -> str:
    try:
        for copy in group:
            check_function(copy.piece, copy.bindings, needs_of(copy.piece, copy.bindings))
    except Refusal as refusal:
        return _short(refusal)
    return ""


def _refused_row(group: list[Copy]) -> str:
    try:
        for copy in group:
            needs_of(copy.piece, copy.bindings)
            check_row(copy, cells_of(copy.subject), "")
    except Refusal as refusal:
        return _short(refusal)
    return ""


def _short(refusal: Refusal) -> str:
    return str(refusal).split("\n")[0]
