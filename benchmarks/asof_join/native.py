"""Spark 4.3's own `ASOF JOIN`, in a Python that has that Spark: each line asks for one join, and gets its checksum.

    .venv-native/bin/python benchmarks/asof_join/native.py

A program by itself that imports nothing of these benchmarks: Penstock has no JAR for this Spark yet.
"""

import json
import sys
from typing import Any

SUMS = (
    "count(*), sum(price), sum(volume), count(bid), sum(bid), sum(ask),"
    " sum(unix_micros(left_ts) - unix_micros(right_ts))"
)


def main() -> None:
    """First Spark's version, then one line out for each line in."""
    spark = session(json.loads(sys.argv[1]))
    print(spark.version, flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(spark, **json.loads(line))), flush=True)


def session(settings: dict[str, str]) -> Any:
    """With the settings that every Spark peer has."""
    from pyspark.sql import SparkSession

    building = SparkSession.builder.appName("native").master("local[2]")
    for name, value in {**settings, "spark.sql.join.asofJoin.enabled": "true"}.items():
        building = building.config(name, value)
    return building.getOrCreate()


def answer(spark: Any, trades: str, quotes: str, keyed: bool) -> list[int]:
    """The checksum over all columns of the join."""
    spark.read.parquet(trades).createOrReplaceTempView("trades")
    spark.read.parquet(quotes).createOrReplaceTempView("quotes")
    row = spark.sql(
        f"""
        SELECT {SUMS} FROM (
          SELECT t.*, t.ts AS left_ts, q.ts AS right_ts, q.bid, q.ask
          FROM trades t LEFT ASOF JOIN quotes q MATCH_CONDITION (t.ts >= q.ts) {"ON t.sym = q.sym" if keyed else ""})
        """
    ).first()
    return [int(value or 0) for value in row]


if __name__ == "__main__":
    main()
