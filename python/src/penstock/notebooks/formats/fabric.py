"""Fabric's source format: `Name.Notebook/notebook-content.py` (.scala, .r, .sql), as its Git integration writes it.

The file is a row of blocks (`# CELL ****`, `# MARKDOWN ****`, …). The first METADATA block is the notebook's; any other
belongs to the block above it. The notebook's entries become metadata of their own names, a cell's go to `microsoft`, as
in the .ipynb that Fabric exports; a cell's entries that only repeat its language are left out and written again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from penstock.notebooks.formats.format import Format, Malformed
from penstock.notebooks.formats.languages import COMMENTS, FABRIC, SUFFIXES, opened_by_cell_magic, opened_text
from penstock.notebooks.formats.prefixed import blank_style, comment, has_prefix, trimmed, uncomment
from penstock.notebooks.model import PARAMETERS, Cell, Notebook

HEADER = "Fabric notebook source"
STEM = "notebook-content"
CELL_KEY = "microsoft"
_STARS = "*" * 20
_BLOCKS = ("METADATA", "CELL", "PARAMETERS CELL", "MARKDOWN", "ATTACHMENTS")
_KERNEL = "synapse_pyspark"
_NAMES = {"python": "python", "scala": "scala", "r": "r", "sql": "sparksql", "sh": "python"}
_OTHERS = ("kernelspec", "language_info", "jupytext", "papermill", "penstock", "widgets", "colab", "toc", "celltoolbar")
"""Notebook metadata that Jupyter's tools write, which mean nothing to Fabric."""


def read(text: str, language: str) -> Notebook:
    """The notebook in a text whose suffix says the language."""
    mark = COMMENTS[language]
    header, _, body = text.partition("\n")
    if header.rstrip() != f"{mark} {HEADER}":
        raise Malformed(f"line 1 is not '{mark} {HEADER}'")
    parts = re.split(rf"^{mark} ({'|'.join(_BLOCKS)}) \*{{8,}}[ \t]*(?:\n|$)", body, flags=re.MULTILINE)
    blocks = list(zip(parts[1::2], parts[2::2], strict=True))
    metadata: Mapping[str, Any] = {}
    if blocks and blocks[0][0] == "METADATA":
        metadata = _entries(blocks.pop(0)[1], f"{mark} META")
    kernel = _kernel_of(metadata)
    cells: list[Cell] = []
    for block, content in [*([("CELL", parts[0])] if parts[0].strip() else []), *blocks]:
        if block in ("METADATA", "ATTACHMENTS"):
            if not cells:
                raise Malformed(f"a block '{mark} {block}' stands above all cells")
            cells[-1] = _with_block(cells[-1], block, content, mark, (language, kernel))
        else:
            cells.append(_cell(block, trimmed(content), mark))
    blank = blank_style(_prefixed(blocks, mark), mark)
    return Notebook(language, tuple(cells), metadata, blank=blank)


def _prefixed(blocks: list[tuple[str, str]], mark: str) -> list[str]:
    """The lines that Fabric itself has put behind a mark; a comment of the user's is none."""
    prose = [line for block, content in blocks if block == "MARKDOWN" for line in content.split("\n")]
    cells = [trimmed(content) for block, content in blocks if "CELL" in block]
    magic = [line for text in cells if _is_magic(text, mark) for line in text.split("\n")]
    return prose + [line.replace(" MAGIC", "", 1) for line in magic if has_prefix(line, f"{mark} MAGIC")]


def write(notebook: Notebook) -> str:
    """The text as Fabric writes it."""
    mark = COMMENTS[notebook.language]
    own = {key: value for key, value in notebook.metadata.items() if key not in _OTHERS and "/" not in key}
    if "kernel_info" not in own and not own.get("dependencies"):
        own = {"kernel_info": {"name": _KERNEL}, "dependencies": {}, **own}
    blocks = [_block(mark, "METADATA", _commented(own, f"{mark} META"))]
    for cell in notebook.cells:
        blocks += _blocks(cell, notebook, mark, _kernel_of(own))
    return f"{mark} {HEADER}\n\n" + "\n\n".join(blocks) + "\n"


