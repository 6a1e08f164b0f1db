"""The shapes, and the ways to do each: every answer is one row of whole numbers over all columns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import duckdb
import penstock

from benchmarks.asof_join.data import Inputs, Size
from benchmarks.asof_join.on_spark import OnSpark
from benchmarks.peer import Answer, Peer

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_RANGE = Size(
    "range",
    trades=100_000,
    quotes=10_000_000,
    keys=500,
    days=5,
    required={"range join": 0.05, "DuckDB": 1.0},
    title="Window join (10 minutes: avg, min, count)",
    program="window_join",
)
SIZES = {
    "range": _RANGE,
    # with "range" a curve: 1, 4 and 16 times the rows
    "range-sixteenth": replace(_RANGE, name="range-sixteenth", trades=6_250, quotes=625_000, required={}),
    "range-quarter": replace(_RANGE, name="range-quarter", trades=25_000, quotes=2_500_000, required={}),
    "three-windows": Size(
        "three-windows",
        trades=2_000_000,
        quotes=10_000_000,
        keys=500,
        days=5,
        required={"as-of join": 2.5},
        data="full",
        title="Window join (1, 5 and 10 minutes at once: avg, min, count)",
        program="window_join",
    ),
    "small": Size("small", trades=2_000, quotes=10_000, keys=20, days=5, program="window_join"),
}
AGGS = {"average": "avg(bid)", "low": "min(bid)", "n": "count(*)"}
TOTALS = "count(*), sum(price), sum(volume), sum(n), sum(low), sum(CAST(floor(average) AS bigint))"


def peers(spark: SparkSession, inputs: Inputs) -> list[Peer]:
    """Penstock first."""
    tables = OnSpark(spark, inputs)
    version = f"Spark {spark.version}"
    own = f"{penstock.__version__}, {version}"
    if inputs.size.name == "three-windows":
        return [
            Peer("Penstock", own, lambda: several_windows(tables)),
            Peer("as-of join", own, lambda: unanswered(tables.penstock())),
        ]
    return [
        Peer("Penstock", own, lambda: one_window(tables)),
        Peer("range join and GROUP BY", version, lambda: range_join(tables)),
        Peer("DuckDB", duckdb.__version__, lambda: in_duckdb(inputs)),
    ]


def unanswered(_: Answer | None) -> None:
    """Another question's answer: only its time counts."""


def one_window(tables: OnSpark) -> Answer:
    """The call as a user writes it."""
    joined = penstock.window_join(
        tables.trades, tables.quotes, on="ts", by="sym", lower="-10 minutes", upper="0", aggs=AGGS
    )
    return total(joined, TOTALS)


def several_windows(tables: OnSpark) -> Answer:
    """Three in one pass."""
    windows = {f"{n}m": (f"-{n} minutes", "0") for n in (1, 5, 10)}
    joined = penstock.window_join(tables.trades, tables.quotes, on="ts", by="sym", windows=windows, aggs=AGGS)
    sums = [f"sum(n_{w}), sum(low_{w}), sum(CAST(floor(average_{w}) AS bigint))" for w in windows]
    return total(joined, ", ".join(["count(*), sum(price), sum(volume)", *sums]))


def range_join(tables: OnSpark) -> Answer:
    """What is written by hand: every pair in the window, grouped by the left row again."""
    tables.trades.createOrReplaceTempView("trades")
    tables.quotes.createOrReplaceTempView("quotes")
    joined = tables.spark.sql(
        """
        WITH numbered AS (SELECT *, monotonically_increasing_id() AS row FROM trades)
        SELECT l.row, any_value(l.price) AS price, any_value(l.volume) AS volume,
          avg(r.bid) AS average, min(r.bid) AS low, count(r.ts) AS n
        FROM numbered l LEFT JOIN quotes r
          ON l.sym = r.sym AND r.ts BETWEEN l.ts - INTERVAL '10' MINUTE AND l.ts
        GROUP BY l.row
        """
    )
    return total(joined, TOTALS)


def total(frame: DataFrame, sums: str) -> Answer:
    """The checksum of a frame."""
    row = frame.selectExpr(*sums.split(", ")).first()
    assert row is not None
    return tuple(int(value or 0) for value in row)


def in_duckdb(inputs: Inputs) -> Answer:
    """The same as a join on a range."""
    db = duckdb.connect(config={"threads": 2})
    row = db.execute(
        f"""
        WITH numbered AS (SELECT *, row_number() OVER () AS row FROM read_parquet('{inputs.trades}')),
        joined AS (
          SELECT l.row, any_value(l.price) AS price, any_value(l.volume) AS volume,
            avg(r.bid) AS average, min(r.bid) AS low, count(r.ts) AS n
          FROM numbered l LEFT JOIN read_parquet('{inputs.quotes}') r
            ON l.sym = r.sym AND r.ts BETWEEN l.ts - INTERVAL 10 MINUTE AND l.ts
          GROUP BY l.row)
        SELECT {TOTALS} FROM joined
        """
    ).fetchone()
    assert row is not None
    return tuple(int(value or 0) for value in row)
