"""Every sample file: a platform's own text comes back byte by byte, a person's version of it means the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from penstock.notebooks.files import read_file, read_text
from penstock.notebooks.formats.loss import written
from penstock.notebooks.formats.registry import BY_NAME, FORMATS
from penstock.notebooks.model import Cell, Notebook, without_openings

SAMPLES = Path(__file__).parents[1] / "samples"
CANONICAL = sorted(p for name in BY_NAME for p in (SAMPLES / name).rglob("*") if p.is_file() and p.name != ".platform")
ROUGH = sorted(p for p in (SAMPLES / "rough").iterdir() if "--" in p.name)


def name(path: Path) -> str:
    return str(path.relative_to(SAMPLES))


def said(notebook: Notebook) -> Notebook:
    """The notebook without its cells' ids, which a rough file may lack."""
    return replace(notebook, cells=tuple(replace(cell, id="") for cell in notebook.cells))


@pytest.mark.parametrize("path", CANONICAL, ids=name)
def test_a_canonical_file_comes_back_byte_by_byte(path: Path) -> None:
    found = read_file(path)
    assert found.format.name == path.relative_to(SAMPLES).parts[0]
    assert found.format.write(found.notebook).encode() == path.read_bytes()


def test_there_are_enough_samples_of_every_format() -> None:
    assert len(CANONICAL) + len(ROUGH) >= 40
    assert {p.relative_to(SAMPLES).parts[0] for p in CANONICAL} == set(BY_NAME)


@pytest.mark.parametrize("path", ROUGH, ids=name)
def test_a_rough_file_says_what_the_canonical_one_says(path: Path) -> None:
    format, stem, _ = path.stem.split("--")
    sibling = SAMPLES / format / (stem + path.suffix)
    assert said(read_file(path).notebook) == said(read_file(sibling).notebook)


def test_an_old_document_is_brought_to_nbformat_4() -> None:
    notebook = read_file(SAMPLES / "rough" / "version3.ipynb").notebook
    assert [(cell.kind, cell.source) for cell in notebook.cells] == [("markdown", "# Old"), ("code", "print 'old'")]


@pytest.mark.parametrize("path", CANONICAL, ids=name)
@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
def test_every_sample_goes_through_every_format(path: Path, format: object) -> None:
    """There and back again: cells, languages and sources are the same (`written` refuses where they are not)."""
    found = read_file(path)
    notebook = found.notebook if format is found.format else without_openings(found.notebook)
    other = next(one for one in FORMATS if one is format)
    text, _ = written(notebook, other)
    back = without_openings(other.read(text, notebook.language))
    assert other.knows(Path(f"notebook-content{suffix(other.name, notebook.language)}"), text)
    again, _ = written(back, found.format)
    there = found.format.read(again, notebook.language)
    assert (cells(there) or NO_CELLS) == (cells(notebook) or NO_CELLS)


NO_CELLS = [("code", "python", "")]
"""What a notebook without any cell is where a format needs one."""


def cells(notebook: Notebook) -> list[tuple[str, str, str]]:
    """What must survive every way; only raw text becomes Markdown where there is no other."""
    return [
        ("code" if cell.kind == "code" else "prose", notebook.language_of(cell), cell.source) for cell in notebook.cells
    ]


def suffix(format: str, language: str) -> str:
    return ".ipynb" if format == "ipynb" else {"python": ".py", "scala": ".scala", "r": ".r", "sql": ".sql"}[language]


