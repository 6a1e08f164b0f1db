"""`%run` of another notebook: what a cell asks for, where it lies, and that a chain of them has an end.

Only what names a notebook is ours: `%run script.py` stays what IPython makes of it.
"""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from penstock.core.errors import Refusal
from penstock.notebooks.document import Notebook, code_cells, read_notebook, refuse
from penstock.notebooks.files import format_of, home, read_text
from penstock.notebooks.formats.databricks import DATABRICKS_SOURCE
from penstock.notebooks.formats.fabric import FABRIC_SOURCE

SUFFIXES = (".ipynb", ".py")
_SOURCES = (DATABRICKS_SOURCE, FABRIC_SOURCE)
_RUN = re.compile(r"^[ \t]*(?:# MAGIC[ \t]+)?%run[ \t]+(.+?)[ \t]*$", re.MULTILINE)
_WIDGET = re.compile(r"\$([A-Za-z_]\w*)=(.*)", re.DOTALL)


@dataclass(frozen=True)
class Include:
    """One `%run`: the path as it was written, `$name="text"` widgets, and Fabric's `{"name": value}` parameters."""

    path: str
    widgets: dict[str, str] = field(default_factory=dict[str, str])
    values: dict[str, Any] = field(default_factory=dict[str, Any])


def read_include(line: str) -> Include | None:
    """What the text after `%run` asks for; None if it is IPython's own kind of `%run`."""
    line, values = _with_values(line.strip())
    try:
        words = shlex.split(line)
    except ValueError:
        return None
    if not words or words[0].startswith("-"):
        return None
    widgets = [match for word in words[1:] if (match := _WIDGET.fullmatch(word))]
    if len(widgets) != len(words) - 1:
        return None
    return Include(words[0], {match[1]: match[2] for match in widgets}, values)


def find_include(include: Include, folder: Path) -> Path | None:
    """The notebook that is meant, seen from the folder of the notebook that asks; None: it is a plain script.

    Raises:
        Refusal: there is no such notebook.
    """
    named = candidates(folder, include.path)
    found = next((path for path in named if path.is_file()), None)
    if found is None:
        tried = " or ".join(str(path) for path in named)
        raise refuse("include-missing", f"%run {include.path}: there is no {tried}.")
    plain = named == [found] and found.suffix == ".py" and format_of(found, read_text(found)) not in _SOURCES
    return None if plain else found.resolve()


def candidates(folder: Path, path: str) -> list[Path]:
    """What a path in a notebook of this folder may mean; a notebook's suffix is often left out."""
    place = folder / path
    return [place] if place.suffix in SUFFIXES else [Path(f"{place}{suffix}") for suffix in SUFFIXES]


def check_includes(source: Path, notebook: Notebook) -> list[Path]:
    """All notebooks that this one takes in, each once.

    Raises:
        Refusal: one is missing or cannot be read, or the chain comes back to a notebook that is in it.
    """
    found: list[Path] = []
    _follow(notebook, [source], found)
    return found


def asked_for(source: str) -> list[str]:
    """The texts after each `%run` of a cell."""
    return [match[1] for match in _RUN.finditer(source)]


def _follow(notebook: Notebook, chain: list[Path], found: list[Path]) -> None:
    for index, cell in code_cells(notebook):
        for line in asked_for(cell["source"]):
            include = read_include(line)
            path = None if include is None else _found(include, chain[-1], index)
            if path is None:
                continue
            if path in chain:
                names = " → ".join(one.name for one in [*chain[chain.index(path) :], path])
                raise refuse("include-cycle", f"{chain[0]}: its %run never ends: {names}.")
            if path not in found:
                found.append(path)
                _follow(read_notebook(path), [*chain, path], found)


def _found(include: Include, within: Path, index: int) -> Path | None:
    try:
        return find_include(include, home(within))
    except Refusal as refusal:
        raise Refusal(f"{within}, cell {index + 1}: {refusal}", refusal.codes) from None


def _with_values(line: str) -> tuple[str, dict[str, Any]]:
    """Fabric writes parameters as JSON after the name."""
    start = line.find("{")
    if start < 0 or not line.endswith("}"):
        return line, {}
    try:
        values: Any = json.loads(line[start:])
    except ValueError:
        return line, {}
    return line[:start], cast("dict[str, Any]", values)
