"""What shrinking comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import code
from .literals import Literals

if TYPE_CHECKING:
    from penstock.scenarios.suite.case import Case
    from penstock.scenarios.suite.outcome import Finding


@dataclass(frozen=True)
class Small:
    """The smallest failing inputs that were found. `str` is what a person reads and pastes."""

    case: Case
    frames: Mapping[str, Literals]
    finding: Finding
    actions: int
    from_rows: int

    @property
    def rows(self) -> int:
        """How many rows there are in all inputs."""
        return sum(len(frame.rows) for frame in self.frames.values())

    @property
    def python(self) -> str:
        """As Python to paste."""
        return code.python(self.frames, self.case.settings)

    @property
    def scala(self) -> str:
        """As Scala to paste."""
        return code.scala(self.frames, self.case.settings)

    def __str__(self) -> str:
        found = f"{self.rows} of {self.from_rows:,} rows, found in {self.actions} Spark actions"
        head = f"The smallest failing input: {found}."
        return "\n".join(
            [
                head,
                f"From {code.origin(self.case)}.",
                f"It still fails: {self.finding.message}",
                "",
                "# Python",
                self.python,
                "",
                "// Scala",
                self.scala,
            ]
        )
