"""Why a row of statements cannot become a function: said by name, with what to do."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from penstock.core.errors import Refusal
from penstock.notebooks.extract.cells import Cells
from penstock.notebooks.extract.code import Span
from penstock.notebooks.extract.groups import Copy
from penstock.notebooks.names import below, names_of
from penstock.notebooks.refusing import refuse

_OUT_OF = (ast.Await, ast.Yield, ast.YieldFrom, ast.AsyncFor, ast.AsyncWith)


def check_row(copy: Copy, cells: Cells, name: str) -> None:
    """Refuse a row that would mean something else in a function, and a name that the notebook has already."""
    for refusal in _wrong(copy, cells, name):
        raise refusal


def _wrong(copy: Copy, cells: Cells, name: str) -> Iterator[Refusal]:
    piece = copy.piece
    where = piece.where
    if copy.bindings.kind(name) not in ("unknown",):
        yield refuse("extract-clash", f"{piece.subject.shown} has a {name} already.", "  Choose another --name.")
    above = cells.starts[piece.cell] - 1
    last = piece.nodes[-1].end_lineno or piece.nodes[-1].lineno
    if cells.has_magic(Span(above + piece.nodes[0].lineno, 0, above + last, 0)):
        yield refuse("extract-magic", f"{where}: there is a magic in the row.", "  Leave it out of the row.")
    for node in piece.nodes:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield refuse("extract-import", f"{where}: an import stands in the row.", "  Move it to the top.")
    for node in (inner for outer in piece.nodes for inner in below(outer)):
        if isinstance(node, _OUT_OF) and not _inside_function(piece.nodes, node):
            yield refuse("extract-await", f"{where}: the row awaits or yields.", "  Leave that out of the row.")
        if isinstance(node, ast.Global):
            yield refuse("extract-global", f"{where}: the row has a global statement.", "  Leave that out of the row.")
        if isinstance(node, ast.Delete) and any(isinstance(one, ast.Name) for one in node.targets):
            yield refuse("extract-delete", f"{where}: the row deletes a name.", "  Leave that out of the row.")
    late = _read_late(copy)
    if late:
        yield refuse(
            "extract-late",
            f"{where}: a function or lambda in the row reads {late}, which the notebook assigns again elsewhere.",
            f"  Give the two values of {late} two names.",
        )


def _inside_function(nodes: tuple[ast.stmt, ...], inner: ast.AST) -> bool:
    functions = (one for node in nodes for one in below(node))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    return any(isinstance(one, kinds) and one is not inner and inner in below(one) for one in functions)


def _read_late(copy: Copy) -> str:
    """A name that is read when a function of the row is called, and that is not the same by then."""
    piece = copy.piece
    names = names_of(ast.Module(list(piece.nodes), []))
    late = {one.name for one in names.found if one.deferred and not one.binds}
    last = piece.nodes[-1].end_lineno or piece.nodes[-1].lineno
    for cell, own in piece.subject.names:
        for one in own.found:
            outside = cell.number > piece.cell or (cell.number == piece.cell and one.line > last)
            if one.binds and outside and one.name in late:
                return one.name
    return ""
