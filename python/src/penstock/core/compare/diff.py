"""What differs, as numbers and as a message. Nothing here knows Spark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

_WIDEST = 60
"""Characters of a value that a message shows."""


@dataclass(frozen=True)
class Row:
    """A row that one side has more often: `-` is missing in actual, `+` is too much."""

    sign: str
    times: int
    values: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """A value that differs."""

    column: str
    actual: str
    expected: str


@dataclass(frozen=True)
class Pair:
    """A key with a problem: only_actual, only_expected, repeated or differing."""

    problem: str
    key: tuple[str, ...]
    actual_rows: int
    expected_rows: int
    cells: tuple[Cell, ...]
    rest: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Difference:
    """What differs between two frames; `str` gives the message. Rows and pairs are the first few, numbers are whole."""

    schema: tuple[str, ...] = ()
    actual_rows: int = 0
    expected_rows: int = 0
    only_actual: int = 0
    only_expected: int = 0
    repeated: int = 0
    differing: int = 0
    columns: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    by_place: bool = False
    cells: tuple[tuple[str, int], ...] = ()
    rows: tuple[Row, ...] = ()
    pairs: tuple[Pair, ...] = ()

    def __str__(self) -> str:
        if self.schema:
            return "\n".join(["The schemas differ; no row was compared.", *(f"  {said}" for said in self.schema)])
        lines = _keyed(self) if self.keys or self.by_place else _unkeyed(self)
        return "\n".join(line.rstrip() for line in lines)


def text_of(value: object) -> str:
    """A value as it was shown in Spark, on one line; bytes that are not UTF-8 stay visible."""
    if value is None:
        return "null"
    text = bytes(value).decode("utf-8", "backslashreplace") if isinstance(value, (bytes, bytearray)) else str(value)
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def cut(text: str) -> str:
    """A long value's beginning and end."""
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 21]} … {text[-18:]}"


def _unkeyed(found: Difference) -> Iterator[str]:
    yield (
        f"The frames differ: {_many(found.only_expected, 'row')} missing in actual (-), "
        f"{_many(found.only_actual, 'row')} too much (+)."
    )
    yield f"  actual has {_many(found.actual_rows, 'row')}, expected {_many(found.expected_rows, 'row')}."
    rows, changed = _near_ones_together(found.rows)
    if changed:
        yield f"  Rows that are nearly the same differ in: {', '.join(found.columns[i] for i in sorted(changed))}."
    repeated = any(row.times > 1 for row in rows)
    head = ["", *(["times"] if repeated else []), *found.columns]
    shown = [[row.sign, *([f"{row.times}x"] if repeated else []), *map(cut, row.values)] for row in rows]
    yield from (f"  {line}" for line in table([head, *shown]))
    hidden = found.only_actual + found.only_expected - sum(row.times for row in rows)
    if hidden:
        yield f"  … and {_many(hidden, 'row')} more (limit= shows more)."


def _near_ones_together(rows: Sequence[Row]) -> tuple[list[Row], set[int]]:
    """Each missing row followed by the unused one that shares most of its values, if that is at least half of them.

    Only among the few rows that are shown, and only for the reader's eye: it decides nothing.
    """
    unused = [row for row in rows if row.sign == "+"]
    out: list[Row] = []
    changed: set[int] = set()
    for row in (row for row in rows if row.sign == "-"):
        out.append(row)
        nearest = min(unused, key=partial(_distance, row), default=None)
        if nearest is not None and 2 * _distance(row, nearest) <= len(row.values):
            unused.remove(nearest)
            out.append(nearest)
            changed |= _changed(row, nearest)
    return out + unused, changed


def _distance(one: Row, other: Row) -> int:
    return len(_changed(one, other))


def _changed(one: Row, other: Row) -> set[int]:
    return {i for i, (a, b) in enumerate(zip(one.values, other.values, strict=True)) if a != b}


def _keyed(found: Difference) -> Iterator[str]:
    what = "place" if found.by_place else "key"
    bad = found.only_actual + found.only_expected + found.repeated + found.differing
    yield (
        f"The frames differ at {_many(bad, what)}: {found.differing} with other values, "
        f"{found.only_expected} only in expected, {found.only_actual} only in actual, {found.repeated} repeated."
    )
    yield f"  actual has {_many(found.actual_rows, 'row')}, expected {_many(found.expected_rows, 'row')}."
    if found.cells:
        yield "  Cells that differ: " + ", ".join(f"{name} {n}" for name, n in found.cells) + "."
    for pair in found.pairs:
        yield f"  {_key(found, pair)}: {_said(pair)}"
    totals = {"only_actual": found.only_actual, "only_expected": found.only_expected}
    totals |= {"repeated": found.repeated, "differing": found.differing}
    hidden = sum(max(0, n - sum(p.problem == name for p in found.pairs)) for name, n in totals.items())
    if hidden:
        yield f"  … and {hidden} more (limit= shows more)."


def _key(found: Difference, pair: Pair) -> str:
    if found.by_place:
        return f"row {pair.key[0]}"
    return ", ".join(f"{name}={cut(value)}" for name, value in zip(found.keys, pair.key, strict=True))


def _said(pair: Pair) -> str:
    if pair.problem == "repeated":
        return f"{pair.actual_rows}x in actual, {pair.expected_rows}x in expected; a key must name one row"
    if pair.problem == "differing":
        return "; ".join(f"{c.column} is {cut(c.actual)}, expected {cut(c.expected)}" for c in pair.cells)
    side = pair.problem.removeprefix("only_")
    rest = ", ".join(f"{name}={cut(value)}" for name, value in pair.rest)
    return f"only in {side}  ({rest})" if rest else f"only in {side}"


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows of texts, all of one length, as lines whose columns are aligned; the first row is the head."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))


def _many(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"
