"""What changed between two ledgers, of two commits for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .model import Record

_RANK = {"pass": 0, "rejects": 0, "known gap": 1, "fail": 2}


@dataclass(frozen=True)
class Change:
    """A scenario of a transform whose status is another one; None: it was not there."""

    transform: str
    scenario: str
    name: str
    before: str | None
    after: str | None

    @property
    def worse(self) -> bool:
        """Whether something is wrong now that was not before; to be run no more is worse, too."""
        if self.after is None:
            return True
        return _RANK.get(self.after, 2) > _RANK.get(self.before or "pass", 2)

    def __str__(self) -> str:
        arrow = f"{self.before or 'not run'} -> {self.after or 'not run'}"
        return f"{self.transform}  {self.scenario} {self.name}".rstrip() + f"  {arrow}"


def changes(before: Sequence[Record], after: Sequence[Record]) -> list[Change]:
    """Every difference in status, the worse ones first."""
    old, new = ({(r.transform, r.scenario): r for r in records} for records in (before, after))
    out: list[Change] = []
    for key in sorted({*old, *new}):
        one, other = old.get(key), new.get(key)
        if one is None or other is None or one.status != other.status:
            name = (other or one or Record(*key)).name
            out.append(Change(*key, name, one and one.status, other and other.status))
    return sorted(out, key=lambda change: not change.worse)
