"""The modules of a repository's own packages, read and never imported: what they define, and what they call."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from penstock.notebooks.names import Names, names_of


@dataclass
class Module:
    """One module. `name` is dotted; `tree` is None where the file cannot be parsed."""

    name: str
    path: Path
    shown: str
    is_package: bool

    @cached_property
    def tree(self) -> ast.Module | None:
        """The module's syntax tree."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return ast.parse(self.path.read_bytes())
        except (SyntaxError, ValueError, RecursionError, OSError):
            return None

    @cached_property
    def names(self) -> Names:
        """What the module binds and uses at its top, functions' bodies included."""
        return names_of(self.tree) if self.tree else Names(star=True)

    @property
    def is_open(self) -> bool:
        """Whether it may have names that nobody can read off: star imports, `__getattr__`, a broken file."""
        return self.names.star or "__getattr__" in self.names.bound


@dataclass
class Packages:
    """The packages of a repository, by dotted names of their modules."""

    modules: dict[str, Module]

    @cached_property
    def tops(self) -> frozenset[str]:
        """The names by which they are imported: the first part of each dotted name."""
        return frozenset(name.partition(".")[0] for name in self.modules)

    def missing(self, module: str, name: str | None = None) -> str | None:
        """What is not there of `module` (or of `name` in it), None if all is there or it is nobody's business here."""
        top = module.partition(".")[0]
        if top not in self.modules or not self.modules[top].is_package:
            return None
        parts = module.split(".")
        for length in range(1, len(parts) + 1):
            dotted = ".".join(parts[:length])
            if dotted not in self.modules:
                parent = self.modules.get(".".join(parts[: length - 1]))
                return None if parent is None or parent.is_open else dotted
        found = self.modules[module]
        if name is None or name == "*" or found.is_open or f"{module}.{name}" in self.modules:
            return None
        return None if name in found.names.bound else f"{module}.{name}"


def packages_in(files: Iterable[Path], root: Path) -> Packages:
    """The packages among these Python files: a folder with `__init__.py` whose parent has none is the top of one.

    A file outside any package is a module of its own name.
    """
    paths = sorted(set(files))
    homes = {path.parent for path in paths if path.name == "__init__.py"}
    modules: dict[str, Module] = {}
    for path in paths:
        parts = [] if path.name == "__init__.py" else [path.stem]
        folder = path.parent
        while folder in homes:
            parts.insert(0, folder.name)
            folder = folder.parent
        name = ".".join(parts)
        shown = str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
        if name and (name not in modules or path.name == "__init__.py"):
            modules[name] = Module(name, path, shown, path.name == "__init__.py")
    return Packages(modules)
