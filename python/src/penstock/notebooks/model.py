"""The one model of a notebook, whatever its file looks like: a language, and cells in order.

All formats are read into it and written from it. Metadata keep nbformat's names (`tags`, `kernelspec`) and the
platforms' own (`microsoft`, `application/vnd.databricks.v1+cell`), which is where each platform's `.ipynb` has them: so
a title or a lakehouse survives a way through any format that has room for metadata.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal

Kind = Literal["code", "markdown", "raw"]
DATABRICKS_CELL = "application/vnd.databricks.v1+cell"
PARAMETERS = "parameters"

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Cell:
    """One cell. `source` has no comment marks of a source format, and no magic that only says the language.

    `language` is empty for the notebook's own. `opening` is the text that said it, `%sql` with the space or line end
    behind it, kept so that a cell is written back as it was found; it means nothing in another format.
    """

    kind: Kind
    source: str
    language: str = ""
    opening: str = ""
    metadata: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    outputs: tuple[Mapping[str, Any], ...] = ()
    execution_count: int | None = None
    attachments: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    id: str = ""

    @property
    def tags(self) -> tuple[str, ...]:
        """The cell's tags; a file may hold nonsense there, which is no tag."""
        tags: Any = self.metadata.get("tags", ())
        return tuple(str(tag) for tag in tags) if isinstance(tags, (list, tuple)) else ()  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]

    @property
    def title(self) -> str:
        """The title that a platform shows above the cell."""
        databricks: Any = self.metadata.get(DATABRICKS_CELL)
        if isinstance(databricks, Mapping) and databricks.get("title"):  # pyright: ignore[reportUnknownMemberType]
            return str(databricks["title"])  # pyright: ignore[reportUnknownArgumentType]
        title: Any = self.metadata.get("title", "")
        return title if isinstance(title, str) else ""

    @property
    def text(self) -> str:
        """The cell as its user sees it, which is what line numbers count in: with the magic that says its language."""
        return self.opening + self.source

    def with_metadata(self, **entries: Any) -> Cell:
        """The cell with these entries set; None takes an entry away."""
        merged = {**self.metadata, **entries}
        return replace(self, metadata={key: value for key, value in merged.items() if value is not None})


@dataclass(frozen=True)
class Notebook:
    """A notebook. `language` is python, scala, r, sql, or what a kernel calls itself.

    `blank` is how an empty line is written behind a comment mark, which differs between a platform's versions and is
    kept; `minor` is nbformat's minor version (cells have ids from 5 on). Both are no part of what the notebook says.
    """

    language: str
    cells: tuple[Cell, ...]
    metadata: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    blank: str | None = field(default=None, compare=False)
    minor: int = field(default=5, compare=False)

    def language_of(self, cell: Cell) -> str:
        """The language a cell is written in."""
        return cell.language or self.language


def in_language(notebook: Notebook, language: str) -> Notebook:
    """The same notebook with another language as its own: each cell keeps the language that it is in."""
    if notebook.language == language:
        return notebook
    cells: list[Cell] = []
    for cell in notebook.cells:
        own = notebook.language_of(cell)
        cells.append(replace(cell, language="" if own == language else own) if cell.kind == "code" else cell)
    return replace(notebook, language=language, cells=tuple(cells))


def without_openings(notebook: Notebook) -> Notebook:
    """The notebook as another format shall write it: in that format's own words."""
    return replace(notebook, cells=tuple(replace(cell, opening="") for cell in notebook.cells), blank=None)
