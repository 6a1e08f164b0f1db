"""What a file means by a name, through its imports: where a renamed thing is imported, passed on, or behind a dot."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import libcst as cst

from penstock.notebooks.extract.cells import Cells
from penstock.notebooks.extract.code import Code, Span, read_code
from penstock.notebooks.extract.edits import Edit
from penstock.notebooks.extract.notebook_imports import dotted
from penstock.notebooks.extract.tree import Tree


class Meanings:
    """Follows `name` of some modules through a tree: `targets` are the dotted names under which it can be had."""

    def __init__(self, tree: Tree, homes: frozenset[str], name: str) -> None:
        self._tree = tree
        self._homes = homes
        self.name = name
        self._names = {module.path.resolve(): dotted for dotted, module in tree.packages.modules.items()}

    @cached_property
    def targets(self) -> frozenset[str]:
        """The definition itself, and the modules that import it and so pass it on under the same name."""
        found = {f"{home}.{self.name}" for home in self._homes}
        while True:
            more = found | {
                f"{module}.{self.name}" for path, module in self._names.items() if self._passes(path, found)
            }
            if more == found:
                return frozenset(found)
            found = more

    def _passes(self, path: Path, found: set[str]) -> bool:
        """Whether a module imports one of these under its own name."""
        code = self.code(path) if self.name in self._tree.files[path].text else None
        imported = self.imported(code, path) if code else ()
        return any(target in found and alias.asname is None for alias, target in imported)

    def code(self, path: Path) -> Code | None:
        """A module's code; None where it is no Python."""
        try:
            return read_code(self._tree.files[path].text)
        except cst.ParserSyntaxError:
            return None

    def imported(self, code: Code, path: Path) -> Iterator[tuple[cst.ImportAlias, str]]:
        """Each `from m import name` with what the name stands for."""
        for node in code.imports():
            if isinstance(node, cst.ImportFrom) and not isinstance(node.names, cst.ImportStar):
                home = self._home(node, path)
                yield from ((alias, f"{home}.{dotted(alias.name)}") for alias in node.names)

    def aliases(self, code: Code, path: Path) -> dict[str, str]:
        """What each imported name stands for, for chains with dots."""
        found: dict[str, str] = {}
        for node in code.imports():
            if isinstance(node, cst.Import):
                for alias in node.names:
                    name = dotted(alias.name)
                    given = alias.evaluated_alias
                    found[given or name.partition(".")[0]] = name if given else name.partition(".")[0]
        for alias, target in self.imported(code, path):
            found[alias.evaluated_alias or dotted(alias.name)] = target
        return found

    def imports_line(self, path: Path, name: str, cells: Cells | None) -> int:
        """The line of an import that binds a name; 0 where there is none."""
        code = cells.code if cells else self.code(path)
        for node in code.imports() if code else ():
            for alias in () if isinstance(node.names, cst.ImportStar) else node.names:
                if (alias.evaluated_alias or dotted(alias.name).partition(".")[0]) == name and code:
                    return code.span(node).line
        return 0

    def is_module(self, path: Path) -> bool:
        """Whether the file is one of the packages' modules."""
        return path in self._names

    def _home(self, node: cst.ImportFrom, path: Path) -> str:
        module = dotted(node.module) if node.module else ""
        if not node.relative:
            return module
        own = self._names.get(path, "")
        package = own if path.name == "__init__.py" else own.rpartition(".")[0]
        parts = package.split(".")
        around = parts[: len(parts) - len(node.relative) + 1]
        return ".".join([*around, *([module] if module else [])])


def edits_in(code: Code, meanings: Meanings, path: Path, new: str, *, is_home: bool) -> Iterator[Edit]:
    """The edits in one file. `is_home`: it defines the name, or shares the names of a notebook that does."""
    name = meanings.name
    bare = is_home
    for alias, target in meanings.imported(code, path):
        if target in meanings.targets:
            part = alias.name
            yield Edit(_last(code, part), name, new)
            bare |= alias.asname is None
    if bare:
        yield from (Edit(spot.span, name, new) for spot in code.outer(name))
        yield from _listed(code, name, new)
    known = meanings.aliases(code, path)
    for node in code.attributes(name):
        chain = dotted(node)
        head, _, rest = chain.partition(".")
        if chain and head in known and f"{known[head]}.{rest}" in meanings.targets:
            yield Edit(code.span(node.attr), name, new)


def _last(code: Code, node: cst.BaseExpression) -> Span:
    return code.span(node.attr if isinstance(node, cst.Attribute) else node)


def _listed(code: Code, name: str, new: str) -> Iterator[Edit]:
    """The name in `__all__`."""
    for node in code.module.body:
        part = node.body[0] if isinstance(node, cst.SimpleStatementLine) else None
        if not isinstance(part, cst.Assign) or not isinstance(part.value, (cst.List, cst.Tuple)):
            continue
        target = part.targets[0].target
        for element in part.value.elements if isinstance(target, cst.Name) and target.value == "__all__" else ():
            text = element.value
            if isinstance(text, cst.SimpleString) and text.evaluated_value == name:
                yield Edit(code.span(text), text.value, text.value.replace(name, new))
