"""A notebook as a file: which formats can be run, its cells by tag, and their titles."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, cast

from penstock.core.errors import Refusal

Notebook = dict[str, Any]
"""An nbformat 4 document: what `nbformat.read` gives, used as the dictionary that it is."""
Cell = dict[str, Any]

_OTHER_FORMATS = {
    ".py": "a Python script (percent, Databricks or Fabric source)",
    ".scala": "a Scala notebook",
    ".sql": "an SQL notebook",
    ".r": "an R notebook",
    ".rmd": "an R Markdown notebook",
    ".qmd": "a Quarto notebook",
    ".md": "a Markdown notebook",
    ".dbc": "a Databricks archive",
    ".zpln": "a Zeppelin notebook",
}
_TITLE_LENGTH = 60


def read_notebook(path: Path) -> Notebook:
    """The notebook at this path, or a refusal that says what is wrong with the file and what can be run."""
    if path.suffix.lower() != ".ipynb":
        what = _OTHER_FORMATS.get(
            path.suffix.lower(), f"a {path.suffix} file" if path.suffix else "a file without a suffix"
        )
        raise refuse("notebook-format", f"{path}: this is {what}.", "  run takes: Jupyter notebooks (.ipynb).")
    if not path.is_file():
        near = sorted(other.name for other in path.parent.glob("*.ipynb")) if path.parent.is_dir() else []
        there = f"  {path.parent} has: {', '.join(near)}." if near else f"  There is no notebook in {path.parent}."
        raise refuse("notebook-missing", f"{path}: there is no such notebook.", there)
    import nbformat

    try:
        text = path.read_text(encoding="utf-8")
        notebook = cast(Notebook, nbformat.reads(text, as_version=4))  # pyright: ignore[reportUnknownMemberType]
        nbformat.validate(notebook)  # pyright: ignore[reportUnknownMemberType]
    except UnicodeDecodeError as error:
        why = f"is not UTF-8 text (byte {error.start})"
        raise refuse("notebook-broken", f"{path}: the file {why}.", "  A notebook is JSON in UTF-8.") from None
    except Exception as error:  # nbformat's own kinds of error differ by version
        why = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise refuse(
            "notebook-broken", f"{path}: not a valid notebook: {why}.", "  Open and save it in Jupyter."
        ) from None
    _require_python(path, notebook)
    return notebook


def refuse(code: str, *lines: str) -> Refusal:
    """A refusal in the house's form: what, what exists, what next; then its code."""
    return Refusal("\n".join(lines) + f" [penstock.{code}]", (code,))


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


def _require_python(path: Path, notebook: Notebook) -> None:
    metadata = notebook["metadata"]
    language = (
        metadata.get("kernelspec", {}).get("language") or metadata.get("language_info", {}).get("name") or "python"
    )
    if str(language).lower() not in ("python", "python3", "ipython"):
        raise refuse(
            "notebook-language",
            f"{path}: this notebook is written in {language}.",
            "  run takes: Python notebooks (its SQL and Scala are called from there).",
        )