EXPECTED = {
    "databricks/daily_load.py": [
        ("markdown", "python", "", "# Daily load"),
        ("code", "python", "Widgets", 'dbutils.widgets.text("day", "2024-01-31", "Day to load")'),
        ("code", "python", "", "%run ./shared/session"),
        ("code", "python", "Read the landing files", "from pyspark.sql import functions as F"),
        ("code", "sql", "", "SELECT count(*) AS orders,"),
        ("code", "python", "", "dbutils.notebook.exit(str(orders.count()))"),
    ],
    "databricks/old_export.py": [
        ("markdown", "python", "", ""),
        ("code", "sql", "Hidden title", "--the list of tables"),
        ("code", "python", "", "%fs ls /databricks-datasets/"),
        ("code", "sh", "", "pip list | grep spark"),
        ("markdown", "python", "", '<div style="text-align: center">'),
        ("code", "python", "", 'display(spark.table("churn.customers"))'),
    ],
    "databricks/empty_cells.py": [
        ("code", "python", "", ""),
        ("code", "python", "", "x = 1"),
        ("code", "python", "", ""),
        ("code", "python", "", "y = 2"),
        ("code", "python", "", ""),
    ],
    "databricks/streaming.scala": [
        ("markdown", "scala", "", "# Stream of events"),
        ("code", "scala", "", "import org.apache.spark.sql.functions._"),
        ("code", "scala", "Read and parse", "val events = spark.readStream"),
        ("code", "python", "", 'display(spark.table("events"))'),
        ("code", "scala", "", '%run ./setup $mode="fast" $limit="10"'),
    ],
    "databricks/report.sql": [
        ("markdown", "sql", "", "# Revenue by week"),
        ("code", "sql", "", "CREATE WIDGET TEXT since DEFAULT '2024-01-01';"),
        ("code", "sql", "By week", "SELECT date_trunc('week', day) AS week,"),
        ("code", "python", "", "weeks = _sqldf.toPandas()"),
    ],
    "fabric/Bronze orders.Notebook/notebook-content.py": [
        ("markdown", "python", "", "# Orders of one day"),
        ("code", "python", "", 'day = "2024-01-31"'),
        ("code", "python", "", "from pyspark.sql import functions as F"),
        ("code", "sql", "", "SELECT count(*) AS n"),
        ("code", "python", "", "notebookutils.notebook.exit(str(orders.count()))"),
    ],
    "fabric/Rates.Notebook/notebook-content.scala": [
        ("code", "scala", "", 'val rates = spark.read.option("header", true).csv("Files/rates")'),
        ("code", "sql", "", "SELECT * FROM rates"),
        ("code", "python", "", 'display(spark.table("rates"))'),
    ],
    "percent/with_header.py": [
        ("markdown", "python", "", "## Magics are comments here"),
        ("code", "python", "", "%matplotlib inline"),
        ("code", "sql", "", "SELECT *"),
        ("code", "sh", "", "set -e"),
        ("code", "sql", "", "SELECT 1"),
        ("code", "python", "", "%%time"),
        ("markdown", "python", "Deep", "A slide."),
        ("raw", "python", "", "kept as it is"),
        ("code", "python", "", "# %time is how one measures"),
    ],
    "percent/texts.py": [
        ("code", "python", "", 'query = """'),
        ("markdown", "python", "", "A text in quotes,"),
        ("code", "python", "", "print(query % 1)"),
        ("code", "python", "", "def last():"),
    ],
    "ipynb/magics.ipynb": [
        ("code", "python", "", "%load_ext sql"),
        ("code", "sql", "", "SELECT *"),
        ("code", "sql", "", "SELECT 2"),
        ("code", "sh", "", "ls"),
        ("code", "python", "", "%%time"),
        ("code", "python", "", "%%html"),
        ("code", "python", "", ""),
    ],
    "ipynb/databricks_export.ipynb": [
        ("code", "sql", "One", "SELECT 1"),
        ("markdown", "python", "", "## Typed as a magic"),
        ("code", "python", "", "x = 1"),
    ],
}


@pytest.mark.parametrize("path", EXPECTED)
def test_what_the_cells_are(path: str) -> None:
    notebook = read_file(SAMPLES / path).notebook
    assert [
        (c.kind, notebook.language_of(c), c.title, c.source.partition("\n")[0]) for c in notebook.cells
    ] == EXPECTED[path]


def test_parameters_cells_are_tagged_in_every_format() -> None:
    for path in (
        "databricks/parameters.py",
        "fabric/Bronze orders.Notebook",
        "percent/plain.py",
        "ipynb/with_outputs.ipynb",
    ):
        tagged = [cell for cell in read_file(SAMPLES / path).notebook.cells if "parameters" in cell.tags]
        assert len(tagged) == 1, path


def test_fabrics_metadata_are_where_its_ipynb_has_them() -> None:
    notebook = read_file(SAMPLES / "fabric" / "Configured.Notebook").notebook
    assert notebook.metadata["unknown_entry"] == [1, "zwei"]
    frozen = read_file(SAMPLES / "fabric" / "Bronze orders.Notebook").notebook.cells[-1]
    assert frozen.metadata["microsoft"]["frozen"] is True
    assert "microsoft" not in notebook.cells[1].metadata  # says nothing but the language


def test_a_module_is_no_notebook(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('"""A module."""\n\nx = 5 %2  # %% not a cell\n')
    assert not [one for one in FORMATS if one.knows(module, read_text(module))]


EVERYTHING = Notebook(
    "python",
    (
        Cell(
            "code",
            "x = 1",
            metadata={"tags": ["parameters"], "scrolled": True},
            outputs=({"output_type": "stream", "name": "stdout", "text": "1"},),
            execution_count=1,
            id="a",
        ),
        Cell("code", "y = 2", metadata={"tags": ["other"], "title": "A title"}, id="b"),
        Cell("markdown", "![d](attachment:d.png)", attachments={"d.png": {"image/png": "aGk="}}, id="c"),
    ),
)
ROWS = {
    "outputs": "the outputs and execution counts of cell 1",
    "cell titles": "the title of cell 2",
    "attachments": "the attachments of cell 3",
    "other metadata": "the metadata 'scrolled' of cell 1",
    "tags": "the metadata 'tags' of cell 2",
}


@pytest.mark.parametrize("row", ROWS)
def test_the_manuals_table_of_losses_is_true(row: str) -> None:
    page = (Path(__file__).parents[4] / "docs" / "notebooks" / "formats.md").read_text()
    line = next(line for line in page.splitlines() if line.startswith(f"| {row} |"))
    told = dict(zip(["ipynb", "databricks", "fabric", "percent"], line.strip("| ").split(" | ")[1:], strict=True))
    for format in FORMATS:
        lost = ROWS[row] in written(EVERYTHING, format)[1]
        assert lost == (told[format.name] != "kept"), f"{row}, {format.name}"
        assert "the metadata 'tags' of cell 1" not in written(EVERYTHING, format)[1]  # `parameters` is kept by all
