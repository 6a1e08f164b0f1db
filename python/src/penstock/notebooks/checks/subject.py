"""What rules look at: a notebook that is read and parsed once, and all of them together."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar, cast

from penstock.notebooks.checks.finding import Finding
from penstock.notebooks.checks.settings import Settings
from penstock.notebooks.code_lines import code_lines
from penstock.notebooks.model import PARAMETERS, Cell, Notebook
from penstock.notebooks.modules import Packages
from penstock.notebooks.names import Names, below, names_of
from penstock.notebooks.python_cells import PythonCell, python_cells

Node = TypeVar("Node", bound=ast.AST)
_RUN = re.compile(r"^[ \t]*%run[ \t]+(?:\"([^\"\n]+)\"|'([^'\n]+)'|(\S+))", re.MULTILINE)


@dataclass(frozen=True)
class Line:
    """A line of a code cell, in any language."""

    cell: int
    number: int
    text: str
    language: str


@dataclass(frozen=True)
class Run:
    """A `%run`: where it stands and what it names."""

    cell: int
    line: int
    target: str


@dataclass
class Subject:
    """One notebook. `shown` is its path as the user gave it; `text` is the file's."""

    path: Path
    shown: str
    notebook: Notebook
    text: str
    settings: Settings

    def finding(self, rule: str, cell: int, line: int, message: str, key: str = "") -> Finding:
        """A finding in this notebook."""
        return Finding(rule, self.shown, cell, line, message, key)

    @cached_property
    def python(self) -> list[PythonCell]:
        """The cells in Python, the parameters cell among them."""
        return list(python_cells(self.notebook))

    @cached_property
    def trees(self) -> list[tuple[PythonCell, ast.Module]]:
        """The cells that are Python indeed, with their trees."""
        return [(cell, cell.tree) for cell in self.python if cell.tree is not None]

    @cached_property
    def names(self) -> list[tuple[PythonCell, Names]]:
        """What each Python cell uses and binds."""
        return [(cell, names_of(tree)) for cell, tree in self.trees]

    @cached_property
    def lines(self) -> list[Line]:
        """All lines of code cells, also those in other languages."""
        return [
            Line(number, at, text, self.notebook.language_of(cell))
            for number, cell in self.code
            for at, text in enumerate(cell.text.split("\n"), 1)
        ]

    @cached_property
    def runs(self) -> list[Run]:
        """The `%run` lines."""
        return [
            Run(number, cell.text.count("\n", 0, match.start()) + 1, match[1] or match[2] or match[3])
            for number, cell in self.code
            if "%run" in cell.text
            for match in _RUN.finditer(cell.text)
        ]

    @property
    def code(self) -> Iterator[tuple[int, Cell]]:
        """The code cells in any language, with their numbers."""
        return ((number, cell) for number, cell in enumerate(self.notebook.cells, 1) if cell.kind == "code")

    @cached_property
    def parameters_cell(self) -> PythonCell | None:
        """The first Python cell tagged `parameters`."""
        return next((cell for cell in self.python if PARAMETERS in cell.cell.tags), None)

    @cached_property
    def code_lines(self) -> int:
        """How many lines of code the notebook has, by `code_lines`' count."""
        parsed = {cell.number: cell.tree for cell in self.python}
        return sum(code_lines(cell.source, parsed.get(number)) for number, cell in self.code)

    def nodes(self, *kinds: type[Node]) -> Iterator[tuple[PythonCell, Node]]:
        """The nodes of these kinds in all Python cells, an outer one before those in it."""
        for kind in kinds:
            yield from cast("list[tuple[PythonCell, Node]]", self._by_kind.get(kind, ()))

    @cached_property
    def _by_kind(self) -> dict[type[ast.AST], list[tuple[PythonCell, ast.AST]]]:
        """Walked once for all rules: going through the trees is what most of a check's time is."""
        found: dict[type[ast.AST], list[tuple[PythonCell, ast.AST]]] = defaultdict(list)
        for cell, tree in self.trees:
            for node in below(tree):
                found[type(node)].append((cell, node))
        return found


@dataclass
class Repository:
    """All notebooks that are checked together, and the packages that lie beside them."""

    subjects: list[Subject]
    settings: Settings
    packages: Packages
    unreadable: list[Finding] = field(default_factory=list[Finding])

    def at(self, path: Path) -> Subject | None:
        """The notebook with this path, said with its suffix or without, as `%run` does."""
        return self._by_path.get(str(path)) or self._by_path.get(str(path.with_suffix("")))

    @cached_property
    def _by_path(self) -> dict[str, Subject]:
        paths: dict[str, Subject] = {}
        for subject in self.subjects:
            home = subject.path.resolve()
            place = home.parent if home.parent.suffix == ".Notebook" else home
            for key in (home, place.with_suffix("")):
                paths.setdefault(str(key), subject)
        return paths

    def target(self, subject: Subject, run: Run) -> Subject | None:
        """The notebook that a `%run` names, if it is one of these."""
        home = subject.path.resolve().parent
        home = home.parent if home.suffix == ".Notebook" else home
        return self.at((home / run.target).resolve())
