"""Joins of two tables by intervals in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from penstock.core.call import call
from penstock.transforms.joins import Columns, Duration

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def interval_join(
    left: DataFrame,
    right: DataFrame,
    *,
    start: str | None = None,
    end: str | None = None,
    left_start: str | None = None,
    left_end: str | None = None,
    right_start: str | None = None,
    right_end: str | None = None,
    left_on: str | None = None,
    right_on: str | None = None,
    by: Columns = (),
    left_by: Columns = (),
    right_by: Columns = (),
    kind: Literal["overlap", "within", "contains", "starts", "ends", "equal"] = "overlap",
    closed: Literal["left", "both", "neither"] = "left",
    min_overlap: Duration | None = None,
    max_gap: Duration | None = None,
    how: Literal["inner", "left", "left_semi", "left_anti"] = "inner",
    mult: Literal["all", "first", "last"] = "all",
    tie_break: Columns = (),
    condition: str | None = None,
    nulls_equal: bool = False,
    suffixes: tuple[str, str] = ("", "_right"),
) -> DataFrame:
    """Join the rows of two tables whose intervals in time overlap, per key.

    One row out per pair that matches, in no order. Intervals hold their start and not their end, unless `closed` says
    otherwise: [0, 2) and [2, 3) do not overlap, and an interval of no length matches nothing.

    >>> interval_join(shifts, alarms, start="start", end="end", by="site").show()
    +----+-----+---+-----------+---------+
    |site|start|end|start_right|end_right|
    +----+-----+---+-----------+---------+
    |   a|    0|  8|          6|       10|
    |   a|    8| 16|          6|       10|
    +----+-----+---+-----------+---------+

    Args:
        left: the rows on the left.
        right: the rows among which each left row looks for matches.
        start: where intervals start, on each side that does not say it by itself. Timestamps, dates and numbers, all
            bounds of one type. Null: open, from the beginning of time.
        end: where intervals end, likewise. Null: open, to the end of time.
        left_start: where left intervals start.
        left_end: where left intervals end.
        right_start: where right intervals start.
        right_end: where right intervals end.
        left_on: the time column of a left side that has points in time instead of intervals: each row matches the right
            intervals that hold it. `start` and `end` then speak of the right side.
        right_on: the same of a right side.
        by: the key columns, where both sides name them alike; else `left_by` and `right_by`. None: all rows share
            one key.
        left_by: the left key columns.
        right_by: the right key columns, in the same order.
        kind: "overlap": the two share a time; "within": the left lies in the right one; "contains": the right lies in
            the left one; "starts": they start together; "ends": they end together; "equal": both.
        closed: which ends belong to an interval, of both sides.
        min_overlap: how long the shared time must be at least, with kind="overlap": '5 minutes', an ISO-8601 duration
            or a timedelta on time columns, a number of the column's own kind on numeric ones.
        max_gap: how far apart two intervals may lie, with kind="overlap", inclusive; 0 lets them touch.
        how: "inner" gives every pair, "left" also the left rows without one; "left_semi" and "left_anti" give only the
            left columns of rows with and without a match, once.
        mult: which matches of a left row come out: "all", the "first" or the "last" by start, then by end.
        tie_break: right columns that order right rows of one interval, ascending, with mult="first" or "last".
        condition: SQL text over both sides (`left.x`, `right.y`) that a pair must meet to match; null counts as false.
        nulls_equal: whether null keys match each other.
        suffixes: what is added to the names of columns that both sides have, left and right.

    Notes:
        Ties: `mult` never goes by the order in which rows come. Of one interval `tie_break` decides, then all right
        columns in the order of the schema.
        Nulls: a null start or end is open; a null point, or a null key, matches nothing.
        Zone: timestamps are instants; the session's time zone matters only where text or dates are cast to them.
        Failing: an interval that ends before it starts fails the job, with its key and its bounds.

    Raises:
        Refusal: something about the call is wrong; nothing has run.
    """
    return call(
        "interval_join",
        left,
        right,
        start=start,
        end=end,
        left_start=left_start,
        left_end=left_end,
        right_start=right_start,
        right_end=right_end,
        left_on=left_on,
        right_on=right_on,
        by=by,
        left_by=left_by,
        right_by=right_by,
        kind=kind,
        closed=closed,
        min_overlap=min_overlap,
        max_gap=max_gap,
        how=how,
        mult=mult,
        tie_break=tie_break,
        condition=condition,
        nulls_equal=nulls_equal,
        suffixes=suffixes,
    )
