"""Which facts of two columns are true of one row: what coverage of pairs is counted from.

A column is a parameter, and its values are the scenarios that a single row can show, and `ordinary`, where the row
shows none of them. Two columns are a pair; a field of a struct and another field of the same column are none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

ORDINARY = "ordinary"


@dataclass(frozen=True)
class Pairs:
    """Values, and which of them were met in one row.

    Args:
        values: (path, fact) of each value.
        columns: the top-level column of each value.
        met: for each value a number whose bit j says that value j was in the same row.
        left_out: values that were not counted, because there were too many.
    """

    values: tuple[tuple[str, str], ...] = ()
    columns: tuple[int, ...] = ()
    met: tuple[int, ...] = ()
    left_out: int = 0

    def all(self) -> Iterator[tuple[int, int]]:
        """The pairs of values of two different columns."""
        for i in range(len(self.values)):
            for j in range(i + 1, len(self.values)):
                if self.columns[i] != self.columns[j]:
                    yield i, j

    @property
    def counts(self) -> tuple[int, int]:
        """(pairs that a row has, all pairs)."""
        found = [bool(self.met[i] >> j & 1) for i, j in self.all()]
        return sum(found), len(found)

    def as_dict(self) -> dict[str, Any]:
        """As plain values."""
        met = [f"{one:x}" for one in self.met]
        return {
            "values": [list(v) for v in self.values],
            "columns": list(self.columns),
            "met": met,
            "left_out": self.left_out,
        }

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> Pairs:
        """The other way round."""
        values = tuple((path, fact) for path, fact in told["values"])
        return cls(values, tuple(told["columns"]), tuple(int(one, 16) for one in told["met"]), told["left_out"])
