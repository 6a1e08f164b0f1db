"""A notebook's import statements while names are added to them and taken out of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import libcst as cst

from penstock.notebooks.extract.cells import Cells
from penstock.notebooks.extract.code import Span
from penstock.notebooks.extract.edits import Edit, Lines
from penstock.notebooks.extract.imports import Imported, from_line


@dataclass
class _Statement:
    """One import statement at the top. `alone`: nothing else is on its lines."""

    span: Span
    before: list[Imported]
    alone: bool
    after: list[Imported] = field(default_factory=list[Imported])
    below: list[Imported] = field(default_factory=list[Imported])


class NotebookImports:
    """Says the edits that bring a notebook's imports to where they should be."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._statements = [one for node in cells.code.module.body for one in self._read(node)]
        self._new: dict[int, list[Imported]] = {}

    def drop(self, one: Imported) -> None:
        """Take the import out, wherever it stands at the top."""
        for statement in self._statements:
            statement.after = [kept for kept in statement.after if kept != one]

    def bring(self, one: Imported, line: int) -> None:
        """Import a name, from this line on at the latest.

        Beside what comes from the same module, else below the last import above, else on the line itself.
        """
        above = [statement for statement in self._statements if statement.span.line <= line]
        for statement in above:
            if one.name and any(kept.module == one.module and kept.name for kept in statement.after):
                statement.after += [] if one in statement.after else [one]
                return
        last = next((one for one in reversed(above) if one.alone and self._may_grow(one)), None)
        names = last.below if last else self._new.setdefault(line, [])
        names += [] if one in names else [one]
        for statement in self._statements if one.name else ():
            later = [kept for kept in statement.after if kept.module == one.module and kept.name]
            if later and later == statement.after and statement.alone:
                names += [kept for kept in later if kept not in names]
                statement.after = []

    def _may_grow(self, statement: _Statement) -> bool:
        cell = self._cells.subject.parameters_cell
        return cell is None or self._cells.place(statement.span.line)[0] != cell.number

    def lines_at(self, line: int) -> tuple[str, ...]:
        """The statements that are new on a line."""
        return _statements(self._new.get(line, []))

    def edits(self) -> Iterator[Edit | Lines]:
        """The changes to statements that were there."""
        for one in self._statements:
            if one.alone and (one.below or not one.after):
                kept = (self._text(one.span),) if one.after == one.before else tuple(self._rendered(one.after))
                yield Lines(one.span.line, one.span.end, tuple(_split(kept)) + _statements(one.below))
            elif one.after and one.after != one.before:
                yield Edit(one.span, self._text(one.span), "\n".join(self._rendered(one.after)))

    @staticmethod
    def _rendered(imports: list[Imported]) -> list[str]:
        if not imports:
            return []
        if imports[0].name:
            return [from_line(imports[0].module, imports)]
        return ["import " + ", ".join(one.part for one in imports)]

    def _read(self, node: cst.CSTNode) -> Iterator[_Statement]:
        if not isinstance(node, cst.SimpleStatementLine):
            return
        for part in node.body:
            if not isinstance(part, (cst.Import, cst.ImportFrom)):
                continue
            found = list(_imported(part))
            span = self._cells.code.span(part)
            if found and "#" not in self._text(span):  # a comment inside would be lost
                whole = len(node.body) == 1 and not self._cells.code.lines[span.end - 1][span.end_column :].strip()
                yield _Statement(span, found, whole, list(found))

    def _text(self, span: Span) -> str:
        lines = self._cells.code.lines[span.line - 1 : span.end]
        lines[-1] = lines[-1][: span.end_column]
        lines[0] = lines[0][span.column :]
        return "\n".join(lines)


def _statements(names: list[Imported]) -> tuple[str, ...]:
    plain = [one.text for one in names if not one.name]
    modules = dict.fromkeys(one.module for one in names if one.name)
    texts = [from_line(module, [one for one in names if one.module == module and one.name]) for module in modules]
    return tuple(_split([*plain, *texts]))


def _split(texts: Iterable[str]) -> Iterator[str]:
    return (line for text in texts for line in text.split("\n"))


def _imported(node: cst.Import | cst.ImportFrom) -> Iterator[Imported]:
    if isinstance(node.names, cst.ImportStar) or (isinstance(node, cst.ImportFrom) and node.relative):
        return
    module = dotted(node.module) if isinstance(node, cst.ImportFrom) and node.module else ""
    for alias in node.names:
        name = alias.asname.name if alias.asname else None
        given = name.value if isinstance(name, cst.Name) else ""
        what = dotted(alias.name)
        yield Imported(module, what, given) if isinstance(node, cst.ImportFrom) else Imported(what, "", given)


def dotted(node: cst.BaseExpression) -> str:
    """`a.b.c` of a chain of names."""
    if isinstance(node, cst.Attribute):
        return f"{dotted(node.value)}.{node.attr.value}"
    return node.value if isinstance(node, cst.Name) else ""
