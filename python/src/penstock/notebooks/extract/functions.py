"""Moves a function or a class with all its copies: one definition in the module, an import in each notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import libcst as cst

from penstock.notebooks.checks.subject import Subject
from penstock.notebooks.extract.calls import call_edits
from penstock.notebooks.extract.cells import Cells, cells_of
from penstock.notebooks.extract.code import Definition, Span
from penstock.notebooks.extract.edits import Edit, Lines, spliced
from penstock.notebooks.extract.examine import Needs, check_function, needs_of
from penstock.notebooks.extract.groups import Copy
from penstock.notebooks.extract.imports import Imported
from penstock.notebooks.extract.notebook_imports import NotebookImports
from penstock.notebooks.extract.rewrite import rewritten
from penstock.notebooks.extract.signature import argument_names, signature_edit
from penstock.notebooks.extract.target import Target
from penstock.notebooks.extract.tree import Tree
from penstock.notebooks.extract.unused import drop_unused
from penstock.notebooks.refusing import refuse


@dataclass(frozen=True)
class _Place:
    """A copy with its notebook's text: which lines go."""

    copy: Copy
    cells: Cells
    node: Definition
    span: Span


def move_function(tree: Tree, group: Sequence[Copy], target: Target, name: str) -> Tree:
    """The tree after the move. Raises `Refusal` for what cannot be moved safely."""
    places = [_place(copy) for copy in group]
    all_needs = [needs_of(copy.piece, copy.bindings) for copy in group]
    for copy, needs in zip(group, all_needs, strict=True):
        check_function(copy.piece, copy.bindings, needs)
    arguments = argument_names(all_needs[0].values, group[0].piece.form[1])
    text = _text(places[0], arguments, name)
    after = tree
    if not target.has(tree, text, name):
        after = target.with_code(tree, text, all_needs[0].imports)
    for subject, edits in _notebooks(tree, places, arguments, Imported(target.module, name), all_needs):
        file = tree.files[subject.path]
        after = after.with_text(subject.path, rewritten(file, edits))
    return after


def _place(copy: Copy) -> _Place:
    cells = cells_of(copy.subject)
    piece = copy.piece
    line = cells.starts[piece.cell] + piece.nodes[0].lineno - 1
    node = next(one for one in cells.code.definitions() if cells.code.span(one).line == line)
    span = cells.code.whole_span(node)
    first = max(span.line, cells.starts[piece.cell])
    span = Span(first, 0, span.end, span.end_column)
    if cells.has_magic(span):
        raise refuse(
            "extract-magic",
            f"{piece.where}: there is a magic inside of {piece.name}.",
            "  Write it in plain Python first.",
        )
    return _Place(copy, cells, node, span)


def _text(place: _Place, arguments: Mapping[str, str], name: str) -> str:
    """The definition as the module has it."""
    code, own = place.cells.code, place.copy.piece.name
    edits = [
        Edit(spot.span, value, argument)
        for value, argument in arguments.items()
        for spot in code.outer(value, place.span)
        if value != argument
    ]
    calls = [spot for spot in code.outer(own, place.span) if not spot.binds]
    edits += list(call_edits(place.cells, calls, {one: one for one in arguments.values()}, {})) if arguments else []
    if name != own:
        edits += [Edit(spot.span, own, name) for spot in code.outer(own, place.span)]
    if arguments:
        assert isinstance(place.node, cst.FunctionDef)  # a class with values was refused
        edits.append(signature_edit(code, place.node, arguments))
    return "\n".join(spliced(code.text, edits).split("\n")[place.span.line - 1 : place.span.end])


def _notebooks(
    tree: Tree, places: Sequence[_Place], arguments: Mapping[str, str], new: Imported, all_needs: Sequence[Needs]
) -> list[tuple[Subject, dict[int, str]]]:
    """The new sources of the cells of every notebook that defines the function, and of those that run one of them."""
    found: list[tuple[Subject, dict[int, str]]] = []
    defining = {place.copy.subject.shown for place in places}
    for place, needs in zip(places, all_needs, strict=True):
        seers = [one for one in tree.seers(place.copy.subject) if one.shown not in defining]
        imports = NotebookImports(place.cells)
        own = place.copy.piece.name
        imports.bring(Imported(new.module, new.name, "" if own == new.name else own), place.span.line)
        drop_unused(imports, place.cells, needs.imports, place.span, tree.seers(place.copy.subject))
        edits: list[Edit | Lines] = [Lines(place.span.line, place.span.end, imports.lines_at(place.span.line))]
        edits += [*imports.edits(), *_calls(place.cells, place, arguments)]
        found.append((place.copy.subject, place.cells.apply(edits)))
        for seer in seers:
            cells = cells_of(seer)
            _check_seer(cells, own, place)
            sources = cells.apply(_calls(cells, place, arguments))
            found += [(seer, sources)] if sources else []
    return _merged(found)


def _calls(cells: Cells, place: _Place, arguments: Mapping[str, str]) -> list[Edit]:
    names = place.copy.names
    own = cells is place.cells
    spots = [one for one in cells.code.outer(place.copy.piece.name) if not one.binds]
    spots = [one for one in spots if not (own and place.span.holds(one.span))]
    if spots or arguments:
        _check_readable(cells, place.copy.piece.name, bool(arguments))
    values = {argument: names[value] for value, argument in arguments.items()}
    keywords = {b: a for a, b in names.items() if a != b and a not in place.copy.piece.free}
    return list(call_edits(cells, spots, values, keywords))


def _check_readable(cells: Cells, name: str, changes: bool) -> None:
    if changes and name in cells.unread:
        raise refuse(
            "magic-in-the-way",
            f"{cells.subject.shown}: {name} stands in a magic, or in a cell that is no Python, where its calls cannot "
            "be given the new arguments.",
            "  Write that line in plain Python first.",
        )


def _check_seer(cells: Cells, name: str, place: _Place) -> None:
    bound = [one for one in cells.code.outer(name) if one.binds]
    if bound:
        raise refuse(
            "extract-shadowed",
            f"{cells.where(bound[0].span.line)}: {name} is bound again there, and comes by %run from "
            f"{place.copy.subject.shown} too.",
            "  Give one of them another name: penstock rename.",
        )


def _merged(found: list[tuple[Subject, dict[int, str]]]) -> list[tuple[Subject, dict[int, str]]]:
    """One entry for each notebook. A notebook that runs two definers would need both edits in one cell: refused."""
    merged: dict[str, tuple[Subject, dict[int, str]]] = {}
    for subject, sources in found:
        _, known = merged.setdefault(subject.shown, (subject, {}))
        if any(known.get(number, source) != source for number, source in sources.items()):
            raise refuse(
                "extract-shadowed",
                f"{subject.shown}: the function is there twice: as two copies, or by %run from two notebooks.",
                "  Call one of them everywhere and delete the other first.",
            )
        known.update(sources)
    return list(merged.values())
