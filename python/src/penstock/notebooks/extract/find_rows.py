"""Rows of statements that could leave the notebooks: those that stand in several, and those that decide or are long."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Sequence

from penstock.notebooks.checks.subject import Subject
from penstock.notebooks.clones import Statement, clones, statement
from penstock.notebooks.code_lines import code_lines
from penstock.notebooks.extract.groups import Copy, Namespaces, copies
from penstock.notebooks.extract.same import Function, Piece
from penstock.notebooks.extract.tree import Tree
from penstock.notebooks.refusing import refuse

_NEVER = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_DECIDES = (ast.If, ast.For, ast.While, ast.Try, ast.With, ast.Match)
_SHOWS = frozenset(["display", "displayHTML"])


def stretches(subject: Subject) -> Iterator[Piece]:
    """The longest rows of each cell: what stands between imports, definitions, parameters and what is shown."""
    for cell, tree in subject.trees:
        if cell is subject.parameters_cell:
            continue
        row: list[ast.stmt] = []
        for node in tree.body:
            if isinstance(node, _NEVER) or _shows(node) or (node is tree.body[-1] and _is_shown(node)):
                yield from [Piece(subject, cell.number, tuple(row))] if row else []
                row = []
            else:
                row.append(node)
        yield from [Piece(subject, cell.number, tuple(row))] if row else []


def lines_of(piece: Piece) -> int:
    """How many lines of code the piece has."""
    cell = piece.subject.notebook.cells[piece.cell - 1]
    text = cell.source.split("\n")[piece.nodes[0].lineno - 1 : piece.nodes[-1].end_lineno]
    return code_lines("\n".join(text))


def row_groups(tree: Tree, spaces: Namespaces, least: int) -> list[list[Copy]]:
    """Rows of at least so many lines that stand in several places; and single ones that are long or decide."""
    subjects = list(tree.notebooks.values())
    rows = [list(stretches(subject)) for subject in subjects]
    found = {piece.id: piece for piece in _cloned(rows, least)}
    for piece in (one for row in rows for one in row):
        if lines_of(piece) >= least or any(isinstance(node, _DECIDES) for node in piece.nodes):
            found.setdefault(piece.id, piece)
    index = _index(rows)
    return [group for piece in found.values() for group in _by_meaning(piece, index, spaces)]


def row_at(tree: Tree, subject: Subject, cell: int, first: int, last: int) -> Piece:
    """The statements of a cell on these lines. Raises `Refusal` where there are none, or one is cut in two."""
    for found, parsed in subject.trees:
        if found.number != cell:
            continue
        row = [node for node in parsed.body if node.lineno <= last and (node.end_lineno or 0) >= first]
        cut = [node for node in row if node.lineno < first or (node.end_lineno or 0) > last]
        if row and not cut and not any(isinstance(node, Function) for node in row):
            return Piece(subject, cell, tuple(row))

    raise refuse(
        "extract-lines",
        f"{subject.shown}, cell {cell}: the lines {first} to {last} are no whole statements.",
        "  Give the first and the last line of the row, as they stand in the file.",
    )


def same_rows(tree: Tree, piece: Piece, spaces: Namespaces) -> list[Copy]:
    """The row with all its copies."""
    rows = [list(stretches(subject)) for subject in tree.notebooks.values()]
    groups = _by_meaning(piece, _index(rows), spaces)
    return next(group for group in groups if any(one.piece is piece for one in group))


def _by_meaning(piece: Piece, index: Index, spaces: Namespaces) -> Iterator[list[Copy]]:
    """The places with the form of the piece, those together that mean the same, by path and place."""
    left = sorted([piece, *_places(piece, index)], key=lambda one: (one.subject.shown, one.cell, one.nodes[0].lineno))
    while left:
        group = copies(left[0], left, spaces)  # the first gives the function its names
        taken = {id(one.piece) for one in group}
        left = [one for one in left if id(one) not in taken]
        yield group


Index = dict[int, list[tuple[Piece, int]]]


def _index(rows: Sequence[Sequence[Piece]]) -> Index:
    """Where a statement of each form stands."""
    index: Index = defaultdict(list)
    for piece in (one for row in rows for one in row):
        for at, node in enumerate(piece.nodes):
            index[statement(node, 0, 0).form].append((piece, at))
    return index


def _places(piece: Piece, index: Index) -> Iterator[Piece]:
    """Everything in the stretches that has the form of the piece; of places that overlap the first."""
    taken: set[ast.stmt] = set(piece.nodes)
    for stretch, at in index.get(statement(piece.nodes[0], 0, 0).form, ()):
        nodes = stretch.nodes[at : at + len(piece.nodes)]
        other = Piece(stretch.subject, stretch.cell, nodes)
        if len(nodes) == len(piece.nodes) and not taken & set(nodes) and other.form[0] == piece.form[0]:
            taken |= set(nodes)
            yield other


def _cloned(rows: Sequence[Sequence[Piece]], least: int) -> Iterator[Piece]:
    """The rows that `clones` finds, each cut to what lies in one stretch."""
    flat = [[(piece, at) for piece in row for at in range(len(piece.nodes))] for row in rows]
    statements: list[list[Statement]] = [
        [statement(piece.nodes[at], piece.cell, _lines(piece, at)) for piece, at in row] for row in flat
    ]
    for clone in clones(statements, least):
        part = flat[clone.notebook][clone.here : clone.here + clone.length]
        for piece in dict.fromkeys(one for one, _ in part):
            nodes = tuple(piece.nodes[at] for one, at in part if one is piece)
            cut = Piece(piece.subject, piece.cell, nodes)
            if lines_of(cut) >= least:
                yield cut


def _lines(piece: Piece, at: int) -> int:
    return lines_of(Piece(piece.subject, piece.cell, piece.nodes[at : at + 1]))


def _is_shown(node: ast.stmt) -> bool:
    """A cell's last expression is shown, which only the notebook can do; what `print` gives is nothing to show."""
    printed = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Name)
    return isinstance(node, ast.Expr) and not (printed and node.value.func.id == "print")  # pyright: ignore


def _shows(node: ast.stmt) -> bool:
    return any(isinstance(one, ast.Name) and one.id in _SHOWS for one in ast.walk(node))
