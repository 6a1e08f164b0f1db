"""`shrink`: from a failing case to the smallest input that fails in the same way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from penstock.core.errors import Refusal
from penstock.scenarios.suite.environment import set_on
from penstock.scenarios.suite.execute import Executor

from . import near
from .held import Held
from .least import Inputs, Least
from .small import Small
from .trial import AT_ONCE, CHEAP, Trial

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from penstock.scenarios.suite.case import Case
    from penstock.scenarios.suite.outcome import Outcome

_FEW = 40
"""Rows that are better held as literals than in Spark's cache."""


def shrink(outcome: Outcome, spark: SparkSession) -> Small:
    """The smallest input that fails as an outcome does: scenario, keys, rows, cells; one Spark action a round.

    "As it does" means: the same oracle objects, or the same error is raised.

    Raises:
        Refusal: nothing failed, or what failed does not fail again with the same rows.
    """
    if not outcome.findings:
        raise Refusal(
            "scenarios.shrink: this outcome has no failure.\n  Give one whose status is fail.  [penstock.wrong-value]",
            ("wrong-value",),
        )
    trial = Trial(outcome.case, outcome.findings[0], Executor(spark, at_once=AT_ONCE))
    _scenarios(trial)
    some, total = _few_rows(trial, spark)
    return Small(trial.case, _least(trial, some), trial.finding, trial.actions, total)


def _scenarios(trial: Trial) -> None:
    """Fewer scenarios, where several were planted together."""
    whole = trial.case.scenarios
    if len(whole) < 2:
        return

    def with_only(units: Sequence[int]) -> Case:
        return replace(trial.case, scenarios=tuple(whole[u] for u in units), given=None, rows=None)

    trial.case = with_only(trial.minimal(range(len(whole)), with_only))


def _few_rows(trial: Trial, spark: SparkSession) -> tuple[Inputs, int]:
    with set_on(spark, trial.case.settings):
        held = Held(trial.case, spark)
        try:
            held.count()
            some = held.literals(_failing_rows(trial, held))
        finally:
            held.release()
    trial.more_actions += 2
    return some, held.total


def _failing_rows(trial: Trial, held: Held) -> Sequence[int]:
    """A few rows that fail, by their numbers."""
    if held.total <= _FEW:
        return range(held.total)

    def fails(ranges: Sequence[range]) -> list[bool]:
        return trial.fail([trial.given(held.frames([*rows, *held.whole])) for rows in ranges])

    small = near.samples(held.local, trial.single)
    trial.settings = CHEAP
    found = near.first(small, fails)
    if found is None:
        trial.settings = {}
    here = found or range(held.local)
    if not trial.single:
        here = near.narrowed(here, fails, _FEW)
    rows = [*here, *held.whole]
    if len(rows) == held.total and not fails([here])[0]:
        raise _fails_no_more()
    return trial.minimal(rows, lambda units: trial.given(held.frames(units)), _FEW)


def _least(trial: Trial, some: Inputs) -> Inputs:
    """The least that fails with the case's own settings, found with cheap ones where they show the failure, too."""
    for settings in (CHEAP, {}):
        trial.settings = settings
        if trial.fail([trial.written(some)])[0]:
            least = Least(trial).of(some)
            trial.settings = {}
            if trial.fail([trial.written(least)])[0]:
                return least
    raise _fails_no_more()


def _fails_no_more() -> Refusal:
    return Refusal(
        "scenarios.shrink: the same rows, held in one partition, do not fail again.\n"
        "  What fails may be how rows lie in partitions, a column that is never null, or another answer each time.  "
        "[penstock.fails-no-more]",
        ("fails-no-more",),
    )
