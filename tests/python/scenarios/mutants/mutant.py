"""What a planted mistake is: a transform, its correct twin, and the data and the oracles that its team has."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from penstock.scenarios.oracles.oracle import Oracle
from penstock.scenarios.over import over
from penstock.scenarios.roles import Roles
from penstock.scenarios.suite.suite import Suite


@dataclass(frozen=True)
class Mutant:
    """One planted mistake.

    Args:
        id: the catalogue entry whose pitfall it falls into.
        wrong: the transform with the mistake.
        right: the same without it.
        data: the team's development data, as SQL; by input where there are several.
        oracles: what the team knows of a right answer.
        rejects: what the team has said may end with an error.
    """

    id: str
    wrong: Callable[..., Any]
    right: Callable[..., Any]
    data: str | Mapping[str, str]
    oracles: Sequence[Oracle]
    roles: Roles | Mapping[str, Roles] = field(default_factory=Roles)
    rejects: Mapping[str, str] = field(default_factory=dict)

    def suite(self, transform: Callable[..., Any], rows: int | None = None) -> Suite:
        """The scenarios over one of the two; `rows` makes the data larger than it is."""
        data = self.data
        if rows is not None:
            data = _larger(data, rows) if isinstance(data, str) else {n: _larger(d, rows) for n, d in data.items()}

        @over(data, transform, roles=self.roles, oracles=self.oracles, rejects=self.rejects)
        def test() -> None: ...

        return test.penstock_suite  # type: ignore[attr-defined]

    @property
    def name(self) -> str:
        """What the mistake's function is called."""
        return f"{self.id}-{self.wrong.__name__}"


def _larger(data: str, rows: int) -> str:
    return re.sub(r"range\(\d+\)", f"range({rows})", data)
