"""The notebook that runs: an nbformat document, read from any format; its cells by tag, and their titles."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from penstock.notebooks.refusing import refuse

__all__ = ["Cell", "Notebook", "cell_title", "code_cells", "notebook_title", "read_notebook", "refuse", "tagged"]

Notebook = dict[str, Any]
"""An nbformat 4 document: what `nbformat.read` gives, used as the dictionary that it is."""
Cell = dict[str, Any]

RUNNABLE = ("python", "sql")
"""The languages that a notebook may be in to be run."""
_TITLE_LENGTH = 60


def read_notebook(path: Path) -> Notebook:
    """The notebook at this path, in any format, or a refusal that says what is wrong and what can be run.

    A notebook in SQL becomes a Python notebook of `%%sql` cells.
    """
    # a kernel knows this module, and few kernels ever read a notebook
    from penstock.notebooks.files import read_file
    from penstock.notebooks.formats.jupyter import as_node
    from penstock.notebooks.formats.languages import NAMES
    from penstock.notebooks.model import in_language, without_openings

    found = read_file(path)
    language = found.notebook.language
    if language not in RUNNABLE:
        raise refuse(
            "notebook-language",
            f"{path}: this notebook is written in {NAMES.get(language, language)}.",
            "  run takes: Python and SQL notebooks (Scala is called from there).",
        )
    own_words = found.format.name == "ipynb"
    notebook = found.notebook if own_words else without_openings(found.notebook)
    return as_node(in_language(notebook, "python"))


def code_cells(notebook: Notebook) -> list[tuple[int, Cell]]:
    """(index among all cells, cell) for each cell that a kernel would run."""
    return [(index, cell) for index, cell in enumerate(notebook["cells"]) if cell["cell_type"] == "code"]


def tagged(notebook: Notebook, tag: str) -> int | None:
    """The index of the first code cell with the tag."""
    return next((i for i, cell in code_cells(notebook) if tag in cell["metadata"].get("tags", [])), None)


def notebook_title(notebook: Notebook, otherwise: str) -> str:
    """The first heading of the notebook."""
    for cell in notebook["cells"]:
        heading = _heading(cell["source"]) if cell["cell_type"] == "markdown" else ""
        if heading:
            return heading
    return otherwise


def cell_title(notebook: Notebook, index: int) -> str:
    """What a person would call the cell: its first comment, the heading right above it, or its first telling line."""
    cell = notebook["cells"][index]
    if "parameters" in cell["metadata"].get("tags", []):
        return "Parameters"
    lines = [line.strip() for line in cell["source"].splitlines() if line.strip()]
    first = lines[0] if lines else ""
    if first.startswith("#"):
        return _short(first.lstrip("#% ").strip() or first)
    above = notebook["cells"][index - 1] if index else None
    if above is not None and above["cell_type"] == "markdown":
        heading = _heading(above["source"])
        if heading:
            return _short(heading)
    telling = (line for line in lines if not line.startswith(("import ", "from ")))
    return _short(next(telling, first))


def _heading(markdown: str) -> str:
    match = re.search(r"^#{1,6}\s+(.+?)\s*#*\s*$", markdown, re.MULTILINE)
    return re.sub(r"[*_`]|\[([^\]]*)\]\([^)]*\)", r"\1", match[1]) if match else ""


def _short(text: str) -> str:
    return text if len(text) <= _TITLE_LENGTH else text[: _TITLE_LENGTH - 1].rstrip() + "…"
