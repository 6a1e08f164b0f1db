"""Changes to a text by place: part of a line replaced, or whole lines replaced or taken out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from penstock.notebooks.extract.code import Span


@dataclass(frozen=True)
class Edit:
    """Replace a span, which must read `old`, by `new`."""

    span: Span
    old: str
    new: str


@dataclass(frozen=True)
class Lines:
    """Replace the lines `first` to `last` by others; with none, one blank line too many goes as well."""

    first: int
    last: int
    new: tuple[str, ...] = ()


class Mismatch(ValueError):
    """The text at a place is not what the edit was made for."""


def spliced(text: str, edits: Iterable[Edit | Lines]) -> str:
    """The text with all edits made. They do not overlap, but for those inside lines that go, which are left out."""
    every = list(dict.fromkeys(edits))
    gone = [one for one in every if isinstance(one, Lines)]
    kept = [one for one in every if isinstance(one, Lines) or not any(_within(one, lines) for lines in gone)]
    lines = text.split("\n")
    for edit in sorted(kept, key=_start, reverse=True):
        if isinstance(edit, Lines):
            _replace(lines, edit)
        else:
            _splice(lines, edit)
    return "\n".join(lines)


def _start(edit: Edit | Lines) -> tuple[int, int]:
    return (edit.first, 0) if isinstance(edit, Lines) else (edit.span.line, edit.span.column)


def _within(edit: Edit, lines: Lines) -> bool:
    return lines.first <= edit.span.line and edit.span.end <= lines.last


def _splice(lines: list[str], edit: Edit) -> None:
    first, last = edit.span.line - 1, edit.span.end - 1
    before, after = lines[first][: edit.span.column], lines[last][edit.span.end_column :]
    whole = "\n".join(lines[first : last + 1])
    if whole[len(before) : len(whole) - len(after)] != edit.old:
        raise Mismatch(edit.old)
    lines[first : last + 1] = (before + edit.new + after).split("\n")


def _replace(lines: list[str], edit: Lines) -> None:
    lines[edit.first - 1 : edit.last] = edit.new
    at = edit.first - 1 + len(edit.new)
    below = 0
    while at + below < len(lines) and not lines[at + below].strip():
        below += 1
    if edit.new:
        surplus = below - 1 if below > 1 and at + below < len(lines) else 0  # a function had two lines below it
    else:
        at_edge = at == 0 or not lines[at - 1].strip()
        surplus = below if at_edge else 0
    del lines[at : at + surplus]
    while not edit.new and at >= len(lines) > 1 and not lines[-1].strip():
        lines.pop()
        at -= 1
