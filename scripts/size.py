"""The size budget: small files, short functions, shallow nesting. Prints every breach and ends with 1 if there is one.

What may be larger is listed below, each with its reason; an exception that is no longer needed is a breach too.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent

FILE_LINES = {".scala": 300, ".py": 250}
OPERATOR_LINES = 450
"""For physical operators in exec/: row loops that would be slower, not clearer, in pieces."""
FUNCTION_P95 = 30
NESTING = 3

EXCEPTIONS: dict[str, tuple[int, str]] = {}
"""A file's own line budget, and why."""


def tracked(*suffixes: str) -> list[Path]:
    """The files of the repository, new ones included, ignored ones not."""
    command = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    paths = (ROOT / name for name in sorted(set(done.stdout.splitlines())))
    return [p for p in paths if p.is_file() and (not suffixes or p.suffix in suffixes)]


def budget(path: str) -> int:
    """How many lines a file may have."""
    if path in EXCEPTIONS:
        return EXCEPTIONS[path][0]
    if "/exec/" in path and path.endswith("Exec.scala"):
        return OPERATOR_LINES
    return FILE_LINES[Path(path).suffix]


def too_long() -> Iterator[str]:
    """Files over their budget, and exceptions without need."""
    sizes = {str(p.relative_to(ROOT)): len(p.read_text().splitlines()) for p in tracked(*FILE_LINES)}
    for path, lines in sizes.items():
        if lines > budget(path):
            yield f"{path}: {lines} lines, the budget is {budget(path)}"
    for path in EXCEPTIONS:
        if sizes.get(path, 0) <= FILE_LINES[Path(path).suffix]:
            yield f"{path}: is listed as an exception in scripts/size.py and needs none"


def functions(path: Path) -> Iterator[tuple[str, int, int]]:
    """Each function's name, its lines of code and its depth of nested blocks."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", lines, max(map(depth, node.body), default=0)


def depth(node: ast.AST) -> int:
    """How deep blocks are nested in a statement; an `elif` is no deeper than its `if`."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
        return 0
    blocks = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.AsyncFor, ast.AsyncWith)
    inner = 0
    for child in ast.iter_child_nodes(node):
        same = isinstance(node, ast.If) and isinstance(child, ast.If) and node.orelse == [child]
        inner = max(inner, depth(child) - int(same))
    return inner + isinstance(node, blocks)


def breaches() -> list[str]:
    """Everything over budget."""
    out = list(too_long())
    measured = [f for p in tracked(".py") if "tests" not in p.parts for f in functions(p)]
    out += [
        f"{name}: blocks nested {deep} deep, the budget is {NESTING}" for name, _, deep in measured if deep > NESTING
    ]
    lengths = sorted(lines for _, lines, _ in measured)
    p95 = lengths[int(len(lengths) * 0.95)] if lengths else 0
    if p95 > FUNCTION_P95:
        out.append(f"Python functions: the 95th percentile is {p95} lines, the budget is {FUNCTION_P95}")
    return out


if __name__ == "__main__":
    found = breaches()
    print("\n".join(found) or "Every file and function is within its budget.")
    sys.exit(1 if found else 0)
