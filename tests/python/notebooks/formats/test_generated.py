"""Generated notebooks: what is written is read back the same, or it is refused; nothing in between."""

from __future__ import annotations

import string

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from penstock.notebooks.formats.databricks import DATABRICKS_SOURCE
from penstock.notebooks.formats.format import Format
from penstock.notebooks.formats.loss import CannotHold, written
from penstock.notebooks.formats.marker import Marker, marker_line, read_marker
from penstock.notebooks.formats.percent import PERCENT_SCRIPT
from penstock.notebooks.formats.registry import FORMATS
from penstock.notebooks.model import Cell, Notebook

LANGUAGES = ("python", "scala", "r", "sql")
LINES = st.sampled_from(
    [
        "", "x = 1", "    indented", "\ttab", "# comment", "#", "#text", "-- comment", "// comment", "%run ./x", "%time f()",
        "# %time f()", "# # !ls", "!ls", "?help", "%%sql", "%%time", "%md", "%sql SELECT 1", "SELECT 1", '"""', "'''", "é日✓",
        "# MAGIC x", "# MAGIC", "# MAGICAL", "# DBTITLE 1,x", "x = %time y", "# META {", "trailing ", "\\", "\x0c", "\u2028",
        "# COMMAND ----------", "# CELL ********************", "# %%", "# %% x", "#%%", "# ---", "-- %%", "// COMMAND ----------",
    ]
)  # fmt: skip
SOURCES = st.lists(LINES, max_size=5).map("\n".join) | st.text(
    st.characters(exclude_characters="\r", exclude_categories=["Cs"]), max_size=30
)
WORDS = st.text(string.ascii_letters + string.digits + "_- .é=[]%#\"'", min_size=1, max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | WORDS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(WORDS, inner, max_size=2),
    max_leaves=4,
)
KEYS = st.text(string.ascii_letters + "_", min_size=1, max_size=6).filter(lambda key: key not in ("language", "tags"))
METADATA = st.fixed_dictionaries(
    {}, optional={"tags": st.lists(WORDS, min_size=1, max_size=2, unique=True), "title": WORDS}
) | st.dictionaries(KEYS, JSON, max_size=2)
MANY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def notebooks(draw: st.DrawFn) -> Notebook:
    language = draw(st.sampled_from(LANGUAGES))
    cells: list[Cell] = []
    for number in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["code", "code", "markdown"]))
        other = draw(st.sampled_from(["", "", *LANGUAGES])) if kind == "code" else ""
        cells.append(
            Cell(kind, draw(SOURCES), other if other != language else "", metadata=draw(METADATA), id=f"c{number}")
        )
    return Notebook(language, tuple(cells))


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
@MANY
@given(notebooks())
def test_written_is_read_back_or_refused(format: Format, notebook: Notebook) -> None:
    try:
        text, lost = written(notebook, format)
    except CannotHold:
        # a magic with nothing below it is a cell of its language there, not one of Python
        alone = any(cell.source.strip() == "%%sql" for cell in notebook.cells)
        assert alone or format.name != "ipynb", "Jupyter's format holds everything else"
        return
    back = format.read(text, notebook.language)
    assert len(back.cells) == len(notebook.cells)
    for before, after in zip(notebook.cells, back.cells, strict=True):
        assert (after.kind, back.language_of(after)) == (before.kind, notebook.language_of(before))
        assert after.source.strip("\n") == before.source.strip("\n")
    kept = all(
        after.metadata.get(key) == value
        for before, after in zip(notebook.cells, back.cells, strict=True)
        for key, value in before.metadata.items()
        if key != "title"
    )
    assert kept or lost, "something was lost without a word"
    if format.name == "ipynb":
        assert not lost


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
@MANY
@example(Notebook("python", (Cell("code", "x = 1\n# MAGIC", id="c0"), Cell("code", "", "scala", id="c1"))))
@given(notebooks())
def test_a_written_text_is_canonical(format: Format, notebook: Notebook) -> None:
    """Reading what we wrote and writing it again changes nothing."""
    try:
        text, _ = written(notebook, format)
    except CannotHold:
        assume(False)
    assert format.write(format.read(text, notebook.language)) == text


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
@MANY
@given(st.lists(LINES, max_size=12).map("\n".join), st.sampled_from(LANGUAGES))
def test_any_text_below_the_header_is_read(format: Format, text: str, language: str) -> None:
    """No layout makes reading fail, and a second reading of what was written says the same."""
    if format.name == "ipynb":
        return
    mark = {"python": "#", "scala": "//", "r": "#", "sql": "--"}[language]
    header = {"databricks": f"{mark} Databricks notebook source\n", "fabric": f"{mark} Fabric notebook source\n"}
    if format.name == "fabric" and "META {" in text:
        return  # JSON that is none is refused, which test_refusals.py holds
    format.read(header.get(format.name, "") + text, language)


@MANY
@given(st.sampled_from(["code", "markdown", "raw"]), METADATA)
def test_a_marker_line_says_what_it_is_given(kind: str, metadata: dict[str, object]) -> None:
    line = marker_line("#", Marker(kind, metadata))  # type: ignore[arg-type]
    assert read_marker(line.removeprefix("# %%").strip()) == Marker(kind, metadata)  # type: ignore[arg-type]


def test_a_cell_that_would_be_split_is_refused() -> None:
    notebook = Notebook("python", (Cell("code", 'x = """\n# COMMAND ----------\n"""'),))
    with pytest.raises(CannotHold, match="cell 1 cannot be written as databricks"):
        written(notebook, DATABRICKS_SOURCE)
    assert written(notebook, PERCENT_SCRIPT)[1] == []
