"""Databricks' source format: `# Databricks notebook source`, cells between `# COMMAND ----------` lines.

A cell in another language is behind `# MAGIC`, its title in `# DBTITLE 1,…` (0: hidden). Real files lack the
blank lines round COMMAND, or come with Windows' line ends: both are read. The format has no tags: a cell with the title
`parameters` is the parameters cell, and the other way round.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath

from penstock.notebooks.formats.format import Format, Malformed
from penstock.notebooks.formats.languages import COMMENTS, DATABRICKS, SUFFIXES, opened_by_databricks, opened_text
from penstock.notebooks.formats.prefixed import blank_style, comment, has_prefix, trimmed, uncomment
from penstock.notebooks.model import DATABRICKS_CELL, PARAMETERS, Cell, Notebook

HEADER = "Databricks notebook source"
_COMMAND = "COMMAND ----------"
_STARTS_WITH_MAGIC = re.compile(r"\s*%{1,2}[A-Za-z]")


def read(text: str, language: str) -> Notebook:
    """The notebook in a source text whose suffix says the language."""
    mark = COMMENTS[language]
    header, _, body = text.partition("\n")
    if header.rstrip() != f"{mark} {HEADER}":
        raise Malformed(f"line 1 is not '{mark} {HEADER}'")
    parts = re.split(rf"^{re.escape(f'{mark} {_COMMAND}')}-*[ \t]*(?:\n|$)", body, flags=re.MULTILINE)
    ends = [trimmed(part) if part is not parts[-1] else part.removeprefix("\n").removesuffix("\n") for part in parts]
    ends[0] = _first(parts)
    blank = blank_style(body.split("\n"), f"{mark} MAGIC")
    return Notebook(language, tuple(_cell(part, mark) for part in ends), blank=blank)


def write(notebook: Notebook) -> str:
    """The text as Databricks writes it."""
    mark = COMMENTS[notebook.language]
    cells = [_text(cell, notebook, mark) for cell in notebook.cells]
    text = f"{mark} {HEADER}\n" + f"\n\n{mark} {_COMMAND}\n\n".join(cells)
    return text if len(cells) > 1 and not cells[-1] else text + "\n"


def knows(path: PurePath, text: str) -> bool:
    """A source file with Databricks' first line."""
    mark = COMMENTS.get(SUFFIXES.get(path.suffix.lower(), ""), "")
    return bool(mark) and text.partition("\n")[0].rstrip() == f"{mark} {HEADER}"


def _first(parts: list[str]) -> str:
    """The first cell begins right below the header, so a blank line there is its own."""
    return parts[0].removesuffix("\n") if len(parts) == 1 or not parts[0].endswith("\n\n") else parts[0][:-2]


def _cell(text: str, mark: str) -> Cell:
    magic = f"{mark} MAGIC"
    below = text.lstrip("\n")  # real files have blank lines above a title or a magic, where they mean nothing
    title = re.match(rf"{mark} DBTITLE ([01]),([^\n]*)(?:\n|$)", below)
    body = below[title.end() :] if title else text
    cell = Cell("code", body)
    if has_prefix(body.lstrip("\n").partition("\n")[0], magic):
        cell = opened_by_databricks(replace(cell, source=uncomment(body.lstrip("\n"), magic)))
    if title:
        entry = {"showTitle": title[1] == "1", "title": title[2]}
        tagged = title[2].strip().lower() == PARAMETERS and cell.kind == "code"
        cell = cell.with_metadata(**{DATABRICKS_CELL: entry}, tags=[PARAMETERS] if tagged else None)
    return cell


def _text(cell: Cell, notebook: Notebook, mark: str) -> str:
    magic = f"{mark} MAGIC"
    if cell.kind == "code":
        text = opened_text(cell, notebook.language, DATABRICKS)
        prefixed = _STARTS_WITH_MAGIC.match(text) is not None
    else:
        text, prefixed = (cell.opening or "%md\n") + cell.source, True
    body = comment(text, magic, notebook.blank or magic) if prefixed else text
    title = cell.title or (PARAMETERS if PARAMETERS in cell.tags else "")
    if not title:
        return body
    entry = cell.metadata.get(DATABRICKS_CELL, {})
    return f"{mark} DBTITLE {int(bool(entry.get('showTitle', True)))},{' '.join(title.split())}\n{body}"


DATABRICKS_SOURCE = Format(
    "databricks",
    "Databricks source (.py, .scala, .r, .sql with '# Databricks notebook source' on top)",
    knows,
    read,
    write,
)
