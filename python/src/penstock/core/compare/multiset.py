"""Frames as multisets of rows: counted on each side, in one shuffle; no row is collected to be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from penstock.core.frames import expression

from .columns import Columns, first_of_each
from .diff import Difference, Row, text_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def compared(actual: DataFrame, expected: DataFrame, columns: Columns, limit: int) -> Difference | None:
    """None, or the rows that one side has more often than the other."""
    counted = _counted(actual, expected, columns)
    sums = {
        "actual_rows": "sum(a)",
        "expected_rows": "sum(e)",
        "only_actual": "sum(greatest(a - e, 0L))",
        "only_expected": "sum(greatest(e - a, 0L))",
    }
    numbers = counted.selectExpr(*[f"coalesce({text}, 0L) AS {name}" for name, text in sums.items()]).collect()[0]
    if not numbers["only_actual"] and not numbers["only_expected"]:
        return None
    whole: dict[str, Any] = {name: int(numbers[name]) for name in sums}
    return Difference(**whole, columns=tuple(columns.names), rows=_rows(counted, columns, limit))


def _counted(actual: DataFrame, expected: DataFrame, columns: Columns) -> DataFrame:
    """Each different row once, with how often it is on each side.

    Grouped by the values themselves, not by a hash of them: two rows with one hash would cancel out.
    """
    names = columns.plain_names
    tagged = [side.selectExpr(*names, f"{side is actual} AS _actual") for side in (actual, expected)]
    counts = [f"count_if({'' if side == 'a' else 'NOT '}_actual) AS {side}" for side in "ae"]
    both = tagged[0].unionAll(tagged[1])
    return both.groupBy(*names).agg(*[expression(both, count) for count in counts])


def _rows(counted: DataFrame, columns: Columns, limit: int) -> tuple[Row, ...]:
    """The first rows of each side, in the order of their values, so that a message is the same every time."""
    shown = [f"{columns.shown(i)} AS c{i}" for i in range(len(columns.rules))]
    signed = counted.where("a <> e").selectExpr("*", "if(a > e, '+', '-') AS sign", "abs(a - e) AS times")
    first = first_of_each("sign", signed, columns.plain_names, limit)
    found = first.selectExpr("sign", "times", "_nth", *shown).collect()
    return tuple(
        Row(row["sign"], int(row["times"]), tuple(text_of(row[c]) for c in columns.plain_names))
        for row in sorted(found, key=lambda row: (row["sign"], row["_nth"]))
    )
