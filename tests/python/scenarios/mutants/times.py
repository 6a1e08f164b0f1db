"""F: clocks and calendars."""

from __future__ import annotations

from penstock.scenarios.oracles.invariants import Invariant, RowCount
from penstock.scenarios.roles import Roles
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from .mutant import Mutant

ZONE = "America/New_York"
SHIFTS = """
SELECT concat('w', id % 4) AS worker, TIMESTAMP_NTZ'2024-05-06 08:15:00' + make_dt_interval(0, CAST(id AS INT), 0, 0) AS clock
FROM range(24)"""


def shift_starts(shifts: DataFrame) -> DataFrame:
    """Clock readings as instants: in spring there are readings that no clock has shown."""
    return (
        shifts.withColumn("utc", F.convert_timezone(F.lit(ZONE), F.lit("UTC"), "clock"))
        .withColumn("shown", F.convert_timezone(F.lit("UTC"), F.lit(ZONE), "utc"))
        .withColumn("problem", F.when(F.col("clock").isNull(), "no reading"))
    )


def shift_starts_right(shifts: DataFrame) -> DataFrame:
    made = shift_starts(shifts)
    moved = F.col("shown") != F.col("clock")
    return made.withColumn("problem", F.when(moved, "no such time").otherwise(F.col("problem")))


EVENTS = """
SELECT concat('d', id % 3) AS device, TIMESTAMP'2024-05-06 08:15:00Z' + make_dt_interval(0, 0, CAST(id * 17 AS INT), 0) AS ts,
    1 + id % 4 AS n FROM range(30)"""


def per_hour(events: DataFrame) -> DataFrame:
    """Events by the hour of New York: in autumn one hour comes twice, and both become one."""
    hour = F.date_format(F.from_utc_timestamp("ts", ZONE), "yyyy-MM-dd HH")
    return _by_hour(events.withColumn("hour", hour))


def per_hour_right(events: DataFrame) -> DataFrame:
    return _by_hour(events.withColumn("hour", F.expr("unix_micros(ts) - pmod(unix_micros(ts), 3600000000L)")))


def _by_hour(events: DataFrame) -> DataFrame:
    span = F.expr("max(unix_micros(ts)) - min(unix_micros(ts))").alias("span_us")
    return events.groupBy("device", "hour").agg(F.count("*").alias("events"), span)


def day_number(events: DataFrame) -> DataFrame:
    """Days since 1970: a cast cuts towards zero, so the day before is day 0, too."""
    return events.withColumn("day", (F.expr("unix_micros(ts)") / 86_400_000_000).cast("long"))


def day_number_right(events: DataFrame) -> DataFrame:
    return events.withColumn("day", F.expr("(unix_micros(ts) - pmod(unix_micros(ts), 86400000000L)) DIV 86400000000L"))


MUTANTS = [
    Mutant(
        "F1",
        shift_starts,
        shift_starts_right,
        SHIFTS,
        [
            RowCount(),
            Invariant("problem IS NOT NULL OR shown = clock"),
        ],
        Roles(key=("worker",), time="clock", zone=ZONE),
    ),
    Mutant(
        "F2",
        per_hour,
        per_hour_right,
        EVENTS,
        [Invariant("span_us IS NULL OR span_us < 3600000000L")],
        Roles(key=("device",), time="ts", zone=ZONE),
    ),
    Mutant(
        "F5",
        day_number,
        day_number_right,
        EVENTS,
        [RowCount(), Invariant("ts IS NULL OR unix_micros(ts) - day * 86400000000L BETWEEN 0 AND 86399999999L")],
        Roles(key=("device",), time="ts"),
    ),
]
