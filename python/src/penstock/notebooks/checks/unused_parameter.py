"""`unused-parameter`: what can be given must matter."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from penstock.notebooks.checks.finding import Finding
from penstock.notebooks.checks.rule import Rule
from penstock.notebooks.checks.subject import Subject

_SEES_ALL = {"locals", "globals", "vars", "eval", "exec"}


def _look(subject: Subject) -> Iterator[Finding]:
    declaring = subject.parameters_cell
    if declaring is None or declaring.tree is None or subject.runs:
        return  # a notebook that is run inside this one sees its names too
    used = {name for _, names in subject.names for name in names.used}
    if used & _SEES_ALL:
        return
    elsewhere = "\n".join(cell.source for _, cell in subject.code if _says_names_in_text(cell.source))
    for name, line in _declared(declaring.tree):
        if name not in used and not re.search(rf"[:{{$'\"]\s*{re.escape(name)}\b", elsewhere):
            message = f"parameter {name} is used nowhere in the notebook"
            yield subject.finding(RULE.id, declaring.number, line, message, key=name)


def _says_names_in_text(source: str) -> bool:
    """SQL takes parameters as `:day`, `{day}` or `$day`; so do texts that are formatted later."""
    return any(mark in source for mark in (":", "{", "$"))


def _declared(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        yield from ((one.id, node.lineno) for one in targets if isinstance(one, ast.Name))


RULE = Rule(
    "unused-parameter",
    "Every parameter is used.",
    "Somebody will set it and believe that the run was another one.",
    "use it, or take it out.",
    each=_look,
)
