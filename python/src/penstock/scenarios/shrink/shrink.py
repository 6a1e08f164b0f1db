"""`shrink`: from a failing case to the smallest input that fails in the same way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from penstock.core.errors import Refusal
from penstock.core.frames import query
from penstock.scenarios.suite.environment import set_on
from penstock.scenarios.suite.execute import Executor
from penstock.scenarios.suite.judge import judged

from .ddmin import Units, bisected, minimal
from .literals import Literals, simple
from .rows import Numbered
from .small import Small

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from penstock.scenarios.suite.case import Case
    from penstock.scenarios.suite.outcome import Finding, Outcome

    Frames = dict[str, DataFrame]

_PLANS = 48
"""How many plans one action takes; more make Spark's optimizer slower than another round would be."""
_FEW = 40
"""Rows that are better held as literals than in Spark's cache."""


def shrink(outcome: Outcome, spark: SparkSession) -> Small:
    """The smallest input that fails as an outcome does: scenario, keys, rows, cells; one Spark action a round.

    "As it does" means: the same oracle objects, or the same error is raised.

    Raises:
        Refusal: nothing failed.
    """
    if not outcome.findings:
        raise Refusal(
            "scenarios.shrink: this outcome has no failure.\n  Give one whose status is fail.  [penstock.wrong-value]",
            ("wrong-value",),
        )
    work = _Work(outcome.case, outcome.findings[0], Executor(spark, at_once=4 * _PLANS))
    return work.run(spark)


@dataclass
class _Work:
    """One shrinking, with what it has found so far."""

    case: Case
    finding: Finding
    executor: Executor
    more_actions: int = 0

    def run(self, spark: SparkSession) -> Small:
        self._scenarios()
        with set_on(spark, self.case.settings):
            numbered = Numbered(self.case, spark)
            try:
                total, buckets = numbered.count()
                self.more_actions += 1
                frames = self._rows(numbered, self._keys(numbered, buckets))
                literals = numbered.literals(frames)
                self.more_actions += 1
            finally:
                numbered.release()
        literals = self._cells(self._literal_rows(literals))
        self._fail([self._literal_case(literals)])  # so that the message is about these rows
        return Small(self.case, literals, self.finding, self.executor.actions + self.more_actions, total)

    def _scenarios(self) -> None:
        """Fewer scenarios, where several were planted together."""
        whole = self.case.scenarios
        if len(whole) > 1:
            kept = self._minimal(
                range(len(whole)), lambda units: replace(self.case, scenarios=tuple(whole[u] for u in units))
            )
            self.case = replace(self.case, scenarios=tuple(whole[u] for u in kept))

    def _keys(self, numbered: Numbered, buckets: Sequence[int]) -> Frames:
        if not buckets:
            return dict(numbered.frames)
        kept = self._minimal(buckets, lambda units: self._given(numbered.plain(numbered.of_buckets(units))))
        return numbered.of_buckets(kept)

    def _rows(self, numbered: Numbered, frames: Frames) -> Frames:
        numbers = numbered.numbers(frames)
        self.more_actions += 1
        if len(numbers) <= _FEW:
            return frames
        kept = self._minimal(numbers, lambda units: self._given(numbered.plain(numbered.of_rows(units))))
        return numbered.of_rows(kept)

    def _literal_rows(self, literals: dict[str, Literals]) -> dict[str, Literals]:
        at = [(name, i) for name, frame in literals.items() for i in range(len(frame.rows))]

        def only(units: Sequence[int]) -> dict[str, Literals]:
            kept = {at[u] for u in units}
            return {
                name: frame.with_rows([row for i, row in enumerate(frame.rows) if (name, i) in kept])
                for name, frame in literals.items()
            }

        return only(self._minimal(range(len(at)), lambda units: self._literal_case(only(units))))

    def _cells(self, literals: dict[str, Literals]) -> dict[str, Literals]:
        """Plain values instead of those that do not matter: whole columns first, then single cells."""
        columns = [(name, i, None) for name, frame in literals.items() for i in range(len(frame.schema.fields))]
        literals = self._plainer(literals, columns)
        cells = [
            (name, i, r)
            for name, frame in literals.items()
            for i in range(len(frame.schema.fields))
            for r in range(len(frame.rows))
        ]
        return self._plainer(literals, cells)

    def _plainer(
        self, literals: dict[str, Literals], places: Sequence[tuple[str, int, int | None]]
    ) -> dict[str, Literals]:
        """Units are the places that keep their value; the others get a plain one."""
        able = [place for place in places if _with_plain(literals, [place]) != literals]

        def only(units: Sequence[int]) -> dict[str, Literals]:
            return _with_plain(literals, [place for u, place in enumerate(able) if u not in set(units)])

        if not able:
            return literals
        if self._fail([self._literal_case(only([]))])[0]:
            return only([])
        return only(self._minimal(range(len(able)), lambda units: self._literal_case(only(units))))

    def _minimal(self, units: Sequence[int], case: Callable[[Units], Case]) -> Units:
        if len(units) <= 1:
            return list(units)
        if self.finding.oracle < 0:
            return bisected(units, lambda some: self._fail([case(some)])[0])
        asks = 1 + len(self.case.subject.oracles[self.finding.oracle].runs(self.case))
        width = max(2, min(16, _PLANS // (2 * asks)))
        return minimal(units, lambda sets: self._fail([case(some) for some in sets]), width)

    def _fail(self, cases: Sequence[Case]) -> list[bool]:
        out: list[bool] = []
        for outcome in judged(cases, self.executor, self.finding.oracle):
            same = [f for f in outcome.findings if (f.oracle, f.kind) == (self.finding.oracle, self.finding.kind)]
            if same:
                self.finding = same[0]
            out.append(bool(same))
        return out

    def _given(self, frames: Frames) -> Case:
        return self.case.having(lambda _: frames)

    def _literal_case(self, literals: Mapping[str, Literals]) -> Case:
        texts = {name: frame.sql() for name, frame in literals.items()}
        return self.case.having(lambda spark: {name: query(spark, text) for name, text in texts.items()})


def _with_plain(literals: Mapping[str, Literals], places: Sequence[tuple[str, int, int | None]]) -> dict[str, Literals]:
    out: dict[str, Literals] = {}
    for name, frame in literals.items():
        rows = [list(row) for row in frame.rows]
        for at, i, only in places:
            plain = simple(frame.schema.fields[i].dataType) if at == name else None
            for r in range(len(rows)) if plain and only is None else [only] if plain and only is not None else []:
                rows[r][i] = plain or rows[r][i]
        out[name] = frame.with_rows([tuple(row) for row in rows])
    return out
