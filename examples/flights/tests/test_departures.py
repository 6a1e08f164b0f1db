"""When a flight left and landed: the null departure, the repeated hour, and a delay over a night of daylight saving."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from instants import seconds, utc
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from flights.departures import departures, timed
from flights.inputs import FLIGHTS

Table = Callable[..., DataFrame]


def a_flight(
    number: int,
    hour: datetime,
    minute: int,
    delay: int | None,
    local: tuple[int, ...],
    origin: str = "JFK",
    air: int | None = None,
):
    """One row of flights.csv. `local` is what New York's clock and calendar said: (month, day, hour)."""
    month, day, clock = local
    scheduled = clock * 100 + minute
    return (
        *(2013, month, day, None, scheduled, delay, None, None, None, "UA", number, None, origin, "BOS", air, 187),
        *(clock, minute, hour),
    )


def left(flights: DataFrame, **which: object) -> list[tuple[int, int, int | None]]:
    """(flight, scheduled, departed) in seconds."""
    chosen = {"start": date(2013, 1, 1), "end": date(2013, 12, 31), "origins": ["JFK"], **which}
    rows = departures(timed(flights), **chosen).select(
        "flight", F.unix_seconds("scheduled"), F.unix_seconds("departed")
    )
    return sorted(tuple(row) for row in rows.collect())


def test_a_departure_is_the_scheduled_instant_plus_the_delay(table: Table, any_zone: str) -> None:
    flights = table(
        FLIGHTS,
        a_flight(1, utc("2013-01-01 10:00"), 15, 2, (1, 1, 5)),
        a_flight(2, utc("2013-01-01 10:00"), 29, -4, (1, 1, 5)),
        a_flight(3, utc("2013-01-01 10:00"), 40, None, (1, 1, 5)),
    )
    assert left(flights) == [
        (1, seconds("2013-01-01 10:15"), seconds("2013-01-01 10:17")),
        (2, seconds("2013-01-01 10:29"), seconds("2013-01-01 10:25")),
        (3, seconds("2013-01-01 10:40"), None),  # never left, and stays
    ]


def test_a_landing_is_the_departure_plus_the_time_in_the_air(table: Table, any_zone: str) -> None:
    flights = table(
        FLIGHTS,
        a_flight(1, utc("2013-11-03 03:00"), 59, 1, (11, 2, 23), air=150),  # over midnight and the change of the clock
        a_flight(2, utc("2013-01-01 10:00"), 0, 1, (1, 1, 5)),  # left, and was not seen landing
        a_flight(3, utc("2013-01-01 10:00"), 0, None, (1, 1, 5)),
    )
    rows = timed(flights).select("flight", F.unix_seconds("landed")).collect()
    assert dict(map(tuple, rows)) == {1: seconds("2013-11-03 06:30"), 2: None, 3: None}


def test_the_hour_that_the_clock_shows_twice_is_two_hours(table: Table, any_zone: str) -> None:
    flights = table(
        FLIGHTS,
        a_flight(1, utc("2013-11-03 05:00"), 30, 0, (11, 3, 1)),  # 01:30, still daylight saving
        a_flight(2, utc("2013-11-03 06:00"), 30, 0, (11, 3, 1)),  # 01:30 again
    )
    assert left(flights) == [
        (1, seconds("2013-11-03 05:30"), seconds("2013-11-03 05:30")),
        (2, seconds("2013-11-03 06:30"), seconds("2013-11-03 06:30")),
    ]


def test_a_delay_of_more_than_a_day_over_the_clock_change_is_counted_in_real_minutes(
    table: Table, any_zone: str
) -> None:
    flights = table(
        FLIGHTS,
        a_flight(1, utc("2013-11-03 03:00"), 59, 25 * 60, (11, 2, 23)),
        a_flight(2, utc("2013-03-10 04:00"), 59, 25 * 60, (3, 9, 23)),
        a_flight(3, utc("2013-04-06 14:00"), 0, 25 * 60, (4, 6, 10)),  # Lord Howe changes here, by half an hour
    )
    assert [departed - scheduled for _, scheduled, departed in left(flights)] == [25 * 3600] * 3


def test_days_are_those_of_new_york_and_both_ends_are_included(table: Table, any_zone: str) -> None:
    flights = table(
        FLIGHTS,
        a_flight(1, utc("2013-02-01 04:00"), 59, 0, (1, 31, 23)),  # in UTC already February
        a_flight(2, utc("2013-02-01 11:00"), 0, 0, (2, 1, 6)),
        a_flight(3, utc("2013-02-03 04:00"), 0, 0, (2, 2, 23)),
        a_flight(4, utc("2013-02-03 11:00"), 0, 0, (2, 3, 6)),
    )
    assert [row[0] for row in left(flights, start=date(2013, 2, 1), end=date(2013, 2, 2))] == [2, 3]


def test_only_the_origins_asked_for(table: Table) -> None:
    rows = [
        a_flight(n, utc("2013-02-01 11:00"), 0, 0, (2, 1, 6), origin) for n, origin in enumerate(["EWR", "JFK", "LGA"])
    ]
    assert [row[0] for row in left(table(FLIGHTS, *rows), origins=["EWR", "LGA"])] == [0, 2]
