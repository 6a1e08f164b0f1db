"""Typed functions for the transforms in flights-spark-4.1_2.13-0.1.0.jar.

Written by `penstock stubs`; write it again when the JAR changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import penstock

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def weather_band(
    observations: DataFrame,
    *,
    visibility_below: float = 3.0,
    wind_from: float = 25.0,
    gust_from: float = 35.0,
    freezing_at: float = 32.0,
    sensor_limit: float = 150.0,
    into: str = "band",
) -> DataFrame:
    """Name the weather of each observation: fog, snow, rain, windy, fair or unknown.

    Args:
        visibility_below: miles; a shorter view is fog
        wind_from: miles an hour; from this speed on it is windy
        gust_from: miles an hour; from this gust on it is windy
        freezing_at: degrees Fahrenheit; precipitation at or below is snow
        sensor_limit: miles an hour; a faster wind is a broken sensor
        into: name of the new column
    """
    return penstock.call(
        "weather_band",
        observations,
        visibility_below=visibility_below,
        wind_from=wind_from,
        gust_from=gust_from,
        freezing_at=freezing_at,
        sensor_limit=sensor_limit,
        into=into,
    )
