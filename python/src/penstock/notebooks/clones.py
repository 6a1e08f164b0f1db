"""Finds the same code in several notebooks, also where its variables have other names.

Each statement gets a form in which names are numbered by their first appearance; attributes, keywords and constants
stay. Rows of statements with equal forms are candidates, and are clones if one renaming of names fits the whole row.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

ROW = 3
"""How many statements a row has at least, if it is not one long statement."""


@dataclass(frozen=True)
class Statement:
    """A statement at the top of a cell: where, how many lines of code, its form, and its names in order."""

    cell: int
    line: int
    lines: int
    form: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Clone:
    """Statements `here` … `here + length` of one notebook are those of another, which comes earlier in the list."""

    notebook: int
    here: int
    other: int
    there: int
    length: int
    lines: int
    renamed: bool


def statement(node: ast.stmt, cell: int, lines: int) -> Statement:
    """The statement in the form that clones share."""
    parts, names = form([node])
    return Statement(cell, node.lineno, lines, hash(parts), names)


def form(nodes: Sequence[ast.AST]) -> tuple[tuple[object, ...], tuple[str, ...]]:
    """What clones share, for a whole row, and the row's names in the order of their numbers."""
    numbers: dict[str, int] = {}
    parts: list[object] = []
    for node in nodes:
        _form(node, numbers, parts)
    return tuple(parts), tuple(numbers)


def clones(notebooks: Sequence[Sequence[Statement]], least: int) -> Iterator[Clone]:
    """Clones of at least so many lines, each as long as it goes; the first of several equal places is no clone."""
    rows: dict[tuple[int, ...], list[tuple[int, int]]] = defaultdict(list)
    for number, statements in enumerate(notebooks):
        at = 0
        while at < len(statements):
            found = _longest(notebooks, rows, number, at, least)
            yield from [found] if found else []
            following = at + (found.length if found else 1)
            for index, key in ((i, key) for i in range(at, following) for key in _keys(statements, i, least)):
                rows[key].append((number, index))
            at = following


def _keys(statements: Sequence[Statement], at: int, least: int) -> Iterator[tuple[int, ...]]:
    if statements[at].lines >= least:
        yield (statements[at].form,)
    if at + ROW <= len(statements):
        yield tuple(one.form for one in statements[at : at + ROW])


def _longest(
    notebooks: Sequence[Sequence[Statement]],
    rows: dict[tuple[int, ...], list[tuple[int, int]]],
    number: int,
    at: int,
    least: int,
) -> Clone | None:
    best: Clone | None = None
    places = {place for key in _keys(notebooks[number], at, least) for place in rows.get(key, ())[:20]}
    for other, there in sorted(places):
        if other != number:
            length, renamed = _same(notebooks[number], at, notebooks[other], there)
            lines = sum(one.lines for one in notebooks[number][at : at + length])
            if lines >= least and (best is None or length > best.length):
                best = Clone(number, at, other, there, length, lines, renamed)
    return best


def _same(one: Sequence[Statement], at: int, other: Sequence[Statement], there: int) -> tuple[int, bool]:
    """How many statements go together under one renaming, and whether it renames anything."""
    forth: dict[str, str] = {}
    back: dict[str, str] = {}
    length = 0
    for left, right in zip(one[at:], other[there:], strict=False):
        pairs = list(zip(left.names, right.names, strict=False))
        fits = left.form == right.form and len(left.names) == len(right.names)
        if not fits or any(forth.get(a, b) != b or back.get(b, a) != a for a, b in pairs):
            break
        forth.update(pairs)
        back.update((b, a) for a, b in pairs)
        length += 1
    return length, any(a != b for a, b in forth.items())


def _form(node: ast.AST, numbers: dict[str, int], parts: list[object]) -> None:
    parts.append(type(node))
    if isinstance(node, ast.Constant):
        parts.append((type(node.value), node.value))
        return
    if isinstance(node, ast.Name):  # with attributes, most of all nodes: they get a short way
        parts.append(numbers.setdefault(node.id, len(numbers)))
        return
    if isinstance(node, ast.Attribute):
        parts.append(node.attr)
        _form(node.value, numbers, parts)
        return
    for field in node._fields:
        if field == "type_params":  # is there from Python 3.12 on, and a form is the same in all
            continue
        value: Any = getattr(node, field)
        items: list[Any] = value if isinstance(value, list) else [value]  # pyright: ignore[reportUnknownVariableType]
        parts.append(len(items))
        for item in items:
            if isinstance(item, ast.AST):
                _form(item, numbers, parts)
            else:
                parts.append(numbers.setdefault(item, len(numbers)) if _is_name(node, field) and item else item)


def _is_name(node: ast.AST, field: str) -> bool:
    """Whether the text is a name that could as well be another: of a variable, an argument, a function defined here."""
    if isinstance(node, ast.arg):
        return field == "arg"
    return field == "name" and isinstance(
        node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.ExceptHandler)
    )
