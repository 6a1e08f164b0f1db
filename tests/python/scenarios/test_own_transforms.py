"""Penstock's own transforms under the catalogue: every scenario in both inputs, on an attached session."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import penstock
import pytest
from penstock import scenarios as s
from penstock.scenarios.suite.execute import Executor
from penstock.scenarios.suite.suite import Suite
from pyspark.sql import DataFrame

TRADES = """SELECT concat('s', id % 3) AS sym, TIMESTAMP'2024-05-06 09:00:05Z' + make_dt_interval(0, 0, 0, id * 7.5) AS ts,
    id AS qty FROM range(12)"""
QUOTES = """SELECT concat('s', id % 3) AS sym, TIMESTAMP'2024-05-06 09:00:00Z' + make_dt_interval(0, 0, 0, id * 5) AS ts,
    9D + id / 4 AS bid FROM range(18)"""
# a join's answer to another schema is another schema: what is refused, and why, is in tests/cases
WITHOUT = ("B3", "H1", "H2", "H4", "H5", "H6", "F7", "E9")
# those that are about keys, times and their order; with PENSTOCK_DEEP=1 all
ONLY = () if os.environ.get("PENSTOCK_DEEP") else ("A1", "B4", "B5", "C3", "E3", "F5", "G1")
BASE = {"trades": TRADES, "quotes": QUOTES}
ROLES = s.Roles(key=("sym",), time="ts")


def last_quote(trades: DataFrame, quotes: DataFrame) -> DataFrame:
    return penstock.asof_join(trades, quotes, on="ts", by="sym", tolerance="1 minute")


def by_greatest(trades: DataFrame, quotes: DataFrame) -> DataFrame:
    """The same by hand: the greatest quote by (time, all its columns) of those that may be taken."""
    rule = "l.sym = r.sym AND r.ts <= l.ts AND unix_micros(l.ts) - unix_micros(r.ts) <= 60000000"
    best = _pairs(trades, quotes, rule).agg(_expr(trades, "max(struct(r.ts, r.bid)) AS m"))
    return best.selectExpr("sym", "ts", "qty", "m.ts AS ts_right", "m.bid AS bid")


def quoted_lately(trades: DataFrame, quotes: DataFrame) -> DataFrame:
    aggs = {"n": "count(*)", "best": "max(bid)", "first": "min(bid)"}
    return penstock.window_join(trades, quotes, on="ts", by="sym", lower="-30 seconds", upper="0 seconds", aggs=aggs)


def by_join(trades: DataFrame, quotes: DataFrame) -> DataFrame:
    rule = "l.sym = r.sym AND r.ts <= l.ts AND unix_micros(l.ts) - unix_micros(r.ts) <= 30000000"
    values = [_expr(trades, text) for text in ("count(one) AS n", "max(r.bid) AS best", "min(r.bid) AS first")]
    told = _pairs(trades, quotes.selectExpr("*", "1 AS one"), rule).agg(*values)
    return told.select("sym", "ts", "qty", "n", "best", "first")


def _pairs(trades: DataFrame, quotes: DataFrame, rule: str) -> Any:
    """Every trade with each quote that may be taken, grouped by trade."""
    left = trades.selectExpr("*", "monotonically_increasing_id() AS _l").alias("l")
    return left.join(quotes.alias("r"), _expr(trades, rule), "left").groupBy("_l", "l.sym", "l.ts", "l.qty")


def overlapping(trades: DataFrame, quotes: DataFrame) -> DataFrame:
    return penstock.interval_join(_lasting(trades), _lasting(quotes), start="ts", end="until", by="sym")


def by_range(trades: DataFrame, quotes: DataFrame) -> DataFrame:
    rule = "l.sym = r.sym AND l.ts < r.until AND r.ts < l.until"
    left, right = _lasting(trades).alias("l"), _lasting(quotes).alias("r")
    columns = [_expr(trades, t) for t in ("l.*", "r.ts AS ts_right", "r.bid AS bid", "r.until AS until_right")]
    return left.join(right, _expr(trades, rule)).select(*columns)


def _lasting(frame: DataFrame) -> DataFrame:
    """Every row lasts 20 seconds; what has no beginning is left out, for to an interval that means no bound."""
    until = "timestamp_micros(unix_micros(ts) + 20000000L) AS until"
    return frame.where("ts IS NOT NULL").selectExpr("*", until)


def _expr(_: DataFrame, text: str) -> Any:
    from pyspark.sql import functions as F

    return F.expr(text)


@s.over(
    BASE,
    last_quote,
    roles=ROLES,
    only=ONLY,
    without=WITHOUT,
    oracles=[s.Reference(by_greatest), s.RowCount("trades"), s.RowOrder(), s.SplitUnion()],
)
def test_asof_join() -> None: ...


@s.over(
    BASE,
    quoted_lately,
    roles=ROLES,
    only=ONLY,
    without=WITHOUT,
    oracles=[s.Reference(by_join), s.RowCount("trades"), s.RowOrder(), s.SplitUnion()],
)
def test_window_join() -> None: ...


@s.over(
    BASE,
    overlapping,
    roles=ROLES,
    only=ONLY,
    without=WITHOUT,
    oracles=[s.Reference(by_range), s.RowOrder(), s.SplitUnion()],
)
def test_interval_join() -> None: ...


ALL = {"asof_join", "interval_join", "window_join"}


@pytest.fixture(scope="module")
def penstock_spark(spark: Any) -> Iterator[Any]:
    """A session of its own with Penstock attached; the one that the other tests share stays plain."""
    session = spark.newSession()
    penstock.attach(session)
    yield session


def test_no_transform_is_left_out() -> None:
    from penstock import transforms

    assert {name for name, thing in vars(transforms).items() if callable(thing)} == ALL
    assert {n.removeprefix("test_") for n, f in globals().items() if hasattr(f, "penstock_suite")} == ALL


@pytest.mark.skipif(not os.environ.get("PENSTOCK_DEEP"), reason="the pairwise set takes minutes: PENSTOCK_DEEP=1")
@pytest.mark.parametrize("test", [test_asof_join, test_window_join, test_interval_join])
def test_full(penstock_spark: Any, test: Any) -> None:
    suite: Suite = test.penstock_suite
    found = suite.run(penstock_spark, "full", executor=Executor(penstock_spark, at_once=48))
    assert [str(o) for each in found.values() for o in each if o.status == "fail"] == []
