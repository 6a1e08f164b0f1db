"""Departures: the flights of some days and airports, each with the instants at which it left and landed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def timed(flights: DataFrame) -> DataFrame:
    """All flights, each with its day by New York's calendar and with the instants `scheduled`, `departed`, `landed`.

    `departed` is the scheduled instant plus the delay; a flight that never left stays, with a null one. `landed` is the
    departure plus the time in the air; null where that is not known. Both leave out the way to the runway, which the
    data does not tell.
    """
    day = F.make_date("year", "month", "day")
    scheduled = F.unix_seconds("time_hour") + 60 * F.col("minute")
    # Seconds, not `timestamp + INTERVAL`: an interval of a day or more follows the session's calendar, so that a delay
    # over a night of daylight saving would depend on the time zone of whoever runs the job.
    departed = scheduled + 60 * F.col("dep_delay")
    return flights.select(
        day.alias("day"),
        "hour",
        "carrier",
        "flight",
        "tailnum",
        "origin",
        "dest",
        F.timestamp_seconds(scheduled).alias("scheduled"),
        F.timestamp_seconds(departed).alias("departed"),
        F.timestamp_seconds(departed + 60 * F.col("air_time")).alias("landed"),
        "dep_delay",
        "arr_delay",
    )


def departures(timed: DataFrame, *, start: date, end: date, origins: Sequence[str]) -> DataFrame:
    """The flights scheduled from `start` to `end` (both included, New York's calendar) at `origins`.

    >>> departures(timed(flights), start=date(2013, 1, 1), end=date(2013, 1, 31), origins=["JFK"])
    """
    return timed.where(F.col("day").between(F.lit(start), F.lit(end)) & F.col("origin").isin(list(origins)))
