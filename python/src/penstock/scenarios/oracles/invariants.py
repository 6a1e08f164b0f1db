"""Oracles that know a property of every right answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from penstock.core.compare.diff import cut, table
from penstock.scenarios.suite.execute import Cells, Output, Raised, Result, Run

from .agreement import Agreement
from .oracle import Oracle

if TYPE_CHECKING:
    from penstock.scenarios.suite.case import Case

_SHOWN = 5


class Invariant(Oracle):
    """SQL predicates true of every row of the output. Null is not true: write `total IS NULL OR total >= 0`."""

    def __init__(self, *predicates: str) -> None:
        self.predicates = predicates

    def judge(self, case: Case, actual: Output, results: Sequence[Result], held: Sequence[int]) -> str | None:
        said = [
            f"{len(broken)} of {len(actual.rows)} rows are not `{predicate}`:\n{rows_text(actual.columns, broken)}"
            for predicate, at in zip(self.predicates, held, strict=True)
            if (broken := actual.violations[at])
        ]
        return "\n".join(said) or None


class NotNull(Invariant):
    """Columns of the output that are never null."""

    def __init__(self, *columns: str) -> None:
        super().__init__(*(f"`{column}` IS NOT NULL" for column in columns))


class Unique(Oracle):
    """Columns that name a row of the output: no two rows share their values. Nulls are equal here."""

    def __init__(self, *columns: str) -> None:
        self.columns = columns

    def judge(self, case: Case, actual: Output, results: Sequence[Result], held: Sequence[int]) -> str | None:
        at = [actual.columns.index(column) for column in self.columns]
        seen = Counter(tuple(row[i] for i in at) for row in actual.rows)
        twice = tuple(row for row in actual.rows if seen[tuple(row[i] for i in at)] > 1)
        what = ", ".join(self.columns)
        return f"({what}) does not name one row:\n{rows_text(actual.columns, twice)}" if twice else None


@dataclass(frozen=True)
class Conserves(Agreement, Oracle):
    """An aggregate of an input equals one of the output: nothing is lost on the way, and nothing counted twice.

    >>> Conserves("sum(amount)", "sum(total)")  # doctest: +SKIP
    """

    before: str
    after: str | None = None
    input: str | None = None
    """Which input; None: the first."""

    def runs(self, case: Case) -> list[Run]:
        before, after = (f"{text} AS value" for text in (self.before, self.after or self.before))
        name = self.input or next(iter(case.subject.makers))
        return [
            Run(lambda spark: case.inputs(spark)[name].selectExpr(before), case.settings),
            Run(lambda spark: case.output(spark).selectExpr(after), case.settings),
        ]

    def judge(self, case: Case, actual: Output, results: Sequence[Result], held: Sequence[int]) -> str | None:
        for told, text in zip(results, (self.before, self.after or self.before), strict=True):
            if isinstance(told, Raised):
                return f"`{text}` raises {told.kind}.\n{told.text}"
        before, after = results
        assert isinstance(before, Output)
        assert isinstance(after, Output)
        one, other = before.rows[0][0], after.rows[0][0]
        if one == other or self._near(before.types[0], other, one):
            return None
        name = self.input or next(iter(case.subject.makers))
        return f"`{self.before}` of {name} is {one}, `{self.after or self.before}` of the output {other}."


class RowCount(Oracle):
    """As many rows come out as are in an input; the first one where none is named."""

    def __init__(self, input: str | None = None) -> None:
        self.input = input

    def runs(self, case: Case) -> list[Run]:
        if case.rows is not None:  # their number is known
            return []
        return [Run(lambda spark: case.inputs(spark)[self._name(case)].selectExpr("count(*) AS n"), case.settings)]

    def judge(self, case: Case, actual: Output, results: Sequence[Result], held: Sequence[int]) -> str | None:
        if results and isinstance(results[0], Raised):
            return f"{self._name(case)} cannot be counted: {results[0].kind}.\n{results[0].text}"
        told = [int(result.rows[0][0]) for result in results if isinstance(result, Output)]
        there = told[0] if told else len((case.rows or {})[self._name(case)].rows)
        return (
            None
            if there == len(actual.rows)
            else f"{self._name(case)} has {there} rows, the output {len(actual.rows)}."
        )

    def _name(self, case: Case) -> str:
        return self.input or next(iter(case.subject.makers))


class Schema(Oracle):
    """The output has exactly these columns and types, in this order: `Schema("customer string, total double")`."""

    def __init__(self, columns: str) -> None:
        self.columns = columns

    def judge(self, case: Case, actual: Output, results: Sequence[Result], held: Sequence[int]) -> str | None:
        there = ", ".join(f"{n} {t}" for n, t in zip(actual.columns, actual.types, strict=True))
        wanted = ", ".join(" ".join(part.split()) for part in self.columns.split(", "))
        return None if there == wanted else f"The output's columns are {there}; they should be {wanted}."


def rows_text(columns: Sequence[str], rows: Sequence[Cells]) -> str:
    """The first rows in the order of their values, as a small table under the columns' names."""
    lines = list(table([tuple(columns), *(tuple(map(cut, row)) for row in sorted(rows)[:_SHOWN])]))
    if len(rows) > _SHOWN:
        lines.append(f"… and {len(rows) - _SHOWN} more")
    return "\n".join(f"  {line.rstrip()}" for line in lines)
