"""`definition`: no functions and no classes in a notebook."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from penstock.notebooks.checks.finding import Finding
from penstock.notebooks.checks.rule import Rule
from penstock.notebooks.checks.subject import Subject


def _look(subject: Subject) -> Iterator[Finding]:
    for cell, tree in subject.trees:
        for node in tree.body:
            for what, name, line in _defined(node):
                yield subject.finding(
                    RULE.id, cell.number, line, f"{what} {name} is defined here", key=f"{what} {name}"
                )


def _defined(node: ast.stmt) -> Iterator[tuple[str, str, int]]:
    """Definitions in a statement, also inside `if` or `try`; what stands inside a definition is part of it."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        yield "function", node.name, node.lineno
    elif isinstance(node, ast.ClassDef):
        yield "class", node.name, node.lineno
    elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
        yield from (("function", one.id, node.lineno) for one in node.targets if isinstance(one, ast.Name))
    else:
        for child in ast.iter_child_nodes(node):
            inner = child.body if isinstance(child, (ast.ExceptHandler, ast.match_case)) else [child]
            for one in inner:
                yield from _defined(one) if isinstance(one, ast.stmt) else ()


RULE = Rule(
    "definition",
    "A notebook defines no functions and no classes.",
    "A function in a notebook cannot be imported, so it is copied into the next one, and the copies drift apart. No "
    "unit test reaches it.",
    "put it into a module of the package and import it.",
    each=_look,
)
