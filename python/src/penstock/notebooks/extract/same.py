"""When two pieces of code are the same but for the names of their variables, and which name is which.

The names must mean the same where they are nobody's own: the same import, builtin or function. A value of one notebook
may stand for another value in the other.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from penstock.notebooks.checks.subject import Subject
from penstock.notebooks.clones import form
from penstock.notebooks.extract.bindings import Bindings
from penstock.notebooks.names import names_of

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True, eq=False)
class Piece:
    """Some statements of one cell: a function, or a row. Its lines count in the cell."""

    subject: Subject
    cell: int
    nodes: tuple[ast.stmt, ...]

    @cached_property
    def form(self) -> tuple[tuple[object, ...], tuple[str, ...]]:
        """What clones share, and the names by their numbers; what a function says of itself is no part of it."""
        return form([_without_docstring(node) for node in self.nodes])

    @property
    def id(self) -> str:
        """The same for the same code, whatever its variables are called and wherever it stands."""
        return hashlib.blake2b(repr(self.form[0]).encode(), digest_size=3).hexdigest()

    @cached_property
    def free(self) -> frozenset[str]:
        """The names that it takes from outside; a function's own name is not one of them."""
        names = names_of(ast.Module(list(self.nodes), []))
        return frozenset(names.used - (names.bound if self.function else frozenset()))

    @property
    def function(self) -> Function | None:
        """The function or class, if it is one."""
        node = self.nodes[0]
        return node if len(self.nodes) == 1 and isinstance(node, Function) else None

    @property
    def name(self) -> str:
        """The function's name."""
        return self.function.name if self.function else ""

    @property
    def where(self) -> str:
        """The place as a refusal tells it."""
        return f"{self.subject.shown}, cell {self.cell}, line {self.nodes[0].lineno}"


def pairs(one: Piece, here: Bindings, other: Piece, there: Bindings) -> dict[str, str] | None:
    """Which name of one is which of the other; None where they are not the same code."""
    if one.form[0] != other.form[0] or len(one.form[1]) != len(other.form[1]):
        return None
    found = dict(zip(one.form[1], other.form[1], strict=True))
    fits = all(_same(a, here, b, there, (a in one.free, b in other.free)) for a, b in found.items())
    return found if fits else None


def _same(a: str, here: Bindings, b: str, there: Bindings, free: tuple[bool, bool]) -> bool:
    if free[0] != free[1]:
        return False
    if not free[0]:
        return True
    kinds = here.kind(a), there.kind(b)
    if kinds[0] != kinds[1]:
        return False
    if kinds[0] == "import":
        return here.meaning(a) == there.meaning(b)
    return kinds[0] == "value" or a == b


def _without_docstring(node: ast.stmt) -> ast.stmt:
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) or ast.get_docstring(node) is None:
        return node
    copy = type(node)(**{field: getattr(node, field) for field in node._fields})
    copy.body = node.body[1:] or [ast.Pass()]
    return copy


def functions_in(subject: Subject) -> Sequence[Piece]:
    """The functions and classes at the top of a notebook's cells."""
    return [
        Piece(subject, cell.number, (node,))
        for cell, tree in subject.trees
        for node in tree.body
        if isinstance(node, Function)
    ]
