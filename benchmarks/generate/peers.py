"""What people do today: Faker in a UDF, and NumPy with createDataFrame. A peer that is not installed is left out."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from typing import Any, cast

from pyspark.sql import DataFrame, SparkSession

Maker = Callable[[SparkSession, int], DataFrame]


def found() -> dict[str, Maker]:
    """The peers that can run here."""
    makers: dict[str, Maker] = {"NumPy and createDataFrame": numpy_frame}
    if importlib.util.find_spec("faker"):
        makers["Faker in a UDF"] = faker_frame
    return makers


def numpy_frame(spark: SparkSession, rows: int) -> DataFrame:
    """The ten columns as arrays, through pandas and Arrow."""
    import numpy as np
    import pandas as pd

    spark.conf.set("spark.sql.execution.arrow.pyspark.enabled", "true")
    random = np.random.default_rng(1)
    ts = pd.Timestamp("2024-01-01") + pd.to_timedelta(np.arange(rows) * 10_000, unit="us")
    words = random.choice(["amber", "anchor", "apple", "arch"], (rows, 3))
    frame = pd.DataFrame(
        {
            "id": np.arange(rows),
            "kind": random.choice(["buy", "sell", "hold"], rows, p=[0.5, 0.4, 0.1]),
            "region": random.choice(["eu", "us", "asia", "africa"], rows),
            "key": random.zipf(1.1, rows),
            "price": random.normal(100, 15, rows),
            "qty": random.integers(1, 501, rows),
            "ts": ts,
            "seen": ts + pd.to_timedelta(random.exponential(1e6, rows).astype("int64"), unit="us"),
            "sku": np.char.add("AB-", random.integers(0, 10_000, rows).astype(str)),
            "note": [" ".join(row) for row in words],
        }
    )
    return spark.createDataFrame(frame)


def faker_frame(spark: SparkSession, rows: int) -> DataFrame:
    """One Python function per row."""
    from pyspark.sql.functions import udf

    @udf("struct<kind: string, region: string, price: double, qty: int, ts: timestamp, sku: string, note: string>")
    def made(_: int) -> Any:
        fake = _faker()
        return (
            fake.random_element(("buy", "sell", "hold")),
            fake.country_code(),
            fake.pyfloat(),
            fake.random_int(1, 500),
            fake.date_time(),
            fake.bothify("??-####"),
            fake.sentence(4),
        )

    return spark.range(rows).select("id", cast(Any, made)("id").alias("made")).selectExpr("id", "made.*")


_made: list[Any] = []


def _faker() -> Any:
    """One generator per Python worker: to make one takes a tenth of a second."""
    if not _made:
        import importlib

        _made.append(importlib.import_module("faker").Faker())
    return _made[0]
