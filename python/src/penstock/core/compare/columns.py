"""The two frames, made comparable: columns by position, values plain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .values import Tolerance, plain, same, shown

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import DataType

PLACE = "_place"
"""The column that pairs rows where their order counts; no column of the frames keeps its name, so none can clash."""


@dataclass(frozen=True)
class Rule:
    """One column: what it is called, and when two of its values are the same."""

    name: str
    data_type: DataType
    tolerance: Tolerance | None
    signed_zero: bool


@dataclass(frozen=True)
class Columns:
    """All columns in the order of the expected frame, called c0, c1, ... from here on; repeated names cannot hurt."""

    rules: tuple[Rule, ...]
    keys: tuple[int, ...] = ()

    @property
    def names(self) -> list[str]:
        """What the user calls them."""
        return [rule.name for rule in self.rules]

    @property
    def plain_names(self) -> list[str]:
        """What they are called here."""
        return [f"c{i}" for i in range(len(self.rules))]

    def plain(self, frame: DataFrame, order: Sequence[int]) -> DataFrame:
        """A frame's values made plain; `order` says where in it each column is."""
        positions = frame.toDF(*[f"p{i}" for i in range(len(frame.columns))])
        return positions.selectExpr(
            *[
                f"{plain(f'p{at}', rule.data_type, rule.signed_zero)} AS c{i}"
                for i, (at, rule) in enumerate(zip(order, self.rules, strict=True))
            ]
        )

    def numbered(self, sides: tuple[DataFrame, DataFrame]) -> tuple[DataFrame, DataFrame]:
        """Both sides with each row's place, counted from 1.

        In one evaluation of each frame: numbers made of counts per partition would need a second one, in which
        adaptive execution may have cut the partitions otherwise.
        """
        one, other = (
            side.selectExpr("*", "monotonically_increasing_id() AS _id").selectExpr(
                *self.plain_names, f"row_number() OVER (ORDER BY _id) AS {PLACE}"
            )
            for side in sides
        )
        return one, other

    def same(self, i: int, actual: str, expected: str) -> str:
        """SQL text: whether column i is the same in the structs `actual` and `expected`."""
        rule = self.rules[i]
        return same(f"{actual}.c{i}", f"{expected}.c{i}", rule.data_type, rule.tolerance)

    def shown(self, i: int, prefix: str = "") -> str:
        """SQL text: column i as the bytes of a readable text, which need not be valid UTF-8."""
        return _shown(f"{prefix}c{i}", self.rules[i])

    def shown_at(self, i: int, value: str) -> str:
        """The same of a value that was not made plain yet, in one step."""
        rule = self.rules[i]
        return _shown(plain(value, rule.data_type, rule.signed_zero), rule)


def _shown(value: str, rule: Rule) -> str:
    return f"CAST({shown(value, rule.data_type)} AS BINARY)"


def first_of_each(kind: str, frame: DataFrame, order: Sequence[str], limit: int) -> DataFrame:
    """The first few rows of each kind, numbered from 1 as `_nth`."""
    by = f"ORDER BY {', '.join(order) or '1'}"
    return frame.selectExpr("*", f"row_number() OVER (PARTITION BY {kind} {by}) AS _nth").where(f"_nth <= {limit}")
