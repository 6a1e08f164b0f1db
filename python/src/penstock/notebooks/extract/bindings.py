"""What a name means at the outermost level of a notebook: read off all its cells and the notebooks that it runs."""

from __future__ import annotations

import ast
import builtins
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from penstock.notebooks.checks.subject import Subject
from penstock.notebooks.extract.imports import Imported, imported_by
from penstock.notebooks.extract.tree import Tree
from penstock.notebooks.names import below, names_of

Kind = Literal["import", "function", "class", "value", "written", "given", "builtin", "screen", "unknown"]
GIVEN = frozenset(["spark", "sc", "sqlContext", "dbutils", "notebookutils", "mssparkutils"])
"""What a platform gives to a notebook and not to a module: it is passed on like any value."""
SCREEN = frozenset(
    ["display", "displayHTML", "get_ipython", "getArgument", "sql", "table", "udf", "In", "Out", "_", "__", "___"]
)
"""What there is only in a notebook, and what cannot be passed on."""
SEES_ALL = frozenset(["globals", "locals", "vars", "eval", "exec", "__file__"])
"""What gives another answer in a module."""


@dataclass(frozen=True)
class Binding:
    """One statement that gives a name its meaning, in the notebook `shown`."""

    kind: Kind
    shown: str
    cell: int
    line: int
    imported: Imported | None = None


@dataclass
class Bindings:
    """All names of a notebook. `star`: a star import brings names that nobody can tell."""

    found: dict[str, list[Binding]] = field(default_factory=lambda: defaultdict(list))
    star: str = ""

    def kind(self, name: str) -> Kind:
        """What the name is: the kind of its bindings if they agree; a name that is more than one thing is a value."""
        here = self.found.get(name)
        if here:
            kinds: set[Kind] = {one.kind for one in here}
            targets = {one.imported.target for one in here if one.imported}
            return next(iter(kinds)) if len(kinds) == 1 and len(targets) < 2 else "value"
        if name in SCREEN or name in SEES_ALL:
            return "screen"
        if name in GIVEN:
            return "given"
        return "builtin" if hasattr(builtins, name) or name in ("__name__",) else "unknown"

    def imports(self, name: str) -> list[Imported]:
        """The imports that bring the name, each once: `import os` and `import os.path` both bring `os`."""
        return list(dict.fromkeys(one.imported for one in self.found.get(name, ()) if one.imported))

    def meaning(self, name: str) -> str:
        """What an import makes of a name, or nothing."""
        found = self.imports(name)
        return found[0].target if found else ""


def bindings_of(tree: Tree, subject: Subject) -> Bindings:
    """The names at the top of a notebook and of those that it takes in."""
    bindings = Bindings()
    for one in [subject, *tree.taken_in(subject)]:
        _add(one, bindings)
    return bindings


def _add(subject: Subject, bindings: Bindings) -> None:
    for cell, tree in subject.trees:
        told: set[tuple[str, int]] = set()
        for name, node, kind, imported in _statements(tree):
            bindings.found[name].append(Binding(kind, subject.shown, cell.number, node.lineno, imported))
            told.add((name, node.lineno))
        names = names_of(tree)
        bindings.star = bindings.star or (f"{subject.shown}, cell {cell.number}" if names.star else "")
        for name in names.found:
            if name.binds and (name.name, name.line) not in told:
                bindings.found[name.name].append(Binding("value", subject.shown, cell.number, name.line))


def _statements(tree: ast.Module) -> Iterator[tuple[str, ast.stmt, Kind, Imported | None]]:
    """Definitions and imports at the top, also in blocks, and what functions write by `global`."""
    waiting: list[ast.stmt] = list(tree.body)
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name, node, "class" if isinstance(node, ast.ClassDef) else "function", None
            for name, line in _written(node):
                yield name, line, "written", None
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for one in imported_by(node):
                yield one.binds, node, "import", one
        else:
            waiting += _inside(node)


def _written(node: ast.stmt) -> Iterator[tuple[str, ast.Global]]:
    return ((name, one) for one in below(node) if isinstance(one, ast.Global) for name in one.names)


def _inside(node: ast.stmt) -> list[ast.stmt]:
    """The statements in a block."""
    blocks = (getattr(node, part, []) for part in ("body", "orelse", "finalbody", "handlers", "cases"))
    inner = [one for block in blocks for one in block]
    deeper = [one for outer in inner if not isinstance(outer, ast.stmt) for one in outer.body]
    return [*(one for one in inner if isinstance(one, ast.stmt)), *deeper]
