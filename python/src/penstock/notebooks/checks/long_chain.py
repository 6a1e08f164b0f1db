"""`long-chain`: a transformation of many steps belongs where it can be tested."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from penstock.notebooks.checks.finding import Finding
from penstock.notebooks.checks.rule import Rule
from penstock.notebooks.checks.subject import Subject


def _look(subject: Subject) -> Iterator[Finding]:
    limit = subject.settings.chain
    inner: set[ast.AST] = set()
    for cell, node in subject.nodes(ast.Call):  # outer calls come first
        chain = [] if node in inner else _chain(node)
        inner.update(call for call, _ in chain)
        if len(chain) > limit:
            names = [name for _, name in reversed(chain)]
            message = f"a chain of {len(chain)} calls (.{names[0]} … .{names[-1]}), at most {limit} are allowed"
            yield subject.finding(RULE.id, cell.number, node.lineno, message, key=".".join(names))


def _chain(node: ast.Call) -> list[tuple[ast.Call, str]]:
    """The method calls of `x.a().b().c()` with their names, the last first."""
    chain: list[tuple[ast.Call, str]] = []
    at: ast.expr = node
    while isinstance(at, ast.Call) and isinstance(at.func, ast.Attribute):
        chain.append((at, at.func.attr))
        at = at.func.value
        while isinstance(at, (ast.Attribute, ast.Subscript)):
            at = at.value
    return chain


RULE = Rule(
    "long-chain",
    "A chain of calls is no longer than the limit.",
    "A chain of many transformations is a function without a name: it has inputs, an output and a meaning, and it can "
    "neither be tested nor used again.",
    "make a function of the package of it, and call that. The limit is `chain` in [tool.penstock.check].",
    each=_look,
)
