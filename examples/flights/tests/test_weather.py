"""Which observation a departure gets: the edge of the tolerance, the repeated hour, double observations, no airport."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from instants import utc
from pyspark.sql import DataFrame

from flights.inputs import WEATHER
from flights.weather import observations, with_rain, with_weather

Table = Callable[..., DataFrame]
DEPARTURES = "flight INT, origin STRING, departed TIMESTAMP"
OBSERVED = "origin STRING, observed TIMESTAMP, temp DOUBLE"


def matches(departures: DataFrame, observed: DataFrame, tolerance: str | timedelta = "2 hours") -> dict[int, tuple]:
    """flight -> (temperature of its observation, its age in minutes)."""
    rows = (
        with_weather(departures, observed, tolerance=tolerance).select("flight", "temp", "staleness_minutes").collect()
    )
    assert len(rows) == departures.count()  # one row out per departure
    return {row.flight: (row.temp, row.staleness_minutes) for row in rows}


def test_the_latest_observation_not_after_the_departure(table: Table, any_zone: str) -> None:
    departures = table(
        DEPARTURES,
        (1, "JFK", utc("2013-01-01 10:17")),
        (2, "JFK", utc("2013-01-01 11:00")),
        (3, "LGA", utc("2013-01-01 10:17")),
        (4, "JFK", utc("2013-01-01 09:59")),
    )
    observed = table(
        OBSERVED,
        ("JFK", utc("2013-01-01 10:00"), 40.0),
        ("JFK", utc("2013-01-01 11:00"), 41.0),
        ("LGA", utc("2013-01-01 10:00"), 50.0),
    )
    assert matches(departures, observed) == {1: (40.0, 17), 2: (41.0, 0), 3: (50.0, 17), 4: (None, None)}


@pytest.mark.parametrize("tolerance", ["2 hours", timedelta(hours=2)])
def test_the_tolerance_includes_its_edge(table: Table, tolerance: str | timedelta) -> None:
    departures = table(DEPARTURES, (1, "JFK", utc("2013-01-01 12:00")), (2, "JFK", utc("2013-01-01 12:01")))
    observed = table(OBSERVED, ("JFK", utc("2013-01-01 10:00"), 40.0))
    assert matches(departures, observed, tolerance) == {1: (40.0, 120), 2: (None, None)}


def test_what_never_left_and_where_nobody_observes_stay_unmatched(table: Table) -> None:
    departures = table(
        DEPARTURES, (1, "JFK", None), (2, "XXX", utc("2013-01-01 10:30")), (3, None, utc("2013-01-01 10:30"))
    )
    observed = table(
        OBSERVED, ("JFK", utc("2013-01-01 10:00"), 40.0), ("JFK", None, 99.0), (None, utc("2013-01-01 10:00"), 98.0)
    )
    assert matches(departures, observed) == dict.fromkeys((1, 2, 3), (None, None))


def test_the_hour_that_the_clock_shows_twice_is_two_hours(table: Table, any_zone: str) -> None:
    weather = table(
        WEATHER,
        *(
            ("JFK", 2013, 11, 3, 1, temp, 40.0, 60.0, 250, 8.0, None, 0.0, 1010.0, 10.0, utc(instant))
            for temp, instant in ((53.96, "2013-11-03 05:00"), (51.98, "2013-11-03 06:00"))
        ),
    )
    departures = table(DEPARTURES, (1, "JFK", utc("2013-11-03 05:40")), (2, "JFK", utc("2013-11-03 06:40")))
    assert matches(departures, observations(weather)) == {1: (53.96, 40), 2: (51.98, 40)}


def test_two_observations_of_one_instant_give_one_row_whatever_their_order(table: Table) -> None:
    departures = table(DEPARTURES, (1, "JFK", utc("2013-01-01 10:17")))
    double = [("JFK", utc("2013-01-01 10:00"), 40.0), ("JFK", utc("2013-01-01 10:00"), 50.0)]
    assert (
        matches(departures, table(OBSERVED, *double))
        == matches(departures, table(OBSERVED, *double[::-1]))
        == {1: (50.0, 17)}
    )


def test_the_rain_of_the_three_hours_before(table: Table, any_zone: str) -> None:
    departures = table(
        DEPARTURES,
        (
            1,
            "JFK",
            utc("2013-11-03 08:00"),
        ),  # three readings: the one of its own instant, not the one three hours before
        (2, "JFK", utc("2013-11-03 05:30")),
        (3, "JFK", utc("2013-11-03 12:00")),  # nothing was observed
        (4, "LGA", utc("2013-11-03 08:00")),
        (5, "JFK", None),
    )
    hours = [(5, 0.5), (6, 0.01), (7, None), (8, 0.02)]
    observed = table(
        "origin STRING, observed TIMESTAMP, precip DOUBLE",
        *(("JFK", utc(f"2013-11-03 {hour:02}:00"), precip) for hour, precip in hours),
    )
    rows = with_rain(departures, observed).select("flight", "rain").collect()
    assert dict(map(tuple, rows)) == {1: Decimal("0.03"), 2: Decimal("0.50"), 3: None, 4: None, 5: None}


def test_the_weather_band_comes_from_the_scala_transform(table: Table) -> None:
    def hour(number: int, temp: float, wind: float | None, precip: float, visib: float) -> tuple[object, ...]:
        instant = utc(f"2013-01-01 {number:02}:00")
        return ("JFK", 2013, 1, 1, 0, temp, 30.0, 60.0, 250, wind, None, precip, 1010.0, visib, instant)

    weather = table(
        WEATHER,
        hour(1, 40.0, 10.0, 0.0, 10.0),
        hour(2, 40.0, 10.0, 0.0, 1.0),
        hour(3, 40.0, 10.0, 0.1, 10.0),
        hour(4, 30.0, 10.0, 0.1, 10.0),
        hour(5, 40.0, 30.0, 0.0, 10.0),
        hour(6, 40.0, 1048.0, 0.0, 10.0),
        hour(7, 40.0, None, 0.0, 10.0),
    )
    rows = observations(weather).orderBy("observed").collect()
    assert [row.band for row in rows] == ["fair", "fog", "rain", "snow", "windy", "fair", "fair"]
