"""What came of a scenario, and how it is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from .case import Case

Status = Literal["pass", "rejects", "known gap", "fail"]
WORST: tuple[Status, ...] = ("fail", "known gap", "rejects", "pass")


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a case: which oracle says so (its number; -1: an error nobody asked for)."""

    oracle: int
    kind: str
    message: str


@dataclass(frozen=True)
class Outcome:
    """What came of one case."""

    case: Case
    status: Status
    findings: tuple[Finding, ...] = ()
    note: str = ""
    """Why a rejection is legal, or a failure known."""

    def __str__(self) -> str:
        """The case, what its scenario means and breaks, and everything that is wrong."""
        lines = [str(self.case)]
        for scenario in self.case.scenarios:
            entry = scenario.entry
            lines.append(f"  means:   {entry.meaning}")
            lines.append(f"  pitfall: {entry.pitfall}" + (f" ({entry.source})" if entry.source else ""))
        if self.case.scenarios:
            lines.append(f"  seed:    {self.case.scenarios[0].seed}")
        if self.note:
            lines.append(f"  {self.status}: {self.note}")
        for finding in self.findings:
            lines += [f"  {finding.kind}: {line}" if i == 0 else f"    {line}" for i, line in _numbered(finding)]
        return "\n".join(lines)


def worst(outcomes: Sequence[Outcome]) -> Status:
    """The status of several cases together."""
    there = {outcome.status for outcome in outcomes}
    for status in WORST:
        if status in there:
            return status
    return "pass"


def _numbered(finding: Finding) -> list[tuple[int, str]]:
    return list(enumerate(finding.message.splitlines()))
