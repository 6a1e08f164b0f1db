"""What changes where a function is called: arguments that are new, keywords that have other names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import libcst as cst

from penstock.notebooks.extract.cells import Cells
from penstock.notebooks.extract.code import Span, Spot
from penstock.notebooks.extract.edits import Edit
from penstock.notebooks.refusing import refuse


def call_edits(
    cells: Cells, spots: list[Spot], values: Mapping[str, str], keywords: Mapping[str, str]
) -> Iterator[Edit]:
    """Give `values` (argument → name in this notebook) to each call of these spots, and rename its keywords.

    Raises `Refusal` where the function is not called but passed on, or where the name means something else there.
    """
    for spot in spots:
        call = cells.code.parent(spot.node)
        if not isinstance(call, cst.Call) or call.func is not spot.node:
            if values:
                raise _passed_on(cells, spot, next(iter(values.values())))
            continue
        yield from _keywords(cells, call, keywords)
        if values:
            _check(cells, call, spot, values)
            yield from given(cells, call, ", ".join(f"{name}={value}" for name, value in values.items()))


def given(cells: Cells, call: cst.Call, more: str) -> Iterator[Edit]:
    """The edit that puts more arguments into a call, behind those that it has."""
    if not call.args:
        end = cells.code.span(call)
        yield Edit(Span(end.end, end.end_column - 1, end.end, end.end_column - 1), "", more)
        return
    last = call.args[-1].value
    span = cells.code.span(last)
    if isinstance(last, cst.GeneratorExp) and len(call.args) == 1 and not last.lpar:
        yield Edit(Span(span.line, span.column, span.line, span.column), "", "(")
        yield Edit(cells.code.end_of(last), "", f"), {more}")
    else:
        yield Edit(cells.code.end_of(last), "", f", {more}")


def _keywords(cells: Cells, call: cst.Call, keywords: Mapping[str, str]) -> Iterator[Edit]:
    for arg in call.args:
        new = keywords.get(arg.keyword.value) if arg.keyword else None
        if arg.keyword and new and new != arg.keyword.value:
            yield Edit(cells.code.span(arg.keyword), arg.keyword.value, new)


def _check(cells: Cells, call: cst.Call, spot: Spot, values: Mapping[str, str]) -> None:
    for name, value in values.items():
        if not cells.code.means_outer(value, spot.node):
            raise refuse(
                "extract-shadowed",
                f"{cells.where(spot.span.line)}: {spot.name} is called where {value} is not the notebook's {value}.",
                f"  Give the local {value} another name first.",
            )
        if any(arg.keyword and arg.keyword.value == name for arg in call.args):
            raise refuse(
                "extract-shadowed",
                f"{cells.where(spot.span.line)}: {spot.name} is called with a {name} of its own.",
                "  Give that keyword another name first.",
            )
        bound = [one.span.line for one in cells.code.outer(value) if one.binds]
        if bound and min(bound) > spot.span.line and _at_top(cells, spot):
            raise refuse(
                "extract-unknown",
                f"{cells.where(spot.span.line)}: {spot.name} is called before {value} is assigned.",
                f"  Assign {value} above.",
            )


def _at_top(cells: Cells, spot: Spot) -> bool:
    at: cst.CSTNode = spot.node
    while not isinstance(at, cst.Module):
        if isinstance(at, (cst.FunctionDef, cst.Lambda)):
            return False
        at = cells.code.parent(at)
    return True


def _passed_on(cells: Cells, spot: Spot, value: str) -> Exception:
    return refuse(
        "extract-passed-on",
        f"{cells.where(spot.span.line)}: {spot.name} is passed on without being called, and it reads the notebook's "
        f"{value}, which must become an argument.",
        f"  Write a lambda that calls it there (lambda x: {spot.name}(x)), or make {value} an argument of it first.",
    )
