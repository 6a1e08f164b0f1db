"""Oracles that know the answer: another implementation, or a function that says what must come out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from penstock.scenarios.suite.execute import Output, Raised, Result, Run

from .agreement import Agreement
from .oracle import Oracle

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from penstock.scenarios.suite.case import Case


@dataclass(frozen=True)
class Reference(Agreement, Oracle):
    """Another implementation of the transform, an old one or a plain one, gives the same output.

    Where both end with the same error, the transform rejects as its reference does.
    """

    function: Callable[..., DataFrame]

    def runs(self, case: Case) -> list[Run]:
        return [Run(lambda spark: case.subject.of(self.function, case.inputs(spark)), case.settings)]

    def judge(self, case: Case, actual: Output, results: Sequence[Result], held: Sequence[int]) -> str | None:
        told, name = results[0], getattr(self.function, "__name__", "the reference")
        if isinstance(told, Raised):
            return f"{name} raises {told.kind}, the transform gives an answer.\n{told.text}"
        found = self.difference(actual, told)
        return f"{name} (expected) gives another answer.\n{found}" if found else None

    def allows(self, error: Raised, results: Sequence[Result]) -> bool:
        return isinstance(results[0], Raised) and results[0].kind == error.kind


@dataclass(frozen=True)
class Expected(Reference):
    """The expected output, by a function that is given the same inputs; `entries` limits it to some scenarios."""

    entries: tuple[str, ...] = ()

    def applies(self, case: Case) -> bool:
        return not self.entries or any(s.entry.id in self.entries for s in case.scenarios)
