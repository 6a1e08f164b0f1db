"""What tests read in notebook files, and the command that runs them."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import nbformat.v4

REPO = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from penstock.cli.app import main; main()"]


def sources(path: Path) -> list[str]:
    """The sources of a notebook's cells."""
    return [cell["source"] for cell in nbformat.v4.reads(path.read_text(encoding="utf-8"))["cells"]]


def printed(path: Path) -> str:
    """All that the notebook's cells have written to stdout."""
    cells = nbformat.v4.reads(path.read_text(encoding="utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return "".join(output["text"] for output in outputs if output.get("name") == "stdout")


def wait_for(
    path: Path, running: subprocess.Popen[Any], seconds: float = 240, holds: Callable[[Path], bool] = Path.exists
) -> None:
    """Until the notebook has come to the cell that writes this file, as it `holds`; a busy machine may take its time."""
    deadline = time.monotonic() + seconds
    while not holds(path):
        assert running.poll() is None, f"the run ended before it wrote {path}"
        assert time.monotonic() < deadline, f"{path} did not appear"
        time.sleep(0.05)


def whole(folder: Path) -> None:
    """Every notebook can be read, and nothing that was being written is left."""
    assert [path.name for path in folder.rglob("*.part")] == []
    for path in folder.rglob("*.ipynb"):
        nbformat.validate(nbformat.read(path, 4))
