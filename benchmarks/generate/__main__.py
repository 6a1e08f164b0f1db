"""Makes a table of ten columns and throws it away, in turn by every peer; medians of rows per second and core.

    python -m benchmarks.generate [--rows 20000000] [--rounds 5] [--results FOLDER]

Peers that are a hundred times slower get a hundredth of the rows; NumPy's frames must fit the driver. Nothing is written
but where --results says so.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from penstock import scenarios as s
from pyspark.sql import DataFrame, SparkSession

from benchmarks.machine import machine

from . import peers

CORES = 2
REQUIRED = {"expressions": 2_000_000, "late arrivals and text": 500_000}
"""Rows per second and core."""


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


def cases(spark: SparkSession, rows: int) -> dict[str, tuple[int, Callable[[], Any]]]:
    """By name: how many rows, and what makes them."""
    few = max(rows // 100, 1)
    return {
        "expressions": (rows, lambda: noop(s.generate(plain(rows), spark=spark))),
        "expressions, a tenth": (rows // 10, lambda: noop(s.generate(plain(rows // 10), spark=spark))),
        "late arrivals and text": (rows, lambda: noop(s.generate(full(rows), spark=spark))),
        "late arrivals and text, a tenth": (rows // 10, lambda: noop(s.generate(full(rows // 10), spark=spark))),
        **{name: (few, lambda make=make: noop(make(spark, few))) for name, make in peers.found().items()},
    }


def main() -> None:
    """Rounds, then the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--results", type=Path)
    options = parser.parse_args()
    spark = (
        SparkSession.builder.master(f"local[{CORES}]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "3g")
        .getOrCreate()
    )
    timed: dict[str, list[float]] = {}
    for number in range(options.rounds + 1):
        for name, (rows, make) in cases(spark, options.rows).items():
            start = time.perf_counter()
            make()
            speed = rows / (time.perf_counter() - start) / CORES
            print(f"round {number}  {name:34} {speed:14,.0f} rows/s per core", flush=True)
            if number > 0:  # the first is for the JVM to warm up
                timed.setdefault(name, []).append(speed)
    told = {name: round(statistics.median(speeds)) for name, speeds in timed.items()}
    print(json.dumps({"rows": options.rows, "per_core": told, "required": REQUIRED, "machine": machine()}, indent=2))
    if options.results:
        options.results.mkdir(parents=True, exist_ok=True)
        (options.results / "generate.json").write_text(json.dumps({"per_core": told, "machine": machine()}, indent=2))


if __name__ == "__main__":
    main()
