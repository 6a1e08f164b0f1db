"""The peers that run on Spark, all in one session with the same settings."""

from __future__ import annotations

import contextlib
from importlib import metadata
from typing import TYPE_CHECKING

import penstock

from ..peer import Answer, Peer
from .data import Inputs

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

SETTINGS = {
    "spark.driver.memory": "6g",
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
}

# Spark's own join is to be the sort-merge join, and Penstock's sides are to be exchanged
EXCHANGE_ALL = {
    "spark.sql.autoBroadcastJoinThreshold": "-1",
    "spark.sql.adaptive.autoBroadcastJoinThreshold": "-1",
}


def start(broadcast: bool, cores: int = 2, memory: str = "6g") -> SparkSession:
    """So many cores, on this machine."""
    more = {"spark.driver.memory": memory} | ({} if broadcast else EXCHANGE_ALL)
    return penstock.session("benchmark", master=f"local[{cores}]", conf=SETTINGS | more)


class OnSpark:
    """The ways to do it in a Spark session."""

    def __init__(self, spark: SparkSession, inputs: Inputs) -> None:
        self.spark = spark
        self.size = inputs.size
        self.by = ["sym"] if inputs.size.keyed else []
        self.trades = spark.read.parquet(inputs.trades.rpartition("/")[0])
        self.quotes = spark.read.parquet(inputs.quotes.rpartition("/")[0])

    def peers(self) -> list[Peer]:
        """In the order of the table; the floor is no join, it is what every shuffled join must do."""
        version = f"Spark {self.spark.version}"
        own = Peer("Penstock", f"{penstock.__version__}, {version}", self.penstock)
        equi_join = "broadcast equi-join" if self.size.broadcast else "sort-merge equi-join"
        rest = [Peer(equi_join, version, self.equi_join)]
        if self.size.wide:
            return [own, *rest]
        rest.insert(0, Peer("union + last(ignore nulls)", version, self.union_last))
        if self.size.keyed:
            rest.insert(0, Peer("floor: exchange and sort both sides", version, self.floor))
        if not self.size.keyed:
            return [own, *rest]
        with contextlib.suppress(metadata.PackageNotFoundError):  # the small run of the tests goes without it
            rest.append(Peer("Tempo", f"{metadata.version('dbl-tempo')}, {version}", self.tempo))
        return [own, *rest]

    def penstock(self) -> Answer | None:
        """The call as a user writes it."""
        return self.consumed(penstock.asof_join(self.trades, self.quotes, on="ts", by=self.by))

    def consumed(self, joined: DataFrame) -> Answer | None:
        """By the checksum, or, where there are hundreds of columns, written to nowhere."""
        if not self.size.wide:
            return checksum(joined, "ts_right")
        joined.write.format("noop").mode("overwrite").save()
        return None

    def floor(self) -> None:
        """Both sides exchanged by key and sorted by time, every row written to nowhere.

        A checksum would not do here: Spark leaves out a sort whose order nobody asks for.
        """
        for side in (self.trades, self.quotes):
            side.repartition("sym").sortWithinPartitions("ts").write.format("noop").mode("overwrite").save()

    def union_last(self) -> Answer:
        """What is written by hand most often: one table, and the last quote above each trade."""
        from pyspark.sql import Window
        from pyspark.sql import functions as f

        nothing = f.lit(None)
        trades = self.trades.select("sym", "ts", "price", "volume", nothing.alias("quote"), f.lit(1).alias("side"))
        quote = f.struct(f.col("ts").alias("ts_right"), "bid", "ask").alias("quote")
        quotes = self.quotes.select(
            "sym", "ts", nothing.alias("price"), nothing.alias("volume"), quote, f.lit(0).alias("side")
        )
        before = Window.partitionBy(*self.by).orderBy("ts", "side").rowsBetween(Window.unboundedPreceding, 0)
        rows = trades.unionByName(quotes).withColumn("quote", f.last("quote", ignorenulls=True).over(before))
        return checksum(rows.where("side = 1").select("sym", "ts", "price", "volume", "quote.*"), "ts_right")

    def equi_join(self) -> None:
        """Spark's own join of the same inputs, on key and time: not the same question, but the same road."""
        quotes = self.quotes.withColumn("ts_right", self.quotes["ts"])
        self.consumed(self.trades.join(quotes, [*self.by, "ts"], "left"))

    def tempo(self) -> Answer:
        """Tempo's as-of join with its defaults."""
        from tempo import TSDF  # pyright: ignore[reportMissingImports]

        left = TSDF(self.trades, ts_col="ts", partition_cols=["sym"])
        right = TSDF(self.quotes, ts_col="ts", partition_cols=["sym"])
        joined = left.asofJoin(right, right_prefix="right").df
        return checksum(joined.withColumnsRenamed({"right_bid": "bid", "right_ask": "ask"}), "right_ts")


def checksum(frame: DataFrame, quote_time: str) -> Answer:
    """See `data.CHECKSUM`."""
    row = frame.selectExpr(
        "count(*)",
        "sum(price)",
        "sum(volume)",
        "count(bid)",
        "sum(bid)",
        "sum(ask)",
        f"sum(unix_micros(ts) - unix_micros({quote_time}))",
    ).first()
    assert row is not None
    return tuple(int(value or 0) for value in row)
