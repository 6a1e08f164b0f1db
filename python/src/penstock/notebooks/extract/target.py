"""The module that code goes to: where it lies, what is in it already, and its text with more in it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from penstock.notebooks.clones import form
from penstock.notebooks.extract.imports import Imported, block, imported_by
from penstock.notebooks.extract.tree import Tree
from penstock.notebooks.names import names_of
from penstock.notebooks.refusing import refuse

_DOCSTRING = '"""What notebooks share."""\n'


@dataclass(frozen=True)
class Target:
    """A module, there or not yet: its dotted name and its file."""

    module: str
    path: Path

    def text(self, tree: Tree) -> str:
        """What it holds now."""
        file = tree.files.get(self.path)
        return file.text if file else ""

    def has(self, tree: Tree, text: str, name: str) -> bool:
        """Whether the same definition is there. Raises `Refusal` where the name is there and is something else."""
        new = ast.parse(text).body[0]
        present = ast.parse(self.text(tree))
        if name not in names_of(present).bound:
            return False
        same = [node for node in present.body if getattr(node, "name", "") == name and form([node]) == form([new])]
        if not same:
            raise refuse(
                "extract-clash",
                f"{self.module} has a {name} already, and it is another one.",
                "  Choose another module, or another name: --name.",
            )
        return True

    def with_code(self, tree: Tree, text: str, imports: Iterable[Imported]) -> Tree:
        """The tree with the code at the module's end, and its imports at the top."""
        for path in self._packages(tree):
            tree = tree.with_text(path, "")
        old = self.text(tree) or _DOCSTRING
        new = _with_imports(old, [one for one in imports if self._is_new(tree, old, one)], self.module)
        new = new.rstrip("\n") + "\n\n\n" + text.strip("\n") + "\n" if text.strip() else new
        return tree.with_text(self.path, new)

    def _packages(self, tree: Tree) -> Iterator[Path]:
        """The `__init__.py` files that are missing above it."""
        folder = self.path.parent
        for _ in self.module.split(".")[1:]:
            if folder / "__init__.py" not in tree.files:
                yield folder / "__init__.py"
            folder = folder.parent

    def _is_new(self, tree: Tree, text: str, one: Imported) -> bool:
        present = ast.parse(text)
        if one.module == self.module and one.name == one.binds:
            return False
        for node in present.body:
            if isinstance(node, (ast.Import, ast.ImportFrom)) and one in imported_by(node):
                return False
        bound_names = names_of(present).bound
        if one.binds in bound_names and (one.name or one.alias or not _imports_top(present, one.binds)):
            raise refuse(
                "extract-clash",
                f"{self.module} has a {one.binds} already, and the code means by it {one.target}.",
                "  Choose another module.",
            )
        if _reaches(tree, one, self.module):
            raise refuse(
                "extract-circle",
                f"{self.module} would import {one.module}, which imports {self.module}.",
                f"  Choose another module, or {one.module} itself.",
            )
        return True


def target_of(tree: Tree, module: str, source_root: Path | None = None) -> Target:
    """The module of this dotted name. A new package goes into `src/` where there is one, else beside it.

    Raises `Refusal` for a name that cannot be a module's.
    """
    parts = module.split(".")
    if len(parts) < 2 or not all(part.isidentifier() for part in parts):
        raise refuse("extract-to", f"--to {module}: give a package and a module in it: --to package.module.")
    known = tree.packages.modules
    if module in known:
        return Target(module, known[module].path)
    top = known.get(parts[0])
    if top is not None and not top.is_package:
        raise refuse("extract-to", f"--to {module}: {top.shown} is a module and no package.")
    src = tree.root / "src"
    home = top.path.parent.parent if top else source_root or (src if src.is_dir() or _in(tree, src) else tree.root)
    return Target(module, home.joinpath(*parts).with_suffix(".py"))


def _in(tree: Tree, folder: Path) -> bool:
    return any(path.is_relative_to(folder) for path in tree.files)


def _imports_top(tree: ast.Module, name: str) -> bool:
    """Whether the module has the package `name` by another `import name.…`."""
    nodes = (node for node in tree.body if isinstance(node, ast.Import))
    return any(one.binds == name and not one.alias for node in nodes for one in imported_by(node))


def _reaches(tree: Tree, one: Imported, module: str) -> bool:
    """Whether importing this would come back to the module."""
    waiting, seen = [one.module, one.target], set[str]()
    while waiting:
        name = waiting.pop()
        if name == module:
            return True
        file = tree.files.get(tree.packages.modules[name].path) if name in tree.packages.modules else None
        if file is None or name in seen:
            continue
        seen.add(name)
        nodes = [node for node in ast.walk(ast.parse(file.text)) if isinstance(node, (ast.Import, ast.ImportFrom))]
        waiting += [found for node in nodes for each in imported_by(node) for found in (each.module, each.target)]
    return False


def _with_imports(text: str, new: list[Imported], module: str) -> str:
    if not new:
        return text
    body = ast.parse(text).body
    after = 1 if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant) else 0
    there: list[ast.Import | ast.ImportFrom] = []
    for node in body[after:]:
        if not isinstance(node, (ast.Import, ast.ImportFrom)):
            break
        there.append(node)
    lines = text.rstrip("\n").split("\n") if text.strip() else []
    own = module.partition(".")[0]
    if there:
        first, last = there[0].lineno - 1, there[-1].end_lineno or there[-1].lineno
        old = [one for node in there for one in imported_by(node)]
        plain = sum(len(node.names) for node in there) == len(old) and "#" not in "".join(lines[first:last])
        added = block([*old, *new], own) if plain else "\n".join([*lines[first:last], block(new, own)])
        return "\n".join([*lines[:first], added, *lines[last:]]) + "\n"
    head = (body[0].end_lineno or 1) if after else 0
    rest = lines[head:]
    gap = [""] if rest and rest[0].strip() else []
    return "\n".join([*lines[:head], *([""] if head else []), block(new, own), *gap, *rest]) + "\n"
