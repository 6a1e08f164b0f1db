"""`asof_join` the long way, in plain Spark: join every pair, rank the candidates of each left row, keep the first.

Quadratic per key and therefore only an oracle, but it knows every type that Spark knows. Written from the contract,
without a look at the implementation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as F
from pyspark.sql import types as T

Names = str | Sequence[str]
ROW = "_row"


@dataclass(frozen=True)
class Sides:
    """Both inputs, with the columns that matter found by name as the session resolves names."""

    left: DataFrame
    right: DataFrame
    left_on: str
    right_on: str
    left_by: list[str]
    right_by: list[str]


def asof_join(
    left: DataFrame,
    right: DataFrame,
    *,
    on: str | None = None,
    left_on: str | None = None,
    right_on: str | None = None,
    by: Names = (),
    left_by: Names = (),
    right_by: Names = (),
    direction: str = "backward",
    nearest_tie: str = "earlier",
    allow_exact_matches: bool = True,
    tolerance: Any = None,
    how: str = "left",
    tie_break: Names = (),
    on_ties: str = "order",
    condition: str | None = None,
    skip_nulls: bool = False,
    nulls_equal: bool = False,
    suffixes: Sequence[str] = ("", "_right"),
) -> DataFrame:
    # the ids are read twice: without a checkpoint the two readings may number the rows differently
    left = left.withColumn(ROW, F.monotonically_increasing_id()).localCheckpoint()
    s = Sides(
        left,
        right,
        _found(left, left_on or on or ""),
        _found(right, right_on or on or ""),
        [_found(left, n) for n in _list(left_by) or _list(by)],
        [_found(right, n) for n in _list(right_by) or _list(by)],
    )
    pairs = _candidates(s, direction, allow_exact_matches, tolerance, condition, nulls_equal)
    if how in ("left_semi", "left_anti"):
        matched = pairs.select(F.col(f"left.{ROW}").alias(ROW)).distinct()
        return left.join(matched, ROW, how).drop(ROW)
    chosen = _chosen(s, pairs, direction, nearest_tie, _list(tie_break), on_ties, skip_nulls)
    joined = left.alias("left").join(chosen.alias("chosen"), ROW, "left" if how == "left" else "inner")
    return _named(s, joined, suffixes)


def _candidates(
    s: Sides, direction: str, exact: bool, tolerance: Any, condition: str | None, nulls_equal: bool
) -> DataFrame:
    """Every pair of rows that may match: same key, right side in time, near enough, condition true."""
    lt, rt = _column("left", s.left_on), _column("right", s.right_on)
    holds = {"backward": rt <= lt, "forward": rt >= lt, "nearest": rt.isNotNull()}[direction] & lt.isNotNull()
    if not exact:
        holds = holds & (rt != lt)
    if tolerance is not None:
        holds = holds & ((rt == lt) | (_distance(s, lt, rt) <= _units(s, tolerance)))
    floating = isinstance(s.left.schema[s.left_on].dataType, (T.FloatType, T.DoubleType))
    if floating and (tolerance is not None or direction == "nearest"):
        holds = holds & ~F.isnan(lt) & ~F.isnan(rt)
    for lk, rk in zip(s.left_by, s.right_by, strict=True):
        a, b = _column("left", lk), _column("right", rk)
        holds = holds & (a.eqNullSafe(b) if nulls_equal else a == b)
    if condition is not None:
        holds = holds & F.expr(f"({condition})")
    return s.left.alias("left").join(s.right.alias("right"), holds, "inner")


def _chosen(
    s: Sides, pairs: DataFrame, direction: str, nearest_tie: str, tie_break: list[str], on_ties: str, skip_nulls: bool
) -> DataFrame:
    """One row per matched left row: the struct of the right columns, as they were or each on its own."""
    lt, rt = _column("left", s.left_on), _column("right", s.right_on)
    past = rt <= lt
    # the past's last row in ascending order, the future's first: nulls are least either way
    last = {"backward": F.lit(True), "forward": F.lit(False), "nearest": past}[direction]
    nearer = F.when(rt == lt, F.lit(0)).otherwise(_distance(s, lt, rt))
    first_side = past if nearest_tie == "earlier" else ~past
    order = {"backward": [rt.desc()], "forward": [rt.asc()], "nearest": [nearer.asc_nulls_last(), first_side.desc()]}[
        direction
    ]
    broken = [_column("right", _found(s.right, n)) for n in tie_break]
    rest = [_column("right", f.name) for f in s.right.schema if f.name not in tie_break and _orderable(f.dataType)]
    for c in [*broken, *rest]:
        order += [F.when(last, c).desc_nulls_last(), F.when(~last, c).asc_nulls_first()]
    window = Window.partitionBy(f"left.{ROW}").orderBy(*order)
    rank = F.row_number().over(window)
    values: list[Column] = [
        _value(s, f.name, window, skip_nulls).alias(f"r{i}") for i, f in enumerate(s.right.schema.fields)
    ]
    if on_ties == "error":
        raise NotImplementedError("a failure at run time is not an answer to compare")
    ranked = pairs.select(F.col(f"left.{ROW}").alias(ROW), rank.alias("rank"), *values)
    return ranked.where("rank = 1").drop("rank")


def _value(s: Sides, name: str, window: Any, skip_nulls: bool) -> Column:
    column = _column("right", name)
    if not skip_nulls or name in (s.right_on, *s.right_by):
        return column
    whole = window.rowsBetween(Window.unboundedPreceding, Window.unboundedFollowing)
    return F.first(column, ignorenulls=True).over(whole)


def _named(s: Sides, joined: DataFrame, suffixes: Sequence[str]) -> DataFrame:
    """Left columns, right columns, clashes suffixed on both sides, keys of one name not repeated."""
    sensitive = joined.sparkSession.conf.get("spark.sql.caseSensitive") == "true"

    def same(a: str, b: str) -> bool:
        return a == b if sensitive else a.lower() == b.lower()

    repeated = {rk for lk, rk in zip(s.left_by, s.right_by, strict=True) if same(lk, rk)}
    left = [f.name for f in s.left.schema if f.name != ROW]
    right = [(i, f.name) for i, f in enumerate(s.right.schema.fields) if f.name not in repeated]

    def named(name: str, others: list[str], suffix: str) -> str:
        return name + suffix if any(same(name, o) for o in others) else name

    out = [_column("left", n).alias(named(n, [r for _, r in right], suffixes[0])) for n in left]
    out += [F.col(f"chosen.r{i}").alias(named(n, left, suffixes[1])) for i, n in right]
    return joined.select(*out)


def _distance(s: Sides, lt: Column, rt: Column) -> Column:
    """|left - right|, exact: as micros, days or a decimal; null where it does not fit even DECIMAL(38)."""
    kind = s.left.schema[s.left_on].dataType
    if isinstance(kind, (T.FloatType, T.DoubleType)):
        return F.abs(lt - rt)
    return F.abs(F.try_subtract(_exact(kind, lt), _exact(kind, rt)))


def _exact(kind: T.DataType, time: Column) -> Column:
    if isinstance(kind, T.DecimalType):
        return time
    if isinstance(kind, T.TimestampNTZType):
        # by its fields: a cast to TIMESTAMP would move an hour that the session's zone skips
        seconds = F.unix_date(time.cast("date")) * 86_400 + F.hour(time) * 3600 + F.minute(time) * 60
        return (seconds.cast("decimal(20,6)") + F.date_part(F.lit("SECOND"), time)).cast("decimal(30,6)") * 1_000_000
    if isinstance(kind, T.TimestampType):
        time = F.unix_micros(time)
    elif isinstance(kind, T.DateType):
        time = F.unix_date(time)
    return time.cast("decimal(38,0)")


def _units(s: Sides, tolerance: Any) -> Column:
    """The tolerance in the unit of `_distance`."""
    kind = s.left.schema[s.left_on].dataType
    if not isinstance(kind, (T.TimestampType, T.TimestampNTZType, T.DateType)):
        return F.lit(tolerance)
    if isinstance(tolerance, str):
        tolerance = _read(s.left.sparkSession, tolerance)
    micros = (tolerance.days * 86_400 + tolerance.seconds) * 1_000_000 + tolerance.microseconds
    return F.lit(micros // 86_400_000_000 if isinstance(kind, T.DateType) else micros)


def _read(spark: SparkSession, text: str) -> Any:
    """A duration as text: ISO-8601, or as Spark reads an interval."""
    iso = re.fullmatch(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?", text)
    if iso:
        days, hours, minutes, seconds = (float(g or 0) for g in iso.groups())
        return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    row: Any = spark.sql(f"SELECT INTERVAL '{text}'").first()  # type: ignore[reportUnknownMemberType]
    return row[0]


def _column(side: str, name: str) -> Column:
    quoted = name.replace("`", "``")
    return F.col(f"{side}.`{quoted}`")


def _orderable(kind: T.DataType) -> bool:
    return kind.typeName() not in ("map", "variant")


def _found(frame: DataFrame, name: str) -> str:
    exact = [c for c in frame.columns if c == name]
    return (exact or [c for c in frame.columns if c.lower() == name.lower()])[0]


def _list(names: Names) -> list[str]:
    return [names] if isinstance(names, str) else list(names)
