"""What a file defines, and what it refers to, by dotted names: read off, never imported.

`from flights import charts` makes `charts.delay(…)` a reference to `flights.charts.delay`. A name that no import brings
is the file's own.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from penstock.notebooks.names import below


@dataclass(frozen=True)
class Definition:
    """A function, a class or a value at the top of a file. `is_decorated`: whoever decorates it may call it."""

    name: str
    kind: str
    line: int
    end: int
    text: str
    is_decorated: bool = False


@dataclass(frozen=True)
class Reference:
    """A dotted name that a file uses. `is_own`: no import brings its first part."""

    dotted: str
    line: int
    is_own: bool


def definitions(tree: ast.Module, source: str) -> Iterator[Definition]:
    """What is defined at the top, also inside `if` and `try`."""
    lines = source.split("\n")
    for node in _top(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            kind = "class" if isinstance(node, ast.ClassDef) else "function"
            text = lines[node.lineno - 1].strip().removesuffix(":")
            yield Definition(node.name, kind, node.lineno, _end(node), text, bool(node.decorator_list))
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            kind = "function" if isinstance(node.value, ast.Lambda) else "value"
            text = lines[node.lineno - 1].strip()
            yield from (
                Definition(one.id, kind, node.lineno, _end(node), text) for one in targets if isinstance(one, ast.Name)
            )


def aliases(tree: ast.Module, package: str = "") -> dict[str, str]:
    """What each imported name stands for. `package` is where relative imports start from."""
    found: dict[str, str] = {}
    for node in below(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                found[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom):
            home = _home(node, package)
            found.update({one.asname or one.name: f"{home}.{one.name}" for one in node.names if one.name != "*"})
    return found


def references(tree: ast.Module, known: dict[str, str], package: str = "") -> Iterator[Reference]:
    """What is used, each chain of attributes once; an import is a reference too, as the name may be passed on."""
    inner: set[ast.AST] = set()
    for node in below(tree):
        if isinstance(node, ast.ImportFrom):
            home = _home(node, package)
            yield from (Reference(f"{home}.{one.name}", node.lineno, False) for one in node.names)
        elif isinstance(node, (ast.Name, ast.Attribute)) and node not in inner and isinstance(node.ctx, ast.Load):
            parts: list[str] = []
            at: ast.expr = node
            while isinstance(at, ast.Attribute):
                parts.insert(0, at.attr)
                at = at.value
                inner.add(at)
            if isinstance(at, ast.Name):
                head = known.get(at.id)
                yield Reference(".".join([head or at.id, *parts]), node.end_lineno or node.lineno, head is None)
            elif parts:
                yield Reference("." + ".".join(parts), node.end_lineno or node.lineno, True)


def texts(tree: ast.Module) -> set[str]:
    """Short texts, by which a name may be called too: `getattr(x, "name")`, `__all__`, a registered function."""
    return {
        node.value
        for node in below(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier()
    }


def _end(node: ast.stmt) -> int:
    return node.end_lineno or node.lineno


def _top(tree: ast.Module) -> Iterator[ast.stmt]:
    waiting: list[ast.stmt] = list(tree.body)
    while waiting:
        node = waiting.pop(0)
        yield node
        if isinstance(node, (ast.If, ast.Try, ast.With)):
            waiting = [one for one in ast.iter_child_nodes(node) if isinstance(one, ast.stmt)] + waiting
            if isinstance(node, ast.Try):
                waiting = [one for handler in node.handlers for one in handler.body] + waiting


def _home(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    parts = package.split(".") if package else []
    around = parts[: len(parts) - node.level + 1]
    return ".".join([*around, *([node.module] if node.module else [])])
