"""The peers that run on Spark, all in one session with the same settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import penstock

from ..peer import Answer, Peer
from .data import Inputs

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


class OnSpark:
    """The ways to do it in a Spark session."""

    def __init__(self, spark: SparkSession, inputs: Inputs) -> None:
        self.spark = spark
        self.size = inputs.size
        self.shifts = spark.read.parquet(inputs.shifts.rpartition("/")[0])
        self.alarms = spark.read.parquet(inputs.alarms.rpartition("/")[0])

    def peers(self) -> list[Peer]:
        """In the order of the table; the floor is no join, it is what every shuffled join must do."""
        version = f"Spark {self.spark.version}"
        found = [
            Peer("Penstock", f"{penstock.__version__}, {version}", self.penstock),
            Peer("floor: exchange and sort both sides", version, self.floor),
        ]
        return [*found, Peer("Spark's range join", version, self.range_join)] if self.size.spark else found

    def penstock(self) -> Answer:
        """The call as a user writes it."""
        by = ["sym"] if self.size.keys else []
        joined = penstock.interval_join(self.shifts, self.alarms, start="start", end="end", by=by)
        return checksum(joined, "start", "end", "start_right", "end_right")

    def floor(self) -> None:
        """Both sides exchanged by key, or cut by time where there is none, and sorted by start; written to nowhere.

        A checksum would not do here: Spark leaves out a sort whose order nobody asks for.
        """
        for side in (self.shifts, self.alarms):
            spread = side.repartition("sym") if self.size.keys else side.repartitionByRange("start")
            spread.sortWithinPartitions("start").write.format("noop").mode("overwrite").save()

    def range_join(self) -> Answer:
        """The join as it is written by hand: on the key, with the range as a condition."""
        alarms = self.alarms.toDF("sym_right", "start_right", "end_right", "alarm")
        overlap = "start < end_right AND start_right < end"
        on = f"sym = sym_right AND {overlap}" if self.size.keys else overlap
        from pyspark.sql import functions as f

        return checksum(self.shifts.join(alarms, f.expr(on)), "start", "end", "start_right", "end_right")


def checksum(frame: DataFrame, start: str, end: str, other_start: str, other_end: str) -> Answer:
    """See `data.CHECKSUM`."""
    row = frame.selectExpr(
        "count(*)",
        "sum(shift)",
        "sum(alarm)",
        f"sum(unix_micros(least({end}, {other_end})) - unix_micros(greatest({start}, {other_start})))",
    ).first()
    assert row is not None
    return tuple(int(value or 0) for value in row)
