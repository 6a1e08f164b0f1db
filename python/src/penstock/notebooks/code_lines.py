"""How many lines of code a cell has, however it is laid out.

Blank lines and comments do not count. A line with several statements counts once for each, and a long line once for
each 120 characters: neither `;` nor a wide screen makes a notebook shorter.
"""

from __future__ import annotations

import ast
from collections import Counter

WIDTH = 120
_COMMENTS = ("#", "//", "--")


def code_lines(source: str, tree: ast.Module | None = None) -> int:
    """The lines of code in a cell; with its tree where it is Python."""
    texts = [line.strip() for line in source.split("\n")]
    counted = sum(-(-len(text) // WIDTH) for text in texts if text and not text.startswith(_COMMENTS))
    if tree is None or ";" not in source:
        return counted
    starts = Counter(node.lineno for node in ast.walk(tree) if isinstance(node, ast.stmt))
    return counted + sum(count - 1 for count in starts.values())
