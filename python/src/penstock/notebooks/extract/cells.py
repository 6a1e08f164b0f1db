"""A notebook's Python as one text, cell under cell, and the way back: from its lines to a cell's line and column.

Magics are blanked as everywhere (`plain_python`), so nothing of them can be rewritten; every change is a splice in the
cell's own text.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from penstock.notebooks.checks.subject import Subject
from penstock.notebooks.extract.code import Code, Span, read_code
from penstock.notebooks.extract.edits import Edit, Lines, Mismatch, spliced
from penstock.notebooks.python_cells import plain_python
from penstock.notebooks.refusing import refuse


@dataclass
class Cells:
    """The joined text with its code. `starts` has the first line of each cell; a cell that is no Python is blank."""

    subject: Subject
    code: Code
    starts: dict[int, int]
    blank: list[int] = field(default_factory=list[int])

    def place(self, line: int) -> tuple[int, int]:
        """The cell and the line in it."""
        number, start = max(((n, s) for n, s in self.starts.items() if s <= line), key=lambda one: one[1])
        return number, line - start + 1

    def where(self, line: int) -> str:
        """The place as a refusal tells it."""
        number, at = self.place(line)
        return f"{self.subject.shown}, cell {number}, line {at}"

    def source_lines(self, span: Span) -> list[str]:
        """The cell's own lines of a span, magics and all."""
        number, first = self.place(span.line)
        return self.subject.notebook.cells[number - 1].source.split("\n")[first - 1 : first + span.end - span.line]

    def has_magic(self, span: Span) -> bool:
        """Whether a line of the span is not plain Python."""
        return self.source_lines(span) != self.code.lines[span.line - 1 : span.end]

    def apply(self, edits: Iterable[Edit | Lines]) -> dict[int, str]:
        """The new sources of the cells that change. Raises `Refusal` where a magic stands in the way."""
        by_cell: dict[int, list[Edit | Lines]] = {}
        for edit in edits:
            line = edit.first if isinstance(edit, Lines) else edit.span.line
            number, _ = self.place(line)
            by_cell.setdefault(number, []).append(self._in_cell(edit, self.starts[number] - 1))
        sources: dict[int, str] = {}
        for number, own in by_cell.items():
            try:
                sources[number] = spliced(self._source(number), own)
            except Mismatch as error:
                raise refuse(
                    "magic-in-the-way",
                    f"{self.subject.shown}, cell {number}: '{error}' stands in a magic and cannot be changed there.",
                    "  Write that line in plain Python first.",
                ) from None
            _check_python(self.subject.shown, number, sources[number])
        return sources

    def _source(self, number: int) -> str:
        return self.subject.notebook.cells[number - 1].source

    def _in_cell(self, edit: Edit | Lines, above: int) -> Edit | Lines:
        if isinstance(edit, Lines):
            return Lines(edit.first - above, edit.last - above, edit.new)
        span = edit.span
        start, end = span.column + self._shift(span.line), span.end_column + self._shift(span.end)
        return Edit(Span(span.line - above, start, span.end - above, end), edit.old, edit.new)

    def _shift(self, line: int) -> int:
        """How many columns `%time` takes in front of what it measures."""
        number, at = self.place(line)
        own, plain = self._source(number).split("\n")[at - 1], self.code.lines[line - 1]
        timed = plain.strip() and own != plain and own.endswith(plain.lstrip())
        return len(own) - len(plain) if timed else 0

    @property
    def unread(self) -> set[str]:
        """The words of what cannot be followed: other languages, magics, cells that are no Python."""
        words: set[str] = set()
        for number, cell in self.subject.code:
            if number not in self.starts or number in self.blank:
                words |= set(re.findall(r"\w+", cell.text))
                continue
            plain = self.code.lines[self.starts[number] - 1 :]
            for own, line in zip(cell.source.split("\n"), plain, strict=False):
                words |= set(re.findall(r"\w+", own)) - set(re.findall(r"\w+", line)) if own != line else set()
        return words


def _check_python(shown: str, number: int, source: str) -> None:
    """A cell that was Python must still be; anything else would be a mistake of ours, and is not written."""
    try:
        ast.parse(plain_python(source))
    except SyntaxError as error:
        raise refuse(
            "cannot-edit",
            f"{shown}, cell {number}, line {error.lineno}: the changed line would be no Python: {error.text}.",
            "  Lay the line out in another way first; and please report it.",
        ) from None


def cells_of(subject: Subject) -> Cells:
    """The notebook's Python cells under one another."""
    starts: dict[int, int] = {}
    lines: list[str] = []
    blank: list[int] = []
    for cell in subject.python:
        starts[cell.number] = len(lines) + 1
        text = plain_python(cell.cell.source)
        if cell.tree is None:
            blank.append(cell.number)
            text = "\n" * text.count("\n")
        lines += text.split("\n")
    return Cells(subject, read_code("\n".join(lines) + "\n"), starts, blank)
