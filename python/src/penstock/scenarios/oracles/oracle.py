"""The contract of an oracle: which further runs it needs, and what it says of their results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from penstock.scenarios.suite.case import Case
    from penstock.scenarios.suite.execute import Output, Raised, Result, Run


class Oracle:
    """Holds a transform's output against something. Stateless; `runs` makes nothing happen.

    A transform's answer to a case is run once for all oracles, with their `predicates` held against each row of it.
    """

    predicates: tuple[str, ...] = ()
    eager: ClassVar[bool] = False
    """Whether `judge` starts Spark actions of its own."""

    def applies(self, case: Case) -> bool:
        """Whether it can say anything about a case."""
        return True

    def runs(self, case: Case) -> list[Run]:
        """Further executions whose results it needs."""
        return []

    def judge(self, case: Case, actual: Output, results: Sequence[Result], held: Sequence[int]) -> str | None:
        """What is wrong, or None. `held` says where in `actual.violations` its predicates are."""
        raise NotImplementedError

    def allows(self, error: Raised, results: Sequence[Result]) -> bool:
        """Whether an error is as good as an answer."""
        return False
