"""A Python function as an oracle: a test's own assertions, made on frames."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from penstock.scenarios.suite.environment import set_on
from penstock.scenarios.suite.execute import Output, Result

from .oracle import Oracle

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from penstock.scenarios.suite.case import Case


class Check(Oracle):
    """Assertions in Python. The function asks by its parameters: `output`, `case`, or an input by its name.

    Each case is checked on its own, with the Spark actions that the function starts.
    """

    eager: ClassVar[bool] = True

    def __init__(self, function: Callable[..., object]) -> None:
        self.function = function
        self.wants = tuple(inspect.signature(function).parameters)

    def judge(self, case: Case, actual: Output, results: Sequence[Result], held: Sequence[int]) -> str | None:
        raise NotImplementedError  # `judge_on`, because it needs the session

    def judge_on(self, spark: SparkSession, case: Case) -> str | None:
        """What the function says of a case."""
        with set_on(spark, case.settings):
            offered: dict[str, Any] = {**case.inputs(spark), "output": case.output(spark), "case": case}
            try:
                self.function(**{name: offered[name] for name in self.wants})
            except AssertionError as error:
                return f"{self.function.__name__}: {error or 'an assertion failed'}"
        return None
