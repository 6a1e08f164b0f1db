"""Makes a table of ten columns and throws it away, in turn by every peer; medians of rows per second and core.

    python -m benchmarks.generate [--rows 20000000] [--rounds 5] [--large 100000000] [--results benchmarks/results]

Peers that are a hundred times slower get a hundredth of the rows; NumPy's frames must fit the driver. Nothing is written
but where --results says so.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from penstock import scenarios as s
from pyspark.sql import SparkSession

from . import peers, report
from .large import Large
from .tables import full, noop, plain

CORES = 2
REQUIRED = {"expressions": 2_000_000, "late arrivals and text": 500_000}
"""Rows per second and core."""


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
    parser.add_argument("--large", type=int, default=0, help="also make so many rows once, and look at the memory")
    parser.add_argument("--results", type=Path)
    options = parser.parse_args()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = (
        SparkSession.builder.master(f"local[{CORES}]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.memory", "1g")
        .getOrCreate()
    )
    timed: dict[str, list[float]] = {}
    for number in range(options.rounds + 1):
        for name, (rows, make) in cases(spark, options.rows).items():
            speed = timed_once(make, rows)
            print(f"round {number}  {name:34} {speed:14,.0f} rows/s per core", flush=True)
            if number > 0:  # the first is for the JVM to warm up
                timed.setdefault(name, []).append(speed)
    medians = {name: round(statistics.median(speeds)) for name, speeds in timed.items()}
    large = Large.made(spark, options.large) if options.large else None
    page = "\n".join(report.page(medians, REQUIRED, options.rows, options.rounds, spark.version, large))
    print(page)
    if options.results:
        options.results.mkdir(parents=True, exist_ok=True)
        (options.results / "generate.md").write_text(page, encoding="utf-8")


def timed_once(make: Callable[[], Any], rows: int) -> float:
    """Rows per second and core."""
    start = time.perf_counter()
    make()
    return rows / (time.perf_counter() - start) / CORES


if __name__ == "__main__":
    main()
