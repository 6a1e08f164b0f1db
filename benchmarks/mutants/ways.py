"""Three ways to look for a planted mistake, each with the same oracles and the same time.

A mistake counts as found by an input on which the wrong transform fails and its correct twin passes.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck
from penstock.scenarios.suite.case import Case
from penstock.scenarios.suite.execute import Executor
from penstock.scenarios.suite.judge import judged
from penstock.scenarios.suite.suite import Suite

from .frames import frames_of

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@dataclass(frozen=True)
class Search:
    """What a way came to: what found the mistake (empty: nothing), of how many inputs, in how many seconds."""

    found: str
    inputs: int
    seconds: float


CHECKS = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
"""What Hypothesis would object to: that a Spark action takes long."""


class _Found(BaseException):
    """Ends Hypothesis' search; not an Exception, so that it does not begin to shrink."""


class _TimeIsOver(BaseException):
    """The same, with nothing found."""


def false_alarms(right: Suite, spark: SparkSession) -> list[str]:
    """The scenarios that a correct transform fails; what is said of them goes to stderr."""
    failed = {name: [o for o in each if o.status == "fail"] for name, each in right.run(spark).items()}
    for outcome in (each[0] for each in failed.values() if each):
        print(outcome, file=sys.stderr, flush=True)
    return [name for name, each in failed.items() if each]


def by_quick_set(wrong: Suite, right: Suite, spark: SparkSession) -> Search:
    """Penstock's quick set; found by the scenarios that the wrong one fails and the right one does not."""
    start = time.monotonic()
    outcomes = wrong.run(spark)
    seconds = time.monotonic() - start
    failed = [name for name, each in outcomes.items() if any(o.status == "fail" for o in each)]
    also = right.run(spark, ids=failed) if failed else {}
    killed = [name for name in failed if all(o.status != "fail" for o in also.get(name, []))]
    return Search(" ".join(killed), sum(map(len, outcomes.values())), seconds)


def by_hypothesis(wrong: Suite, right: Suite, spark: SparkSession, seconds: float) -> Search:
    """Frames of arbitrary values, as hypothesis.extra.pandas makes them of the inputs' types, until the time is over."""
    from hypothesis import given, settings
    from hypothesis import strategies as st

    schemas = {name: make(spark).schema for name, make in wrong.subject.makers.items()}
    start, inputs = time.monotonic(), 0

    @settings(max_examples=1_000_000, deadline=None, database=None, suppress_health_check=CHECKS)
    @given(st.fixed_dictionaries({name: frames_of(schema) for name, schema in schemas.items()}))
    def search(pandas: dict[str, Any]) -> None:
        nonlocal inputs
        if time.monotonic() - start > seconds:
            raise _TimeIsOver
        try:
            frames = {name: spark.createDataFrame(pdf, schemas[name]) for name, pdf in pandas.items()}
        except Exception:
            return  # pandas has values that Spark's type has not
        inputs += 1
        if _tells_apart(wrong, right, frames, spark):
            raise _Found

    found = ""
    try:
        search()
    except _Found:
        found = f"input {inputs}"
    except _TimeIsOver:
        pass
    return Search(found, inputs, time.monotonic() - start)


def by_development_data(wrong: Suite, right: Suite, spark: SparkSession, seconds: float) -> Search:
    """The development data, first whole, then samples of its rows, until the time is over."""
    start, inputs = time.monotonic(), 0
    while time.monotonic() - start < seconds:
        frames = {name: make(spark) for name, make in wrong.subject.makers.items()}
        if inputs:
            frames = {name: frame.sample(fraction=0.5, seed=inputs) for name, frame in frames.items()}
        inputs += 1
        if _tells_apart(wrong, right, frames, spark):
            return Search(f"input {inputs}", inputs, time.monotonic() - start)
    return Search("", inputs, time.monotonic() - start)


def _tells_apart(wrong: Suite, right: Suite, frames: dict[str, Any], spark: SparkSession) -> bool:
    executor = Executor(spark)
    case = Case(wrong.subject, given=lambda _: frames)
    if judged([case], executor)[0].status != "fail":
        return False
    return judged([Case(right.subject, given=lambda _: frames)], executor)[0].status != "fail"
