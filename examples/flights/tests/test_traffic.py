"""Who is in the air with whom: touching spans, unknown times, midnight, and a flight with itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from instants import utc
from pyspark.sql import DataFrame
from test_departures import a_flight

from flights.departures import departures, timed
from flights.inputs import FLIGHTS
from flights.traffic import in_the_air, with_aloft

Table = Callable[..., DataFrame]
SPANS = "flight INT, dest STRING, departed TIMESTAMP, landed TIMESTAMP"


def aloft(flights: DataFrame, departures: DataFrame | None = None) -> dict[int, int | None]:
    """flight -> how many others were in the air with it."""
    departures = flights if departures is None else departures
    out = with_aloft(departures, in_the_air(flights))
    assert out.columns == [*departures.columns, "aloft"]
    rows = out.select("flight", "aloft").collect()
    assert len(rows) == departures.count()  # one row out per departure
    return dict(map(tuple, rows))


def span(flight: int, departed: str | None, landed: str | None, dest: str = "BOS") -> tuple[object, ...]:
    """On one day, by the clock of Greenwich."""
    return (flight, dest, *(None if at is None else utc(f"2013-01-01 {at}") for at in (departed, landed)))


def test_spans_that_touch_share_nothing_and_a_minute_is_enough(table: Table, any_zone: str) -> None:
    flights = table(
        SPANS,
        span(1, "10:00", "11:00"),
        span(2, "11:00", "12:00"),  # leaves as 1 lands
        span(3, "10:59", "11:01"),  # with both
        span(4, "10:10", "10:20"),  # within 1
        span(5, "13:00", "14:00"),  # alone: counted neither with itself nor by anyone
    )
    assert aloft(flights) == {1: 2, 2: 1, 3: 2, 4: 1, 5: 0}


def test_flights_of_one_span_count_each_other_and_not_themselves(table: Table) -> None:
    one = span(1, "10:00", "11:00")
    flights = table(SPANS, one, (2, *one[1:]), (3, *one[1:]))
    assert aloft(flights) == {1: 2, 2: 2, 3: 2}


def test_only_flights_to_the_same_place(table: Table) -> None:
    flights = table(
        SPANS,
        span(1, "10:00", "11:00"),
        span(2, "10:00", "11:00", dest="ORD"),
        span(3, "10:30", "11:30", dest="ORD"),
    )
    assert aloft(flights) == {1: 0, 2: 1, 3: 1}


def test_a_flight_whose_times_are_not_known_has_no_count_and_is_in_none(table: Table) -> None:
    flights = table(
        SPANS,
        span(1, "10:00", "11:00"),
        span(2, "09:00", None),  # left, and was not seen landing: an open end would be with every later one
        span(3, None, None),  # never left
    )
    assert aloft(flights) == {1: 0, 2: None, 3: None}


def test_over_midnight_the_flights_of_other_days_and_airports_count_too(table: Table, any_zone: str) -> None:
    every = timed(
        table(
            FLIGHTS,
            a_flight(1, utc("2013-02-01 04:00"), 50, 0, (1, 31, 23), air=30),  # 23:50 to 00:20 in New York
            a_flight(2, utc("2013-02-01 05:00"), 10, 0, (2, 1, 0), air=30),
            a_flight(3, utc("2013-02-01 05:00"), 15, 0, (2, 1, 0), origin="LGA", air=30),
            a_flight(4, utc("2013-02-01 05:00"), 20, 0, (2, 1, 0), air=30),  # as 1 lands
        )
    )
    chosen = departures(every, start=date(2013, 2, 1), end=date(2013, 2, 1), origins=["JFK"])
    assert aloft(every, chosen) == {2: 3, 4: 2}
