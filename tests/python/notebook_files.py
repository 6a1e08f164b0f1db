"""What tests read in notebook files, and the command that runs them."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat.v4

COMMAND = [sys.executable, "-c", "from penstock.cli.app import main; main()"]


def sources(path: Path) -> list[str]:
    """The sources of a notebook's cells."""
    return [cell["source"] for cell in nbformat.v4.reads(path.read_text(encoding="utf-8"))["cells"]]


def printed(path: Path) -> str:
    """All that the notebook's cells have written to stdout."""
    cells = nbformat.v4.reads(path.read_text(encoding="utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return "".join(output["text"] for output in outputs if output.get("name") == "stdout")
