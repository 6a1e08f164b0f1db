"""Joins of two tables by time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, Union

from penstock.core.call import call

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

Columns = Union[str, Sequence[str]]
Duration = Union[str, timedelta, int, float, Decimal]
Bound = Union[Duration, None]


def asof_join(
    left: DataFrame,
    right: DataFrame,
    *,
    on: str | None = None,
    left_on: str | None = None,
    right_on: str | None = None,
    by: Columns = (),
    left_by: Columns = (),
    right_by: Columns = (),
    direction: Literal["backward", "forward", "nearest"] = "backward",
    nearest_tie: Literal["earlier", "later"] = "earlier",
    allow_exact_matches: bool = True,
    tolerance: Duration | None = None,
    how: Literal["left", "inner", "left_semi", "left_anti"] = "left",
    tie_break: Columns = (),
    on_ties: Literal["order", "any", "error"] = "order",
    condition: str | None = None,
    skip_nulls: bool = False,
    nulls_equal: bool = False,
    suffixes: tuple[str, str] = ("", "_right"),
) -> DataFrame:
    """Join each left row with the nearest right row in time, per key.

    One row out per left row (with `how="left"`), whatever the right side holds. The right row is taken whole, nulls
    included, and its time is kept beside the left one, so that the age of a match can be computed.

    >>> asof_join(trades, quotes, on="ts", by="sym").orderBy("ts").show()
    +---+---+--------+---+
    |sym| ts|ts_right|bid|
    +---+---+--------+---+
    |  a|  3|       2| 20|
    |  b|  5|       4| 30|
    +---+---+--------+---+

    Args:
        left: the rows that stay.
        right: the rows among which each left row looks for its match.
        on: the time column, where both sides name it alike; else `left_on` and `right_on`. Timestamps, dates and
            numbers, of one type on both sides.
        left_on: the left time column.
        right_on: the right time column.
        by: the key columns, where both sides name them alike; else `left_by` and `right_by`. None: all rows share
            one key.
        left_by: the left key columns.
        right_by: the right key columns, in the same order.
        direction: "backward" takes the greatest right time that is not later, "forward" the least that is not earlier,
            "nearest" the closest.
        nearest_tie: which of two right times at the same distance "nearest" takes.
        allow_exact_matches: whether a right row at the very same time matches.
        tolerance: how far away a match may be, inclusive: '5 minutes', an ISO-8601 duration or a timedelta on time
            columns, a number of the column's own kind on numeric ones. Without it, any distance.
        how: "left" keeps unmatched left rows, "inner" drops them; "left_semi" and "left_anti" give only the left
            columns of matched and of unmatched rows.
        tie_break: right columns that order right rows of one key and one time, ascending: backward takes the last of
            them, forward the first.
        on_ties: "order" decides ties as said above, "any" takes any of the tied rows (and reads fewer columns), "error"
            fails when a match is tied, naming key and time.
        condition: SQL text over both sides (`left.x`, `right.y`) that a right row must meet to be a candidate; null
            counts as false.
        skip_nulls: each right value column takes, on its own, its nearest value that is not null.
        nulls_equal: whether null keys match each other.
        suffixes: what is added to the names of columns that both sides have, left and right.

    Notes:
        Ties: right rows of one key and one time are never decided by the order in which they come. `tie_break` decides,
        then all right columns in the order of the schema.
        Nulls: a left row with a null time or key stays, unmatched; right rows with a null time never match.
        Zone: timestamps are instants; the session's time zone matters only where text or dates are cast to them.

    Raises:
        Refusal: something about the call is wrong; nothing has run.
    """
    return call(
        "asof_join",
        left,
        right,
        on=on,
        left_on=left_on,
        right_on=right_on,
        by=by,
        left_by=left_by,
        right_by=right_by,
        direction=direction,
        nearest_tie=nearest_tie,
        allow_exact_matches=allow_exact_matches,
        tolerance=tolerance,
        how=how,
        tie_break=tie_break,
        on_ties=on_ties,
        condition=condition,
        skip_nulls=skip_nulls,
        nulls_equal=nulls_equal,
        suffixes=suffixes,
    )


def window_join(
    left: DataFrame,
    right: DataFrame,
    *,
    on: str | None = None,
    left_on: str | None = None,
    right_on: str | None = None,
    by: Columns = (),
    left_by: Columns = (),
    right_by: Columns = (),
    lower: Duration | None = None,
    upper: Duration | None = None,
    windows: Mapping[str, tuple[Bound, Bound]] | None = None,
    aggs: Mapping[str, str],
    closed: Literal["both", "left", "right", "neither"] = "both",
    include_prevailing: bool = False,
    tie_break: Columns = (),
    nulls_equal: bool = False,
) -> DataFrame:
    """Aggregate, for each left row, the right rows in windows round its time, per key.

    One row out per left row: its own columns, then those of `aggs`. A window in which nothing lies gives what the
    aggregate gives on no rows: a count of 0, a sum of null.

    >>> window_join(trades, quotes, on="ts", by="sym", lower=-2, upper=0, aggs={"n": "count(*)"}).show()
    +---+---+---+
    |sym| ts|  n|
    +---+---+---+
    |  a|  3|  2|
    |  b|  5|  1|
    +---+---+---+

    Args:
        left: the rows that stay.
        right: the rows that are aggregated.
        on: the time column, where both sides name it alike; else `left_on` and `right_on`. Timestamps, dates and
            numbers, of one type on both sides.
        left_on: the left time column.
        right_on: the right time column.
        by: the key columns, where both sides name them alike; else `left_by` and `right_by`. None: all rows share
            one key.
        left_by: the left key columns.
        right_by: the right key columns, in the same order.
        lower: where the window begins, as a distance from the left time ('-10 minutes', a timedelta, a number of the
            time column's own kind); None: at the beginning of time.
        upper: where it ends, likewise. Both may lie before the left time, or after it.
        windows: several windows in one pass instead, by the suffix of their columns:
            `{"5m": ("-5 minutes", "0"), "1h": ("-1 hour", "0")}` makes of an aggregate `bid` the columns `bid_5m` and
            `bid_1h`.
        aggs: the new columns, each a Spark SQL aggregate over right columns: `{"high": "max(bid)"}`. FILTER, and
            several aggregates in one expression, are fine.
        closed: which ends belong to the window.
        include_prevailing: whether the right row that held when the window began takes part too: the last one at or
            before its beginning.
        tie_break: right columns that order right rows of one key and one time, ascending, where the aggregate depends
            on order (`first`, `last`, `collect_list`).
        nulls_equal: whether null keys match each other.

    Notes:
        Ties: rows of one key and one time are aggregated in the order of `tie_break`, then of all right columns as the
        schema has them, never in the order in which they come.
        Nulls: a left row with a null time or key stays, with empty windows; right rows with a null time are in none.
        Zone: timestamps are instants and windows are exact lengths; no zone takes part.
        Cost: sums, counts, averages, minima, deviations and `count(distinct)` cost the same however long the window is;
        lists, sketches, exact percentiles and a team's own `Aggregator` are made anew from the window's rows for each
        left row.

    Raises:
        Refusal: something about the call is wrong; nothing has run.
    """
    return call(
        "window_join",
        left,
        right,
        on=on,
        left_on=left_on,
        right_on=right_on,
        by=by,
        left_by=left_by,
        right_by=right_by,
        lower=lower,
        upper=upper,
        windows=windows,
        aggs=aggs,
        closed=closed,
        include_prevailing=include_prevailing,
        tie_break=tie_break,
        nulls_equal=nulls_equal,
    )
