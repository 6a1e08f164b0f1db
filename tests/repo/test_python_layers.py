"""The invariants of ARCHITECTURE.md for the Python side: who may import whom, and who knows the wire."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from size import ROOT

SOURCE = ROOT / "python" / "src"
OURS = SOURCE / "penstock"
FILES = sorted(OURS.rglob("*.py"))
MAY = {
    "core": {"core"},
    "transforms": {"transforms", "core"},
    "notebooks": {"notebooks", "transforms", "core"},
    "scenarios": {"scenarios", "transforms", "core"},
    "delivery": {"delivery", "transforms", "core"},
    "cli": {"cli", "notebooks", "scenarios", "delivery", "transforms", "core"},
}
"""The three areas notebooks, scenarios and delivery never import each other."""


def imports(path: Path) -> Iterator[str]:
    """The full names of all modules that a file imports, also inside functions."""
    package = path.relative_to(SOURCE).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            whole = ".".join(filter(None, [base, node.module or ""]))
            yield from (f"{whole}.{alias.name}" for alias in node.names)


def area(path: Path) -> str:
    """The folder right below penstock/."""
    return path.relative_to(OURS).parts[0]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(OURS)))
def test_imports_go_down(path: Path) -> None:
    here = area(path)
    if here in {"__init__.py", "__main__.py"}:
        return
    assert here in MAY, f"{here} is not an area that ARCHITECTURE.md knows"
    seen = {name.split(".")[1] for name in imports(path) if name.startswith("penstock.")}
    wrong = (seen & set(MAY)) - MAY[here]
    assert not wrong, f"{here} must not import {', '.join(sorted(wrong))}"


def test_scenarios_need_no_jar() -> None:
    """They are plain Spark expressions: no transform is called and nothing is attached."""
    banned = re.compile(r"^penstock\.(transforms|core\.(attach|call|jar|door|classic|connect|session))\b")
    named = {f"{p.name}: {m}" for p in FILES if area(p) == "scenarios" for m in imports(p) if banned.match(m)}
    assert not named
    assert any(area(p) == "scenarios" for p in FILES)


def test_only_core_knows_the_wire() -> None:
    wire = re.compile(r"^(py4j|grpc|pyspark\.sql\.connect|pyspark\.java_gateway)\b")
    named = {
        f"{p.relative_to(OURS)}: {name}" for p in FILES if area(p) != "core" for name in imports(p) if wire.match(name)
    }
    assert not named
    private = re.compile(r"\._(jdf|jvm|jsc|jsparkSession|gateway)\b")
    touched = {str(p.relative_to(OURS)) for p in FILES if area(p) != "core" and private.search(p.read_text())}
    assert not touched


def test_importing_penstock_imports_nothing_heavy() -> None:
    import subprocess
    import sys

    heavy = "pyspark py4j pandas numpy nbformat typer rich"
    ask = f"import penstock, sys; print([m for m in '{heavy}'.split() if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_wrapper_has_logic() -> None:
    """A transform in Python is signature, prose and one call."""
    for path in (p for p in FILES if area(p) == "transforms" and p.name != "__init__.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                assert len(body) == 1, f"{path.name}: {node.name} does more than one call"
                assert isinstance(body[0], ast.Return), f"{path.name}: {node.name} does not return the call"
