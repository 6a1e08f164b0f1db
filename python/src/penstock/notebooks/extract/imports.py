"""Imports as values: what a statement brings, which text brings it again, and a block of them in order."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_STANDARD = sys.stdlib_module_names


@dataclass(frozen=True, order=True)
class Imported:
    """One import: `import module as alias`, or `from module import name as alias`."""

    module: str
    name: str = ""
    alias: str = ""

    @property
    def binds(self) -> str:
        """The name that it binds."""
        return self.alias or self.name or self.module.partition(".")[0]

    @property
    def target(self) -> str:
        """What the bound name stands for."""
        if self.name:
            return f"{self.module}.{self.name}"
        return self.module if self.alias else self.binds

    @property
    def part(self) -> str:
        """`name as alias`, the part of it that follows `import`."""
        what = self.name or self.module
        return f"{what} as {self.alias}" if self.alias and self.alias != what else what

    @property
    def text(self) -> str:
        """The statement."""
        return f"from {self.module} import {self.part}" if self.name else f"import {self.part}"


def imported_by(node: ast.Import | ast.ImportFrom) -> Iterator[Imported]:
    """What a statement brings; a relative or star import is nobody's to repeat elsewhere and gives nothing."""
    for alias in node.names:
        if isinstance(node, ast.Import):
            yield Imported(alias.name, "", alias.asname or "")
        elif node.module and not node.level and alias.name != "*":
            yield Imported(node.module, alias.name, alias.asname or "")


def block(imports: Iterable[Imported], own: str = "") -> str:
    """The statements in the usual order: standard library, others, the package `own`; `import` before `from`."""
    groups: dict[int, list[Imported]] = {}
    for one in set(imports):
        groups.setdefault(_group(one, own), []).append(one)
    return "\n\n".join("\n".join(_lines(groups[key])) for key in sorted(groups))


def _lines(group: list[Imported]) -> Iterator[str]:
    yield from sorted({one.text for one in group if not one.name})
    for module in sorted({one.module for one in group if one.name}):
        yield from_line(module, [one for one in group if one.module == module and one.name])


def from_line(module: str, imports: Iterable[Imported]) -> str:
    """One `from` statement for several names; in parentheses where a line does not hold it."""
    parts = sorted({one.part for one in imports}, key=lambda part: (part.lower(), part))
    line = f"from {module} import {', '.join(parts)}"
    return line if len(line) <= 120 else f"from {module} import (\n" + "".join(f"    {one},\n" for one in parts) + ")"


def _group(one: Imported, own: str) -> int:
    top = one.module.partition(".")[0]
    if top == "__future__":
        return 0
    return 1 if top in _STANDARD else 3 if top == own else 2
