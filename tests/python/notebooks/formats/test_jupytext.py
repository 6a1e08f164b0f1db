"""Percent scripts mean for us what they mean for jupytext, both ways."""

from __future__ import annotations

import string
from pathlib import Path

import jupytext
import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from penstock.notebooks.files import read_file
from penstock.notebooks.formats.jupyter import as_document
from penstock.notebooks.formats.percent import PERCENT_SCRIPT
from penstock.notebooks.model import Cell, Notebook

SAMPLES = sorted(
    path
    for path in (Path(__file__).parents[1] / "samples" / "percent").iterdir()
    if path.suffix != ".sql"  # jupytext has no percent scripts in SQL
)


def theirs(text: str, suffix: str) -> list[tuple[str, str]]:
    notebook = jupytext.reads(text, {"extension": suffix, "format_name": "percent"})
    return [(cell.cell_type, cell.source.strip("\n")) for cell in notebook.cells]


def ours(notebook: Notebook) -> list[tuple[str, str]]:
    return [(cell["cell_type"], cell["source"].strip("\n")) for cell in as_document(notebook)["cells"]]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_is_read_alike(path: Path) -> None:
    notebook = read_file(path).notebook
    assert ours(notebook) == theirs(path.read_text(), path.suffix)
    metadata = jupytext.reads(path.read_text(), {"extension": path.suffix, "format_name": "percent"}).cells
    assert [list(cell.tags) for cell in notebook.cells] == [cell.metadata.get("tags", []) for cell in metadata]
    assert [cell.title for cell in notebook.cells] == [cell.metadata.get("title", "") for cell in metadata]


SAFE = st.sampled_from(
    [
        "x = 1",
        "",
        "def f():",
        "    return 2",
        "# a comment",
        "%time f()",
        "!ls -l",
        "%pip install x==1",
        "y = !ls",
        "%%time",
    ]
)
SOURCES = st.lists(SAFE, min_size=1, max_size=5).map(lambda lines: "\n".join(lines).strip("\n") or "0")
TITLES = st.text(string.ascii_letters + " ", max_size=8).map(str.strip)
CELLS = st.builds(
    lambda kind, source, title, tags, sql: Cell(
        kind,
        "SELECT 1" if sql and kind == "code" else source.replace("%%time", "z") if kind == "markdown" else source,
        "sql" if sql and kind == "code" else "",
        metadata={**({"title": title} if title else {}), **({"tags": tags} if tags else {})},
    ),
    st.sampled_from(["code", "markdown"]),
    SOURCES,
    TITLES,
    st.lists(st.text(string.ascii_lowercase, min_size=1, max_size=5), max_size=2, unique=True),
    st.booleans(),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=4))
def test_jupytext_reads_what_we_write_and_we_read_what_it_writes(cells: list[Cell]) -> None:
    notebook = Notebook("python", tuple(cells))
    assert theirs(PERCENT_SCRIPT.write(notebook), ".py") == ours(notebook)
    document = nbformat.from_dict(as_document(notebook))
    text = jupytext.writes(document, "py:percent")
    assert ours(PERCENT_SCRIPT.read(text, "python")) == ours(notebook)