def knows(path: PurePath, text: str) -> bool:
    """A file with Fabric's name or first line."""
    mark = COMMENTS.get(SUFFIXES.get(path.suffix.lower(), ""), "")
    return bool(mark) and (path.stem == STEM or text.partition("\n")[0].rstrip() == f"{mark} {HEADER}")


def _cell(block: str, text: str, mark: str) -> Cell:
    if block == "MARKDOWN":
        return Cell("markdown", uncomment(text, mark))
    cell = Cell("code", text, metadata={"tags": [PARAMETERS]} if block == "PARAMETERS CELL" else {})
    if _is_magic(text, mark):
        cell = opened_by_cell_magic(replace(cell, source=uncomment(text.lstrip("\n"), f"{mark} MAGIC")))
    return cell


def _is_magic(text: str, mark: str) -> bool:
    """Whether a code cell stands behind marks from its first line on."""
    return has_prefix(text.lstrip("\n").partition("\n")[0], f"{mark} MAGIC")


def _with_block(cell: Cell, block: str, content: str, mark: str, own: tuple[str, str]) -> Cell:
    if block == "ATTACHMENTS":
        return replace(cell, attachments=_entries(content, f"{mark} ATTA"))
    entries = _entries(content, f"{mark} META")
    implied = cell.kind == "code" and entries == _implied(cell, *own)
    return cell if implied else cell.with_metadata(**{CELL_KEY: entries})


def _blocks(cell: Cell, notebook: Notebook, mark: str, kernel: str) -> list[str]:
    if cell.kind == "code":
        text = opened_text(cell, notebook.language, FABRIC)
        if text.startswith("%%"):
            text = comment(text, f"{mark} MAGIC", f"{mark} MAGIC" + _space(notebook, mark))
        block = "PARAMETERS CELL" if PARAMETERS in cell.tags else "CELL"
        entries: Any = cell.metadata.get(CELL_KEY, _implied(cell, notebook.language, kernel))
    else:
        text, block = comment(cell.source, mark, mark + _space(notebook, mark)), "MARKDOWN"
        entries = cell.metadata.get(CELL_KEY)
    blocks = [_block(mark, block, text)]
    if cell.attachments:
        blocks.append(_block(mark, "ATTACHMENTS", _commented(cell.attachments, f"{mark} ATTA")))
    if entries is not None:
        blocks.append(_block(mark, "METADATA", _commented(entries, f"{mark} META")))
    return blocks


def _implied(cell: Cell, language: str, kernel: str) -> dict[str, Any]:
    """What Fabric writes below a code cell that nobody has set anything on."""
    name = cell.language or language
    plain = "sql" if kernel == "sqldatawarehouse" else _NAMES.get(name, name)
    return {"language": plain, "language_group": kernel}


def _kernel_of(metadata: Mapping[str, Any]) -> str:
    info: Any = metadata.get("kernel_info")
    name: Any = info.get("name") if isinstance(info, Mapping) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return name if isinstance(name, str) else _KERNEL


def _space(notebook: Notebook, mark: str) -> str:
    return "" if notebook.blank == mark else " "


def _block(mark: str, name: str, text: str) -> str:
    return f"{mark} {name} {_STARS}\n" + (f"\n{text}" if text else "")  # an empty cell has no line at all


def _commented(entries: Any, prefix: str) -> str:
    return comment(json.dumps(entries, indent=2, ensure_ascii=False), prefix, prefix)


def _entries(content: str, prefix: str) -> dict[str, Any]:
    text = uncomment("\n".join(line for line in content.split("\n") if has_prefix(line, prefix)), prefix)
    try:
        found: Any = json.loads(text) if text.strip() else {}
    except json.JSONDecodeError as error:
        raise Malformed(f"a '{prefix}' block is no JSON: {error.msg} in its line {error.lineno}") from None
    if not isinstance(found, dict):
        raise Malformed(f"a '{prefix}' block is no JSON object")
    return found  # pyright: ignore[reportUnknownVariableType]


FABRIC_SOURCE = Format(
    "fabric",
    "Fabric's Name.Notebook folder (notebook-content.py, .scala, .r, .sql and .platform)",
    knows,
    read,
    write,
)
