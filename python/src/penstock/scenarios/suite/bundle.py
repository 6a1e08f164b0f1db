"""Scenarios that share a run: where keys do not know each other, each scenario's rows get keys of their own.

`SplitUnion` says that a transform's keys do not know each other. Then the rows of a dozen scenarios, each with its
label written into the key, are one input, and labels in the output tell whose a row is: one plan instead of a dozen.

A scenario can only go along where what it means is in rows under keys as they were: not where it is about the keys
themselves, their number or their form, about how rows lie, or about the schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from penstock.scenarios.oracles.metamorphic import SplitUnion

from .case import Case
from .execute import Cells, Output

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from penstock.scenarios.shrink.literals import Literals

_TEXT, _NUMBER = re.compile(r"'[^'\\<>]*'"), re.compile(r"\d{1,6}L?")
_STEP = 1_000_000
"""A label is added to a number in millions."""


@dataclass(frozen=True)
class Label:
    """Where labels are written: a key column of the output, and its place in each input that has the key."""

    column: str
    places: Mapping[str, int]
    keys: frozenset[str]
    """The key's values without labels, as literals."""
    numbers: bool

    def written(self, cell: str, label: int) -> str:
        """A key's literal with a label in it."""
        if not self.numbers:
            return f"'<{label}>{cell[1:]}"
        return f"{int(cell.rstrip('L')) + (label + 1) * _STEP}{'L' if cell.endswith('L') else ''}"

    def read(self, cell: str) -> int | None:
        """The label in a key's value of the output."""
        if self.numbers:
            return int(cell) // _STEP - 1 if cell.isdigit() else None
        found = re.search(r"<(\d+)>", cell)
        return int(found[1]) if found else None


@dataclass(frozen=True)
class Bundle:
    """Cases of one subject in the same settings whose rows go through the transform together."""

    label: Label
    members: tuple[Case, ...]

    @property
    def case(self) -> Case:
        """All of them as one case."""
        rows = {name: self._rows(name) for name in self.members[0].rows or {}}
        return replace(self.members[0], scenarios=tuple(s for m in self.members for s in m.scenarios), rows=rows)

    def halves(self) -> list[Bundle]:
        """Two bundles with half of the members each."""
        middle = len(self.members) // 2
        return [Bundle(self.label, part) for part in (self.members[:middle], self.members[middle:])]

    def split(self, output: Output) -> list[Output] | None:
        """Each member's rows of an output; None where a row does not say whose it is."""
        if self.label.column not in output.columns:
            return None
        at = output.columns.index(self.label.column)
        rows = self._by_member(output.rows, at)
        broken = [self._by_member(each, at) for each in output.violations]
        if rows is None or any(each is None for each in broken):
            return None
        return [
            replace(output, rows=tuple(mine), violations=tuple(tuple(each[m]) for each in broken if each))
            for m, mine in enumerate(rows)
        ]

    def _by_member(self, rows: Sequence[Cells], at: int) -> list[list[Cells]] | None:
        out: list[list[Cells]] = [[] for _ in self.members]
        for row in rows:
            label = self.label.read(row[at])
            if label is None or not 0 <= label < len(out):
                return None
            out[label].append(row)
        return out

    def _rows(self, name: str) -> Literals:
        every = [(member.rows or {})[name] for member in self.members]
        place = self.label.places.get(name)
        if place is None:
            return every[0]
        rows = [
            (*row[:place], self.label.written(row[place], label), *row[place + 1 :])
            for label, frame in enumerate(every)
            for row in frame.rows
        ]
        return every[0].with_rows(rows)


def bundles(cases: Sequence[Case], spark: SparkSession) -> list[Bundle]:
    """The bundles that some of the cases make: those of the same settings, of which the same oracles are asked."""
    base = next((case for case in cases if not case.scenarios), None)
    label = _label(base, spark) if base else None
    if base is None or label is None:
        return []
    groups: dict[object, list[Case]] = {}
    for case in cases:
        if _goes_along(case, base, label):
            asked = tuple(oracle.applies(case) for oracle in case.subject.oracles)
            groups.setdefault((tuple(sorted(case.settings.items())), case.with_rules, asked), []).append(case)
    return [Bundle(label, tuple(group)) for group in groups.values() if len(group) > 1]


def _goes_along(case: Case, base: Case, label: Label) -> bool:
    if case.rows is None or not case.scenarios:
        return False
    for scenario in case.scenarios:
        entry, target = scenario.entry, scenario.target
        if entry.family == "A" or entry.settings or target.kind == "key" or label.column in target.columns:
            return False
    for name, frame in case.rows.items():
        place, as_it_is = label.places.get(name), (base.rows or {})[name]
        if not frame.rows or frame.schema.simpleString() != as_it_is.schema.simpleString():
            return False
        if frame.rows != as_it_is.rows if place is None else not {row[place] for row in frame.rows} <= label.keys:
            return False
    return True


def _label(base: Case, spark: SparkSession) -> Label | None:
    """Where labels go: into the first key column that can take them, of every input that is split by keys."""
    split = next((o for o in base.subject.oracles if isinstance(o, SplitUnion) and o.applies(base)), None)
    if split is None or base.rows is None:
        return None
    try:
        there = base.output(spark).columns
    except Exception:  # the base's own case tells it
        return None
    return next(_labels(base, base.rows, split, there), None)


def _labels(base: Case, rows: Mapping[str, Literals], split: SplitUnion, there: Sequence[str]) -> Iterator[Label]:
    inputs = tuple(split.inputs) or tuple(rows)
    for names in zip(*(split.keys_of(base, name) for name in inputs), strict=False):
        places = {each: rows[each].schema.names.index(name) for each, name in zip(inputs, names, strict=True)}
        keys = frozenset(row[place] for each, place in places.items() for row in rows[each].rows)
        shown = [name for name in names if name in there]
        for pattern in (_TEXT, _NUMBER):
            if shown and keys and all(pattern.fullmatch(key) for key in keys):
                yield Label(shown[0], places, keys, pattern is _NUMBER)
