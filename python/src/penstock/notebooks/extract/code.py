"""A piece of Python as libcst reads it: where each name stands, to the column, and whether it means the outermost one.

libcst's scopes decide that, so a parameter or a comprehension's variable of the same name is never taken for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import libcst as cst
from libcst import metadata as meta

Definition = cst.FunctionDef | cst.ClassDef


_PROVIDERS = (meta.PositionProvider, meta.ScopeProvider, meta.ParentNodeProvider, meta.ExpressionContextProvider)


@dataclass(frozen=True)
class Span:
    """From a line and column to another; lines count from 1, columns from 0, the end is not part of it."""

    line: int
    column: int
    end: int
    end_column: int

    def holds(self, other: Span) -> bool:
        """Whether the other lies within."""
        starts = (self.line, self.column) <= (other.line, other.column)
        return starts and (other.end, other.end_column) <= (self.end, self.end_column)


@dataclass(frozen=True)
class Spot:
    """One appearance of a name. `is_outer`: it means the name of the module or notebook, not one of a function."""

    name: str
    span: Span
    binds: bool
    is_outer: bool
    node: cst.Name


class Code:
    """Parsed once. `names` are all names that are used or bound, in order; those of imports are in `imports`."""

    def __init__(self, text: str) -> None:
        wrapper = meta.MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
        self.text = text
        self.lines = text.split("\n")
        self.module = wrapper.module
        wrapper.resolve_many(_PROVIDERS)  # at once: each alone would go through the whole tree again
        self._positions = wrapper.resolve(meta.PositionProvider)
        self._scopes = wrapper.resolve(meta.ScopeProvider)
        self._parents = wrapper.resolve(meta.ParentNodeProvider)
        contexts = wrapper.resolve(meta.ExpressionContextProvider)
        found = [
            self._spot(node, contexts[node] is not meta.ExpressionContext.LOAD)
            for node in contexts
            if isinstance(node, cst.Name) and contexts[node] and not self._in_import(node)
        ]
        self.names = sorted(found, key=lambda one: (one.span.line, one.span.column))

    def span(self, node: cst.CSTNode) -> Span:
        """Where a node stands."""
        place = self._positions[node]
        return Span(place.start.line, place.start.column, place.end.line, place.end.column)

    def end_of(self, node: cst.BaseExpression) -> Span:
        """The point behind an expression and the parentheses round it, which are no part of its span."""
        last = self.span(node.rpar[-1] if node.rpar else node)
        return Span(last.end, last.end_column, last.end, last.end_column)

    def parent(self, node: cst.CSTNode) -> cst.CSTNode:
        """The node right above."""
        return self._parents[node]

    def definitions(self) -> Iterator[Definition]:
        """The functions and classes at the top, not those inside `if` or `try`."""
        return (node for node in self.module.body if isinstance(node, (cst.FunctionDef, cst.ClassDef)))

    def whole_span(self, node: Definition) -> Span:
        """The lines of a definition: with its decorators, and the comment lines right above."""
        first = min([self.span(node).line, *(self.span(one).line for one in node.decorators)])
        return Span(self.comments_above(first), 0, self.span(node).end, len(self.lines[self.span(node).end - 1]))

    def comments_above(self, line: int) -> int:
        """The first of the comment lines that stand right above a line, or the line itself."""
        while line > 1 and self.lines[line - 2].startswith("#"):
            line -= 1
        return line

    def outer(self, name: str, within: Span | None = None) -> list[Spot]:
        """Where the name means the outermost one."""
        spots = [one for one in self.names if one.name == name and one.is_outer]
        return spots if within is None else [one for one in spots if within.holds(one.span)]

    def means_outer(self, name: str, at: cst.CSTNode) -> bool:
        """Whether this name, written at a node, would mean the outermost one."""
        scope = self._scopes.get(at)
        while scope is None and at in self._parents:
            at = self._parents[at]
            scope = self._scopes.get(at)
        return scope is None or _reaches_top(scope, name)

    def imports(self) -> Iterator[cst.ImportFrom | cst.Import]:
        """All import statements, also those inside functions."""
        return (node for node in self._parents if isinstance(node, (cst.ImportFrom, cst.Import)))

    def attributes(self, name: str) -> Iterator[cst.Attribute]:
        """Every `x.name`."""
        found = (node for node in self._parents if isinstance(node, cst.Attribute) and node.attr.value == name)
        return (node for node in found if not self._in_import(node))

    def _spot(self, node: cst.Name, binds: bool) -> Spot:
        scope = self._scopes.get(node)
        return Spot(node.value, self.span(node), binds, scope is None or _reaches_top(scope, node.value), node)

    def _in_import(self, node: cst.CSTNode) -> bool:
        at = self._parents.get(node)
        while isinstance(at, (cst.Attribute, cst.AsName, cst.ImportAlias)):
            if isinstance(at, cst.ImportAlias):
                return True
            at = self._parents.get(at)
        return isinstance(at, (cst.ImportFrom, cst.Import))


def _reaches_top(scope: Any, name: str) -> bool:
    found = cast("set[Any]", scope[name])
    return all(isinstance(one.scope, (meta.GlobalScope, meta.BuiltinScope)) for one in found)


@lru_cache(maxsize=256)
def read_code(text: str) -> Code:
    """The code of a text that is Python; read once however often it is asked for."""
    return Code(text)
