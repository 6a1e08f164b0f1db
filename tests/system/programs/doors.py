"""Attaches to a plain session and asks one question through every door that it has: doors.py MASTER-OR-REMOTE

The last line is JSON: what each step answered. Runs with the built wheel, see conftest.py.
"""

from __future__ import annotations

import json
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import penstock
from pyspark.sql import DataFrame, SparkSession

sys.path.insert(0, str(Path(__file__).parents[1]))
import question
import servers


def session(address: str) -> SparkSession:
    """A client of a Connect server, or a driver of its own on a cluster; nothing of Penstock is configured."""
    if address.startswith("sc://"):
        return SparkSession.builder.remote(address).getOrCreate()
    builder = SparkSession.builder.master(address)
    for key, value in servers.submit_settings().items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def another(spark: SparkSession, address: str) -> SparkSession:
    """A second session of the same application."""
    return SparkSession.builder.remote(address).create() if address.startswith("sc://") else spark.newSession()


def rows(frame: DataFrame) -> list[list[int | None]]:
    """Rows as JSON has them, in the order of the first column."""
    return sorted([list(row) for row in frame.collect()], key=lambda row: row[0])


def by_function(spark: SparkSession) -> list[list[int | None]]:
    """The Python function, over py4j or Connect."""
    left, right = spark.sql(question.LEFT).repartition(4), spark.sql(question.RIGHT).repartition(4)
    return rows(penstock.asof_join(left, right, on="ts", by="sym").select("id", "bid"))


def by_sql(spark: SparkSession) -> list[list[int | None]]:
    """The SQL function over temporary views."""
    spark.sql(question.LEFT).createOrReplaceTempView("penstock_l")
    spark.sql(question.RIGHT).createOrReplaceTempView("penstock_r")
    return rows(spark.sql(question.SQL))


def an_unrelated_jar() -> str:
    """A JAR with one text in it."""
    with zipfile.ZipFile("unrelated.jar", "w") as jar:
        jar.writestr("unrelated.txt", "nothing of Penstock")
    return str(Path("unrelated.jar").resolve())


def main(address: str) -> dict[str, object]:
    """Every step in turn."""
    spark = session(address)
    with ThreadPoolExecutor(2) as threads:
        origins = [a.origin for a in threads.map(penstock.attach, [spark, spark])]
    steps = {"function": by_function(spark), "sql": by_sql(spark)}
    # such small tables are broadcast; what is exchanged comes to other executors another way
    spark.conf.set("spark.penstock.join.strategy", "hash")
    steps |= {"function, both sides exchanged": by_function(spark), "sql, both sides exchanged": by_sql(spark)}
    spark.conf.unset("spark.penstock.join.strategy")

    second = another(spark, address)
    penstock.attach(second)
    steps["sql in a second session"] = by_sql(second)
    if address.startswith("sc://"):
        second.stop()  # PySpark 4.2 never leaves while two Connect sessions are open: both close at exit, one waits

    if address.startswith("sc://"):
        spark.addArtifacts(an_unrelated_jar())
    else:
        spark.sql(f"ADD JAR '{an_unrelated_jar()}'")
    penstock.attach(spark)
    steps["function after another JAR"] = by_function(spark)
    steps["sql after another JAR"] = by_sql(spark)

    report = penstock.doctor(spark)
    return {
        "app": spark.conf.get("spark.app.id"),
        "pyspark": spark.version,
        "origins": origins,
        "wheel": penstock.__file__,
        "doctor": report.as_dict(),
        "steps": steps,
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1])))
