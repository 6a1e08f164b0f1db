"""Hypothesis as a driver: it chooses scenarios, environments and seeds; we plant and judge them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from penstock.core.errors import PenstockError

from .suite.case import Case, Scenario
from .suite.environment import FACTORS, settings_of
from .suite.execute import Executor
from .suite.judge import judged
from .suite.suite import Suite

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def cases(test: Callable[..., object], spark: SparkSession, *, at_once: int = 2) -> Any:
    """A Hypothesis strategy of cases of a test made by `over`; `check` judges one.

    Hypothesis shrinks the choice: fewer scenarios, earlier ones, seed 0. `shrink` then shrinks the frame.

    >>> @given(cases(test_totals, spark))
    ... def test_combined(case): check(case, spark)  # doctest: +SKIP

    Args:
        test: the test.
        spark: the session, for the inputs' schemas.
        at_once: how many scenarios at most are planted in one input.

    Raises:
        PenstockError: Hypothesis is not installed.
    """
    try:
        from hypothesis import strategies as st
    except ImportError:
        raise PenstockError(
            "scenarios.cases: Hypothesis is not installed here.\n  pip install hypothesis brings it.  [penstock.error]"
        ) from None
    suite = cast(Suite, cast(Any, test).penstock_suite)
    places = [s for each in suite.scenarios(spark).values() for s in each if not s.entry.changes_schema]

    def made(chosen: list[Scenario], seed: int, **row: str) -> Case:
        seeded = tuple(Scenario(s.entry, s.input, s.target, seed) for s in chosen)
        return Case(suite.subject, seeded, settings_of(row))

    chosen = st.lists(st.sampled_from(places), max_size=at_once, unique_by=str)
    rows = {axis: st.sampled_from(values) for axis, values in FACTORS.items()}
    return st.builds(made, chosen, st.integers(0, 99), **rows)


def check(case: Case, spark: SparkSession) -> None:
    """Fails where a case does.

    Raises:
        AssertionError: an oracle objects; the message is that of the pytest report.
    """
    outcome = judged([case], Executor(spark))[0]
    assert outcome.status != "fail", str(outcome)
