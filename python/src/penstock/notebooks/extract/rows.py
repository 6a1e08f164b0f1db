"""Moves a row of statements with all its copies: it becomes a function, and each notebook calls it."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from penstock.notebooks.checks.subject import Subject
from penstock.notebooks.extract.cells import Cells, cells_of
from penstock.notebooks.extract.code import Span
from penstock.notebooks.extract.edits import Lines
from penstock.notebooks.extract.examine import needs_of
from penstock.notebooks.extract.flow import flow_of
from penstock.notebooks.extract.groups import Copy
from penstock.notebooks.extract.imports import Imported
from penstock.notebooks.extract.indent import indented
from penstock.notebooks.extract.notebook_imports import NotebookImports
from penstock.notebooks.extract.rewrite import rewritten
from penstock.notebooks.extract.row_checks import check_row
from penstock.notebooks.extract.same import Piece
from penstock.notebooks.extract.target import Target
from penstock.notebooks.extract.tree import Tree
from penstock.notebooks.extract.unused import drop_unused
from penstock.notebooks.refusing import refuse


@dataclass(frozen=True)
class Interface:
    """What goes in and what comes out, in the names of the first copy."""

    takes: tuple[str, ...]
    gives: tuple[str, ...]


def move_row(tree: Tree, group: Sequence[Copy], target: Target, name: str) -> Tree:
    """The tree with the row as a function of the module. Raises `Refusal` for what cannot be moved safely."""
    first = group[0]
    for copy in group:
        check_row(copy, cells_of(copy.subject), name)
    needs = [needs_of(copy.piece, copy.bindings) for copy in group]
    interface = interface_of(tree, group, needs[0].values)
    text = _text(first, interface, name)
    after = tree
    if not target.has(tree, text, name):
        after = target.with_code(tree, text, needs[0].imports)
    done: dict[str, dict[int, str]] = {}
    for copy, own in zip(group, needs, strict=True):
        cells = cells_of(copy.subject)
        span = row_span(copy.piece, cells)
        imports = NotebookImports(cells)
        imports.bring(Imported(target.module, name), span.line)
        drop_unused(imports, cells, own.imports, span, tree.seers(copy.subject))
        call = _call(copy, interface, name)
        fresh = imports.lines_at(span.line)
        edits = [*imports.edits(), Lines(span.line, span.end, (*fresh, *([""] if fresh else []), call))]
        sources = cells.apply(edits)
        if copy.subject.shown in done:
            raise _twice(copy)
        done[copy.subject.shown] = sources
        after = after.with_text(copy.subject.path, rewritten(tree.files[copy.subject.path], sources))
    return after


def row_span(piece: Piece, cells: Cells) -> Span:
    """The lines of the row, with the comments right above it."""
    above = cells.starts[piece.cell] - 1
    start = max(above + 1, cells.code.comments_above(above + piece.nodes[0].lineno))
    end = above + (piece.nodes[-1].end_lineno or piece.nodes[-1].lineno)
    return Span(start, 0, end, len(cells.code.lines[end - 1]))


def interface_of(tree: Tree, group: Sequence[Copy], values: Sequence[str]) -> Interface:
    """What each copy must be given and what any of them still needs afterwards."""
    flow = flow_of(group[0].piece.nodes)
    back = [{own: name for name, own in copy.names.items()} for copy in group]
    bound_before = [_bound_before(tree, copy) for copy in group]
    later = {
        names[own]
        for copy, names in zip(group, back, strict=True)
        for own in _needed_later(tree, copy)
        if names.get(own) in flow.bound
    }
    gives = tuple(name for name in flow.bound if name in later)
    takes = [name for name in flow.needs if name in values]
    for name in (one for one in flow.bound if one in flow.needs or (one in gives and one not in flow.sure)):
        there = [copy.names[name] in before for copy, before in zip(group, bound_before, strict=True)]
        if any(there) and name not in takes:
            takes.append(name)
        if not all(there) and (any(there) or (name in gives and name not in flow.sure)):
            raise _maybe(group[there.index(False)], name)
    return Interface(tuple(takes), gives)


def _bound_before(tree: Tree, copy: Copy) -> set[str]:
    """The names that the notebook has bound above the row."""
    bound = {name for one in tree.taken_in(copy.subject) for _, names in one.names for name in names.bound}
    for cell, names in copy.subject.names:
        first = copy.piece.nodes[0].lineno if cell.number == copy.piece.cell else None
        if cell.number > copy.piece.cell:
            break
        bound |= {one.name for one in names.found if one.binds and (first is None or one.line < first)}
    return bound


def _needed_later(tree: Tree, copy: Copy) -> set[str]:
    """The names that something after the row may take from it, be it a function that is defined above."""
    subject, piece = copy.subject, copy.piece
    after: list[ast.stmt] = []
    needed = {one.name for _, names in subject.names for one in names.found if one.deferred and not one.binds}
    last = piece.nodes[-1].end_lineno or piece.nodes[-1].lineno
    for cell, parsed in subject.trees:
        if cell.number == piece.cell:
            after += [node for node in parsed.body if node.lineno > last]
        elif cell.number > piece.cell:
            after += parsed.body
    needed |= set(flow_of(after).needs) | cells_of(subject).unread
    return needed | {name for seer in tree.seers(subject) for name in _all_names(seer)}


def _all_names(subject: Subject) -> set[str]:
    return {one.name for _, names in subject.names for one in names.found} | cells_of(subject).unread


def _text(copy: Copy, interface: Interface, name: str) -> str:
    cells = cells_of(copy.subject)
    span = row_span(copy.piece, cells)
    body = indented("\n".join(cells.code.lines[span.line - 1 : span.end]))
    gives = f"\n    return {', '.join(interface.gives)}" if interface.gives else ""
    return f"def {name}({', '.join(interface.takes)}):\n{body}{gives}"


def _call(copy: Copy, interface: Interface, name: str) -> str:
    call = f"{name}({', '.join(copy.names[one] for one in interface.takes)})"
    gives = ", ".join(copy.names[one] for one in interface.gives)
    return f"{gives} = {call}" if gives else call


def _maybe(copy: Copy, name: str) -> Exception:
    own = copy.names[name]
    return refuse(
        "extract-unsure",
        f"{copy.piece.where}: the row may leave {own} unassigned (only a branch or a loop assigns it).",
        f"  Assign {own} above, for example {own} = None.",
    )


def _twice(copy: Copy) -> Exception:
    return refuse(
        "extract-twice",
        f"{copy.piece.where}: the row stands in this notebook more than once.",
        "  Make a function of it in the notebook, call it in both places, and extract that.",
    )
