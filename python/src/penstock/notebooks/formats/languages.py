"""Languages: their suffixes, how they write a comment, and the magics that switch to them."""

from __future__ import annotations

import re
from dataclasses import replace

from penstock.notebooks.model import Cell

SUFFIXES = {".py": "python", ".scala": "scala", ".r": "r", ".sql": "sql"}
"""The suffixes of source files, in lower case."""
NAMES = {"python": "Python", "scala": "Scala", "r": "R", "sql": "SQL"}
"""Their names as a person writes them."""
COMMENTS = {"python": "#", "scala": "//", "r": "#", "sql": "--"}

_BY_MAGIC = {
    **dict.fromkeys(("sql", "sparksql"), "sql"),
    **dict.fromkeys(("scala", "spark"), "scala"),
    **dict.fromkeys(("r", "R", "sparkr"), "r"),
    **dict.fromkeys(("python", "python3", "pyspark"), "python"),
    **dict.fromkeys(("sh", "bash"), "sh"),
}
JUPYTER = {"sql": "%%sql\n", "scala": "%%scala\n", "r": "%%R\n", "python": "%%python\n", "sh": "%%bash\n"}
FABRIC = {"sql": "%%sql\n", "scala": "%%spark\n", "r": "%%sparkr\n", "python": "%%pyspark\n", "sh": "%%sh\n"}
DATABRICKS = {"sql": "%sql\n", "scala": "%scala\n", "r": "%r\n", "python": "%python\n", "sh": "%sh\n"}
"""A format's own words for a cell in another language."""

_KERNELS = {"python3": "python", "ipython": "python", "pyspark": "python", "R": "r", "ir": "r", "spark": "scala"}
_CELL_MAGIC = re.compile(r"%%([A-Za-z]\w*)(?:[ \t][^\n]*)?(?:\n|$)")
_LINE_MAGIC = re.compile(r"%([A-Za-z]\w*(?:-sandbox)?)(?:[ \t]*\n|[ \t]+|$)")


def language_name(name: str) -> str:
    """Our name for a language as a kernel calls it."""
    return _KERNELS.get(name, _KERNELS.get(name.lower(), name.lower()))


def opened_by_cell_magic(cell: Cell) -> Cell:
    """`%%sql …` on the first line says the language and leaves the source; any other magic stays in it."""
    return _opened(cell, _CELL_MAGIC.match(cell.source))


def opened_by_databricks(cell: Cell) -> Cell:
    """`%sql` and `%md` say what the cell is, with code on the same line or not; other magics stay in the source."""
    match = _LINE_MAGIC.match(cell.source)
    if match and match[1] in ("md", "md-sandbox"):
        return replace(cell, kind="markdown", opening=match[0], source=cell.source[match.end() :])
    return _opened(cell, match)


def opened_text(cell: Cell, language: str, openings: dict[str, str]) -> str:
    """The cell's text with its language said in front where it is not the notebook's own."""
    if cell.opening:
        return cell.opening + cell.source
    if not cell.language or cell.language == language:
        return cell.source
    return openings.get(cell.language, f"{_sigil(openings)}{cell.language}\n") + cell.source


def _opened(cell: Cell, match: re.Match[str] | None) -> Cell:
    if match is None or match[1] not in _BY_MAGIC:
        return cell
    return replace(cell, language=_BY_MAGIC[match[1]], opening=match[0], source=cell.source[match.end() :])


def _sigil(openings: dict[str, str]) -> str:
    return "%%" if openings["sql"].startswith("%%") else "%"
