"""Where `%run` looks, without a kernel."""

from __future__ import annotations

from pathlib import Path

from penstock.notebooks.document import read_notebook
from penstock.notebooks.formats.registry import BY_NAME
from penstock.notebooks.includes import check_includes
from penstock.notebooks.inside.place import Place
from penstock.notebooks.model import Cell, Notebook


def test_a_fabric_notebook_runs_what_lies_beside_its_folder(tmp_path: Path) -> None:
    """Its own folder is the notebook; `check` and `extract` see it so, and a run has to."""
    path = tmp_path / "job.Notebook" / "notebook-content.py"
    path.parent.mkdir()
    path.write_text(BY_NAME["fabric"].write(Notebook("python", (Cell("code", "%run ./lib"),))))
    (tmp_path / "lib.py").write_text("# Databricks notebook source\nx = 1\n")
    assert check_includes(path, read_notebook(path)) == [tmp_path / "lib.py"]
    assert Place({"notebook": str(path), "output": "", "widgets": {}}).folder == tmp_path
