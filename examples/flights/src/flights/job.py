"""The job: everything from the two files to the tables, in one function that a notebook, a test or a script calls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from flights import delays, figures, inputs
from flights.departures import departures, timed
from flights.figures import Figures
from flights.traffic import in_the_air, with_aloft
from flights.weather import observations, with_rain, with_weather

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def departure_delays(
    spark: SparkSession,
    sources: inputs.Sources,
    *,
    start: date,
    end: date,
    origins: Sequence[str],
    tolerance: str | timedelta,
    output: str | Path,
) -> Figures:
    """Give each departure the weather that held then, write the tables as Parquet, and return the figures.

    `output` gets five tables: `departures` (one row per flight), `delays_by_band`, `delays_by_rain`, `delays_by_aloft`
    and `delays_by_hour`; what was there is overwritten. The others that were in the air with a departure are counted
    among all flights of the file, whichever days and origins are asked for. The result does not depend on the time zone
    of the session or of the machine.
    """
    if start > end:
        raise ValueError(f"start ({start}) is after end ({end}): no day lies between them.")
    table = str(output) + "/{}"
    flights = timed(inputs.read_flights(spark, sources.flights))
    leaving = with_aloft(departures(flights, start=start, end=end, origins=origins), in_the_air(flights))
    observed = observations(inputs.read_weather(spark, sources.weather))
    rained = with_rain(leaving, observed)
    with_weather(rained, observed, tolerance=tolerance).write.parquet(table.format("departures"), mode="overwrite")

    matched = spark.read.parquet(table.format("departures"))  # read back, so that the join runs once
    small = {
        "band": delays.by_band(matched),
        "rain": delays.by_rain(matched),
        "aloft": delays.by_aloft(matched),
        "hour": delays.by_hour(matched),
    }
    for name, delay in small.items():
        delay.coalesce(1).write.parquet(table.format(f"delays_by_{name}"), mode="overwrite")
    return Figures(
        *delays.counts(matched).first() or (),
        bands=figures.groups(small["band"]),
        rains=figures.groups(small["rain"]),
        alofts=figures.groups(small["aloft"]),
        hours=figures.groups(small["hour"]),
        staleness=figures.bins(delays.staleness(matched)),
    )
