"""Which names a piece of Python uses and which it binds, in the order in which it runs.

A function's body runs when it is called, so what it takes from outside is kept apart: it must be there by then.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@dataclass(frozen=True)
class Name:
    """One use or binding. `deferred`: the use is in a function's body, and happens when that is called."""

    name: str
    line: int
    binds: bool
    deferred: bool = False


@dataclass
class Names:
    """The names of a piece of code, in order. `star`: a `from x import *` binds names that nobody can tell."""

    found: list[Name] = field(default_factory=list[Name])
    star: bool = False

    @property
    def bound(self) -> set[str]:
        """The names that it binds."""
        return {name.name for name in self.found if name.binds}

    @property
    def used(self) -> set[str]:
        """The names that it takes from outside or from above."""
        return {name.name for name in self.found if not name.binds}


def children(node: ast.AST) -> list[ast.AST]:
    """The nodes right below, without those that only say load or store; most time is spent here, hence no generator."""
    if isinstance(node, (ast.Name, ast.Constant)):
        return []
    found: list[ast.AST] = []
    for field_name in node._fields:
        value: Any = getattr(node, field_name, None)
        if isinstance(value, list):
            found += [one for one in value if isinstance(one, ast.AST)]  # pyright: ignore[reportUnknownVariableType]
        elif isinstance(value, ast.AST) and field_name != "ctx":
            found.append(value)
    return found


def below(tree: ast.AST) -> Iterator[ast.AST]:
    """The node and all below it, an outer one before those in it."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(children(node))


def names_of(tree: ast.Module) -> Names:
    """The names at the top of a module or a cell."""
    names = Names()
    for node in tree.body:
        _walk(node, names, frozenset(), deferred=False)
    return names


def _walk(node: ast.AST, names: Names, hidden: frozenset[str], *, deferred: bool) -> None:
    """Adds what the node uses and binds. `hidden` are names of scopes around it, which are nobody else's business."""
    if isinstance(node, ast.Name):
        _add(names, node.id, node.lineno, not isinstance(node.ctx, ast.Load), hidden, deferred)
    elif isinstance(node, _FUNCTIONS):
        _function(node, names, hidden, deferred=deferred)
    elif isinstance(node, ast.ClassDef):
        _class(node, names, hidden, deferred=deferred)
    elif isinstance(node, _COMPREHENSIONS):
        _comprehension(node, names, hidden, deferred=deferred)
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        names.star |= any(alias.name == "*" for alias in node.names)
        for alias in node.names:
            _add(names, alias.asname or alias.name.partition(".")[0], node.lineno, True, hidden, deferred)
    else:
        bound = _bound_by(node)
        if bound:
            _add(names, bound, getattr(node, "lineno", 0), True, hidden, deferred)
        for child in _in_order(node):
            _walk(child, names, hidden, deferred=deferred)


def _add(names: Names, name: str, line: int, binds: bool, hidden: frozenset[str], deferred: bool) -> None:
    if name not in hidden and name != "*" and not (binds and deferred):
        names.found.append(Name(name, line, binds, deferred))


def _in_order(node: ast.AST) -> Iterator[ast.AST]:
    """The node's parts in the order in which they run: a value before what it is assigned to."""
    if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.NamedExpr)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            yield ast.copy_location(ast.Name(node.target.id, ast.Load()), node)
        yield from [node.annotation] if isinstance(node, ast.AnnAssign) else []
        yield from [node.value] if node.value is not None else []
        if not (isinstance(node, ast.AnnAssign) and node.value is None):
            yield from targets
    elif isinstance(node, (ast.For, ast.AsyncFor)):
        yield from [node.iter, node.target, *node.body, *node.orelse]
    else:
        yield from children(node)


def _bound_by(node: ast.AST) -> str | None:
    """The name that a node binds by a plain text: `except … as e`, `case [x, *rest]`."""
    if isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)):
        return node.name
    return node.rest if isinstance(node, ast.MatchMapping) else None


def _function(
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, names: Names, hidden: frozenset[str], *, deferred: bool
) -> None:
    arguments = node.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    every += [one for one in (arguments.vararg, arguments.kwarg) if one]
    outside: list[ast.AST] = [*arguments.defaults, *(one for one in arguments.kw_defaults if one)]
    outside += [one.annotation for one in every if one.annotation]
    if not isinstance(node, ast.Lambda):
        outside += [*node.decorator_list, *([node.returns] if node.returns else [])]
        _add(names, node.name, node.lineno, True, hidden, deferred)
    for part in outside:
        _walk(part, names, hidden, deferred=deferred)
    body: list[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else list(node.body)
    given = {node_name for part in body for node_name in _globals(part)}
    local = ({one.arg for one in every} | _local(body)) - given
    for part in body:
        _walk(part, names, hidden | local, deferred=True)
    if not deferred:
        for name in given:
            _add(names, name, node.lineno, True, hidden, deferred)


def _class(node: ast.ClassDef, names: Names, hidden: frozenset[str], *, deferred: bool) -> None:
    for part in [*node.decorator_list, *node.bases, *node.keywords]:
        _walk(part, names, hidden, deferred=deferred)
    local = _local(list(node.body))
    for part in node.body:
        # a method does not see its class's names, and nothing outside does
        around = hidden | local
        if isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef)):
            around = hidden | frozenset([part.name])
        _walk(part, names, around, deferred=deferred)
    _add(names, node.name, node.lineno, True, hidden, deferred)


def _comprehension(
    node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp,
    names: Names,
    hidden: frozenset[str],
    *,
    deferred: bool,
) -> None:
    local: frozenset[str] = hidden
    for generator in node.generators:
        _walk(generator.iter, names, local, deferred=deferred)
        local |= {one.id for one in ast.walk(generator.target) if isinstance(one, ast.Name)}
        for condition in generator.ifs:
            _walk(condition, names, local, deferred=deferred)
    parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    for part in parts:
        _walk(part, names, local, deferred=deferred)


def _local(body: Iterable[ast.AST]) -> set[str]:
    """The names that a function binds for itself."""
    inner = Names()
    for part in body:
        _walk(part, inner, frozenset(), deferred=False)
    return inner.bound


def _globals(node: ast.AST) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, (ast.Global, ast.Nonlocal)):
            yield from one.names
