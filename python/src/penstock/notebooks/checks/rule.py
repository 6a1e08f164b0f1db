"""What a rule is: an id, words that explain it, and a function that looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from penstock.notebooks.checks.finding import Finding
from penstock.notebooks.checks.subject import Repository, Subject


@dataclass(frozen=True)
class Rule:
    """One rule.

    `summary` is the rule as a sentence, `why` says what goes wrong otherwise, `instead` what to write. `each` looks at
    one notebook, `over_all` at all of them together. A rule with neither is judged where it shows: while notebooks are
    read, or while allowances are applied.
    """

    id: str
    summary: str
    why: str
    instead: str
    each: Callable[[Subject], Iterator[Finding]] | None = None
    over_all: Callable[[Repository], Iterator[Finding]] | None = None

    def explanation(self) -> str:
        """What `--explain` prints."""
        return (
            f"{self.id}: {self.summary}\n\n{self.why}\n\nInstead: {self.instead}\n\n"
            f"To allow it in one place, say why:\n\n    # penstock: allow {self.id} <the reason>"
        )
