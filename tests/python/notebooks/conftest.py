"""Small real notebooks, and the ways to run them: in this process, or as the command a person types."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat.v4
import penstock
import pytest
from notebook_files import COMMAND

SOURCE = Path(penstock.__file__).parents[1]

Make = Callable[..., Path]


@pytest.fixture(autouse=True)
def _penstock_in_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    """A checkout that is not installed must be found by the kernels too."""
    before = os.environ.get("PYTHONPATH")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(SOURCE), *([before] if before else [])]))


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write a notebook: a text is a code cell, or markdown after `md:`; `parameters` is the tagged cell."""

    def write(*cells: str, parameters: str | None = None, name: str = "job.ipynb", **metadata: Any) -> Path:
        notebook = nbformat.v4.new_notebook(metadata=metadata)
        if parameters is not None:
            notebook.cells.append(nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}))
        for cell in cells:
            new = nbformat.v4.new_markdown_cell if cell.startswith("md:") else nbformat.v4.new_code_cell
            notebook.cells.append(new(cell.removeprefix("md:")))
        path = tmp_path / name
        path.write_text(nbformat.v4.writes(notebook), encoding="utf-8")
        return path

    return write


@pytest.fixture
def command(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """`penstock …` in a process of its own."""

    def go(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *map(str, arguments)], capture_output=True, text=True, timeout=120, cwd=tmp_path, check=False
        )

    return go
