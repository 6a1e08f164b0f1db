"""`run` takes Python and SQL notebooks in every format, and keeps the executed one as `.ipynb`."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from notebook_files import printed
from penstock.core.errors import Refusal
from penstock.notebooks import parameters_of, run
from penstock.notebooks.document import read_notebook

SAMPLES = Path(__file__).parents[1] / "samples"

FABRIC = """# Fabric notebook source

# PARAMETERS CELL ********************

n = 1

# METADATA ********************

# META {
# META   "language": "python",
# META   "language_group": "synapse_pyspark"
# META }

# CELL ********************

import os
print("n is", n, "in", os.getcwd())
"""


def test_a_databricks_source_runs(tmp_path: Path) -> None:
    source = tmp_path / "daily.py"
    source.write_bytes((SAMPLES / "databricks" / "parameters.py").read_bytes())
    result = run(source, {"limit": 7}, report=False)
    assert result.outcome == "done", result.error
    assert result.output.name == "daily.ipynb"
    assert printed(result.output) == "2024-01-31 7\n"
    nbformat.validate(nbformat.read(result.output, 4))
    assert source.read_bytes() == (SAMPLES / "databricks" / "parameters.py").read_bytes()


def test_a_fabric_folder_counts_as_a_file(tmp_path: Path) -> None:
    """Its run lies beside it, and its kernel works there, as for the same notebook in another format."""
    folder = tmp_path / "Daily.Notebook"
    folder.mkdir()
    (folder / "notebook-content.py").write_text(FABRIC)
    result = run(folder, {"n": 2}, report=False)
    assert result.outcome == "done", result.error
    assert result.output.parent.parent == tmp_path / "runs"
    assert result.output.name == "Daily.ipynb"
    assert printed(result.output) == f"n is 2 in {tmp_path.resolve()}\n"


@pytest.mark.parametrize("path", ["percent/plain.py", "ipynb/with_outputs.ipynb", "fabric/Bronze orders.Notebook"])
def test_parameters_are_declared_in_every_format(path: str) -> None:
    assert [one.name for one in parameters_of(SAMPLES / path)] in (["radius"], ["day"], ["day", "full_load"])


def test_sql_cells_come_as_jupyters(tmp_path: Path) -> None:
    document = read_notebook(SAMPLES / "databricks" / "report.sql")
    sources = [cell["source"] for cell in document["cells"] if cell["cell_type"] == "code"]
    assert sources[0].startswith("%%sql\nCREATE WIDGET")
    assert sources[2].startswith("weeks = _sqldf.toPandas()")


@pytest.mark.parametrize("path", ["databricks/streaming.scala", "databricks/model.r", "ipynb/scala_kernel.ipynb"])
def test_scala_and_r_are_refused_before_start(path: str, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"this notebook is written in (Scala|R)\.\n  run takes: Python and SQL"):
        run(SAMPLES / path, output=tmp_path / "out.ipynb")
    assert not list(tmp_path.iterdir())
