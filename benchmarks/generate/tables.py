"""The two tables of ten columns."""

from __future__ import annotations

from penstock import scenarios as s
from pyspark.sql import DataFrame


def plain(rows: int) -> s.Spec:
    """Ten columns that are one expression each."""
    columns = {
        "id": s.Sequence(),
        "account": s.Integer(0, 10**6),
        "kind": s.Category(("buy", "sell", "hold"), (5, 4, 1)),
        "region": s.Category(("eu", "us", "asia", "africa")),
        "ok": s.Boolean(0.95),
        "share": s.Uniform(),
        "qty": s.Integer(1, 500),
        "day": s.Date(),
        "ts": s.Ticks(every="10 milliseconds", jitter=1.0),
        "level": s.Sql("qty * share"),
    }
    return s.Spec({"t": s.Table(rows, columns)}, seed=1)


def full(rows: int) -> s.Spec:
    """Ten columns: ids, categories, a Zipf key, a normal, timestamps with late arrivals, text."""
    columns = {
        "id": s.Sequence(),
        "kind": s.Category(("buy", "sell", "hold"), (5, 4, 1)),
        "region": s.Category(("eu", "us", "asia", "africa")),
        "key": s.Zipf(1_000_000, 1.1),
        "price": s.Normal(100, 15, nulls=0.01),
        "qty": s.Integer(1, 500),
        "ts": s.Ticks(every="10 milliseconds", jitter=1.0),
        "seen": s.Arrival("ts", late=0.02),
        "sku": s.Pattern("??-####"),
        "note": s.Text(1, 5),
    }
    return s.Spec({"t": s.Table(rows, columns)}, seed=1)


def noop(frame: DataFrame) -> None:
    """Every row and cell is made, nothing is kept."""
    frame.write.format("noop").mode("overwrite").save()
