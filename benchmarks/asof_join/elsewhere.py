"""The peers that run without Spark, on the same two cores and the same files."""

from __future__ import annotations

import os

os.environ["POLARS_MAX_THREADS"] = "2"  # read when Polars is imported

import duckdb
import polars as pl

from ..peer import Answer, Peer
from .data import Inputs


def peers(inputs: Inputs) -> list[Peer]:
    """They show what two cores can do."""
    db = duckdb.connect(config={"threads": 2})
    return [
        Peer("DuckDB", duckdb.__version__, lambda: in_duckdb(db, inputs)),
        Peer("Polars", pl.__version__, lambda: in_polars(inputs)),
    ]


def in_duckdb(db: duckdb.DuckDBPyConnection, inputs: Inputs) -> Answer:
    """Its ASOF JOIN."""
    row = db.execute(
        f"""
        SELECT count(*), sum(price), sum(volume), count(bid), sum(bid), sum(ask),
          sum(epoch_us(t.ts) - epoch_us(q.ts))
        FROM read_parquet('{inputs.trades}') t ASOF LEFT JOIN read_parquet('{inputs.quotes}') q
          ON {"t.sym = q.sym AND" if inputs.size.keyed else ""} t.ts >= q.ts
        """
    ).fetchone()
    assert row is not None
    return tuple(int(value or 0) for value in row)


def in_polars(inputs: Inputs) -> Answer:
    """Its join_asof, which wants both sides sorted."""
    trades = pl.scan_parquet(inputs.trades).sort("ts")
    quotes = pl.scan_parquet(inputs.quotes).with_columns(quoted=pl.col("ts")).sort("ts")
    age = pl.col("ts").dt.epoch("us") - pl.col("quoted").dt.epoch("us")
    joined = trades.join_asof(quotes, on="ts", by="sym" if inputs.size.keyed else None, check_sortedness=False)
    total = joined.select(
        pl.len().alias("rows"),
        pl.sum("price"),
        pl.sum("volume"),
        pl.count("bid").alias("matched"),
        pl.sum("bid").alias("bids"),
        pl.sum("ask"),
        age.sum().alias("age"),
    ).collect()
    return tuple(int(value or 0) for value in total.row(0))
