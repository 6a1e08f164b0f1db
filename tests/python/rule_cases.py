"""A rule's case: notebooks as lists of cells, and where the rule finds something."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat.v4
from penstock.notebooks.checks.settings import Settings

PARAMETERS = "#parameters\n"


@dataclass(frozen=True)
class Case:
    """Notebooks by name, and where the rule finds something: (notebook, cell, line)."""

    notebooks: dict[str, list[Any]]
    found: list[tuple[str, int, int]] = field(default_factory=list)
    settings: Settings = field(default_factory=Settings)
    files: dict[str, str] = field(default_factory=dict)


def one(*cells: Any, found: list[tuple[int, int]] | None = None, settings: Settings | None = None) -> Case:
    """A case with one notebook."""
    return Case({"n": list(cells)}, [("n", *place) for place in found or []], settings or Settings())


def ran(source: str, count: int | None, output: str | None = None, **metadata: Any) -> Any:
    outputs = [nbformat.v4.new_output("stream", text=output)] if output else []
    return nbformat.v4.new_code_cell(source, execution_count=count, outputs=outputs, metadata=metadata)


def write(folder: Path, case: Case) -> None:
    for name, cells in case.notebooks.items():
        notebook = nbformat.v4.new_notebook()
        for number, cell in enumerate(cells):
            notebook.cells.append(cell if not isinstance(cell, str) else made(cell))
            notebook.cells[-1]["id"] = f"c{number}"
        (folder / f"{name}.ipynb").write_text(nbformat.v4.writes(notebook))
    for name, text in case.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode(errors="surrogateescape"))


def made(cell: str) -> Any:
    if cell.startswith("md:"):
        return nbformat.v4.new_markdown_cell(cell[3:])
    tags = {"tags": ["parameters"]} if cell.startswith(PARAMETERS) else {}
    return nbformat.v4.new_code_cell(cell, metadata=tags)
