"""A mistake looked for in a large input, and its first failure made small; for the tests, and for the benchmark's table."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from penstock.core.frames import query
from penstock.scenarios.shrink.shrink import shrink
from penstock.scenarios.shrink.small import Small
from penstock.scenarios.suite.case import Case
from penstock.scenarios.suite.execute import Executor
from penstock.scenarios.suite.judge import judged
from penstock.scenarios.suite.outcome import Outcome
from penstock.scenarios.suite.suite import Suite

from .mutant import Mutant


@dataclass(frozen=True)
class Shrunk:
    """What a failure came to, in how many seconds, and whether the correct twin answers the small input rightly."""

    small: Small
    seconds: float
    twin_passes: bool


def shrunk(mutant: Mutant, rows: int, spark: Any) -> Shrunk | None:
    """A mistake's failure in so many rows; None where they do not show it."""
    outcome = first_failure(mutant.suite(mutant.wrong, rows=rows), mutant.id, spark)
    if outcome is None:
        return None
    start = time.monotonic()
    small = shrink(outcome, spark)
    return Shrunk(small, time.monotonic() - start, _passes(mutant.suite(mutant.right), small, spark))


def first_failure(suite: Suite, scenario: str, spark: Any) -> Outcome | None:
    """The first case of a scenario that fails; its other places and environments are not run."""
    for case in suite.cases(spark, ids=[scenario]):
        outcome = judged([case], Executor(spark))[0]
        if outcome.status == "fail":
            return outcome
    return None


def _passes(suite: Suite, small: Small, spark: Any) -> bool:
    """In the environment that the failure was found in."""

    def given(session: Any) -> dict[str, Any]:
        return {name: query(session, frame.sql()) for name, frame in small.frames.items()}

    return judged([Case(suite.subject, (), small.case.settings, given)], Executor(spark))[0].status != "fail"
