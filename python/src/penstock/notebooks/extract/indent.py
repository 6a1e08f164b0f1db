"""Lines one step further in, but for those inside of a text in triple quotes, which would say something else."""

from __future__ import annotations

import ast

_STEP = "    "


def indented(text: str) -> str:
    """The code as the body of a function."""
    fixed: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        is_text = isinstance(node, ast.JoinedStr) or (
            isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes))
        )
        if is_text and isinstance(node, ast.expr):
            fixed |= set(range(node.lineno + 1, (node.end_lineno or node.lineno) + 1))
    lines = enumerate(text.split("\n"), 1)
    return "\n".join(_STEP + line if line.strip() and number not in fixed else line for number, line in lines)
