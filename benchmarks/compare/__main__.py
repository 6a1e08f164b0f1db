"""Compares two large frames: equal ones in other orders, and ones that differ in a single cell.

python -m benchmarks.compare [--rows 10000000] [--rounds 3]
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time

from penstock.core.compare.frames import difference
from pyspark.sql import DataFrame, SparkSession

_COLUMNS = ("id", "pmod(id, 1000) AS key", "rand_ AS price", "concat('name ', pmod(id, 5000)) AS name")


def frame(spark: SparkSession, rows: int, factor: int, changed: int = -1) -> DataFrame:
    """The same rows for every `factor`, in another order and in other partitions."""
    ids = spark.range(0, rows, 1, 2 * factor).selectExpr(f"pmod(id * {factor}, {rows}) AS id")
    price = (
        f"if(id = {changed}, double('NaN'), shiftrightunsigned(xxhash64(id), 11) * 1.1102230246251565E-16D) AS rand_"
    )
    return ids.selectExpr("id", price).selectExpr(*_COLUMNS)


def main() -> None:
    """Each case in turn, round after round; medians."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare", description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    one, same = frame(spark, options.rows, 1), frame(spark, options.rows, 7)
    other = frame(spark, options.rows, 7, options.rows // 2)
    cases = {
        "equal": (same, ()),
        "one cell": (other, ()),
        "equal, by key": (same, "id"),
        "one cell, by key": (other, "id"),
    }
    seconds: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(options.rounds):
        for name, (right, key) in cases.items():
            start = time.perf_counter()
            found = difference(one, right, key=key)
            seconds[name].append(time.perf_counter() - start)
            if (found is None) != name.startswith("equal"):
                raise SystemExit(f"{name}: {found}")
    for name, taken in seconds.items():
        print(f"{options.rows:,} rows, {name:17} {statistics.median(taken):7.1f} s")
    print(f"Python's memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
