"""What a cell's first line says about its language: `%sql`, `%%sql`, `# MAGIC %sql`, `%scala` and so on."""

from __future__ import annotations

import re

from penstock.notebooks.document import Notebook, code_cells, refuse

_FIRST = re.compile(r"%{1,2}([A-Za-z]\w*)(?:[ \t]+|(?=\n)|$)")
_OURS = ("sql", "md", "python", "sh")
FOREIGN = {"scala": "Scala", "r": "R", "R": "R", "fs": "file-system commands", "spark": "Scala", "sparkr": "R"}
"""Cells that no Python kernel can run."""


def first_magic(source: str) -> tuple[str, str]:
    """(the magic that the whole cell is written in, the cell without it); the name is "" for plain Python.

    A title (`# DBTITLE`) and blank lines may come first. A magic that is IPython's own is none of ours.
    """
    lines = [line for line in source.splitlines() if not line.startswith("# DBTITLE")]
    if any(line.startswith("# MAGIC") for line in lines):
        if not all(line.startswith("# MAGIC") or not line.strip() for line in lines):
            return "", source
        lines = [re.sub(r"^# MAGIC ?", "", line) for line in lines]
    text = "\n".join(lines).lstrip("\n")
    match = _FIRST.match(text)
    if not match or match[1] not in (*_OURS, *FOREIGN):
        return "", source
    return match[1], text[match.end() :].lstrip("\n") + "\n"


def refuse_foreign_cells(notebook: Notebook, where: str) -> None:
    """Raises a refusal if a cell is written in a language that the kernel does not speak."""
    for index, cell in code_cells(notebook):
        name, _ = first_magic(cell["source"])
        if name in FOREIGN:
            raise refuse(
                "cell-language",
                f"{where}: cell {index + 1} starts with %{name}, so it is {FOREIGN[name]}.",
                "  run takes Python and SQL cells.",
            )
