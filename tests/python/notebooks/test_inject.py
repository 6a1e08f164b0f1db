"""Given values enter the notebook as data, in a cell of their own."""

from __future__ import annotations

import ast
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import nbformat.v4 as v4
import pytest
from penstock.notebooks.inject import INJECTED, inject, injected_source


def notebook(*tags: str | None) -> Any:
    cells = [v4.new_code_cell(f"cell {i}", metadata={"tags": [tag]} if tag else {}) for i, tag in enumerate(tags)]
    return v4.new_notebook(cells=cells)


def tags(nb: Any) -> list[str]:
    return [",".join(cell["metadata"].get("tags", [])) for cell in nb["cells"]]


def test_right_after_the_declared_ones() -> None:
    nb = notebook(None, "parameters", None)
    inject(nb, {"a": 1})
    assert tags(nb) == ["", "parameters", INJECTED, ""]
    assert nb["cells"][2]["source"] == "# Parameters\na = 1"


def test_an_earlier_one_is_replaced() -> None:
    nb = notebook("parameters", INJECTED, None)
    inject(nb, {"a": 2})
    assert tags(nb) == ["parameters", INJECTED, ""]
    assert "a = 2" in nb["cells"][1]["source"]


def test_nothing_given_leaves_nothing() -> None:
    nb = notebook("parameters", INJECTED, None)
    inject(nb, {})
    assert tags(nb) == ["parameters", ""]


def test_imports_only_as_needed_and_under_names_of_their_own() -> None:
    assert injected_source({"d": [date(2024, 1, 2)], "t": timedelta(hours=1), "text": "_penstock_pathlib."}) == (
        "# Parameters\nimport datetime as _penstock_datetime\n"
        "d = [_penstock_datetime.date(2024, 1, 2)]\nt = _penstock_datetime.timedelta(seconds=3600)\n"
        "text = '_penstock_pathlib.'"
    )
    assert "import pathlib as _penstock_pathlib" in injected_source({"p": {"k": Path("a")}})


NASTY = [
    '"); import os #',
    "'''\nimport os",
    "\\",
    "%run evil",
    "!rm -rf /",
    "a\r\nb = 1",
    "\u2028x",
    "\x00",
    "{x}",
    "?",
]


@pytest.mark.parametrize("text", NASTY)
def test_a_value_that_is_code_stays_text(text: str) -> None:
    tree = ast.parse(injected_source({"a": text, "b": [text, {text: Path(text or ".")}]}))
    assigned = {node.targets[0].id: node.value for node in tree.body if isinstance(node, ast.Assign)}  # type: ignore[attr-defined]
    assert set(assigned) == {"a", "b"}
    assert ast.literal_eval(assigned["a"]) == text
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert [ast.unparse(call) for call in calls] == ["_penstock_pathlib.Path"]
