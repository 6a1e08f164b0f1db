"""Asking whether inputs still fail in the same way: many of them in one action, with settings cheap to plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from penstock.core.frames import query
from penstock.scenarios.suite.environment import AXES
from penstock.scenarios.suite.judge import judged

from .ddmin import Units, bisected, minimal

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from penstock.scenarios.suite.case import Case
    from penstock.scenarios.suite.execute import Executor
    from penstock.scenarios.suite.outcome import Finding

    from .literals import Literals

_PLANS = 48
"""How many plans one action takes; more make Spark's optimizer slower than another round would be."""
AT_ONCE = 4 * _PLANS
CHEAP = {**AXES["partitions"]["1"], **AXES["aqe"]["false"], **AXES["codegen"]["false"]}
"""For inputs of a few rows code is compiled for longer than it runs, and every exchange is a stage for nothing."""


@dataclass
class Trial:
    """One case being made small: what it must still find, and what was asked so far."""

    case: Case
    finding: Finding
    executor: Executor
    settings: Mapping[str, str] = field(default_factory=lambda: {})
    """Over those of the case: `CHEAP` or nothing."""
    more_actions: int = 0

    @property
    def single(self) -> bool:
        """Whether inputs are better asked one at a time: an error ends the whole action that it happens in."""
        return self.finding.oracle < 0 or self.case.subject.oracles[self.finding.oracle].eager

    @property
    def actions(self) -> int:
        """The Spark actions that it took."""
        return self.executor.actions + self.more_actions

    def fail(self, cases: Sequence[Case]) -> list[bool]:
        """Which cases fail in the same way; one action. Of `single` ones none is asked behind the first that fails."""
        if not self.single:
            return self._asked(cases)
        out: list[bool] = []
        for case in cases:
            out.append(not any(out) and self._asked([case])[0])
        return out

    def _asked(self, cases: Sequence[Case]) -> list[bool]:
        there = [replace(case, settings={**case.settings, **self.settings}) for case in cases]
        out: list[bool] = []
        for outcome in judged(there, self.executor, self.finding.oracle):
            same = [f for f in outcome.findings if (f.oracle, f.kind) == (self.finding.oracle, self.finding.kind)]
            if same:
                self.finding = same[0]
            out.append(bool(same))
        return out

    def given(self, frames: dict[str, DataFrame]) -> Case:
        """The case with other inputs."""
        return self.case.having(lambda _: frames)

    def written(self, literals: Mapping[str, Literals]) -> Case:
        """The case with inputs that are literals."""
        texts = {name: frame.sql() for name, frame in literals.items()}
        return self.case.having(lambda spark: {name: query(spark, text) for name, text in texts.items()})

    def minimal(self, units: Sequence[int], case: Callable[[Units], Case], enough: int = 1) -> Units:
        """A smallest set of units whose case fails, or one of at most `enough`; all of them together must fail."""
        if len(units) <= enough:
            return list(units)
        if self.single:
            return bisected(units, lambda some: self.fail([case(some)])[0])
        asks = 1 + len(self.case.subject.oracles[self.finding.oracle].runs(self.case))
        width = max(2, min(16, _PLANS // (2 * asks)))
        return minimal(units, lambda sets: self.fail([case(some) for some in sets]), width, enough)
