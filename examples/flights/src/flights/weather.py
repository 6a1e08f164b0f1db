"""Weather: the observations in bands, the one that held at each departure, and the rain before it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import penstock
from pyspark.sql import functions as F

from flights.transforms import weather_band

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def observations(weather: DataFrame) -> DataFrame:
    """The hourly observations with their weather band (the project's own Scala transform)."""
    readings = weather.select(
        "origin", F.col("time_hour").alias("observed"), "temp", "wind_speed", "wind_gust", "precip", "visib"
    )
    return weather_band(readings)


def with_weather(departures: DataFrame, observations: DataFrame, *, tolerance: str | timedelta) -> DataFrame:
    """Each departure with the latest observation at its airport, at most `tolerance` old.

    One row out per departure; without such an observation, or without a departure time, its columns are null.
    `staleness_minutes` is the age of the observation at departure.

    >>> with_weather(departures, observations, tolerance="2 hours")
    """
    matched = penstock.asof_join(
        departures, observations, left_on="departed", right_on="observed", by="origin", tolerance=tolerance
    )
    # In seconds for the same reason as in departures.py: TIMESTAMPDIFF counts on the session's local clock.
    age = F.unix_seconds("departed") - F.unix_seconds("observed")
    return matched.withColumn("staleness_minutes", (age / 60).cast("int"))


def with_rain(departures: DataFrame, observations: DataFrame) -> DataFrame:
    """Each departure with `rain`: the precipitation at its airport in the three hours before it, in inches.

    One row out per departure; null where nothing was observed in those hours, or the flight never left. Readings are
    added as decimals, so that no order of adding shows in the sum.

    >>> with_rain(departures, observations)
    """
    return penstock.window_join(
        departures,
        observations,
        left_on="departed",
        right_on="observed",
        by="origin",
        lower="-3 hours",
        upper="0",
        closed="right",  # a reading is of the hour before it: three of them, not four
        aggs={"rain": "sum(CAST(precip AS DECIMAL(6, 2)))"},
    )
