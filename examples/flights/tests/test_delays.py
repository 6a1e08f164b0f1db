"""The small tables and the figures."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from instants import utc
from pyspark.sql import DataFrame

from flights import charts, delays
from flights.figures import NO_OBSERVATION, Bin, Figures, Group, bins, groups

AT = utc("2013-01-01 10:00")
MATCHED = """
  hour INT, band STRING, departed TIMESTAMP, observed TIMESTAMP, dep_delay INT, staleness_minutes INT,
  rain DECIMAL(16, 2), aloft INT
"""
NONE, SOME, MORE = Decimal("0.00"), Decimal("0.09"), Decimal("0.10")


@pytest.fixture
def matched(table: Callable[..., DataFrame]) -> DataFrame:
    return table(
        MATCHED,
        (5, "fair", AT, AT, -2, 0, NONE, 0),
        (5, "fair", AT, AT, 14, 4, NONE, None),  # how long it was in the air is not known
        (6, "rain", AT, AT, 15, 5, SOME, 4),
        (6, "rain", AT, AT, 45, 59, MORE, 5),
        (6, None, AT, None, 10, None, None, 10),  # nothing observed near enough
        (7, None, None, None, None, None, None, None),  # never left
    )


def test_delays_by_band_count_what_left(matched: DataFrame) -> None:
    assert groups(delays.by_band(matched)) == (
        Group(NO_OBSERVATION, 1, 10.0, 10.0, 10.0, 0.0),
        Group("fair", 2, 6.0, 6.0, pytest.approx(12.4), 0.0),
        Group("rain", 2, 30.0, 30.0, pytest.approx(42.0), 1.0),
    )


def test_delays_by_rain_the_worst_last(matched: DataFrame) -> None:
    assert [(g.name, g.mean_delay) for g in groups(delays.by_rain(matched))] == [
        ("none", 6.0),
        (NO_OBSERVATION, 10.0),
        ("under 0.1 inch", 15.0),
        ("0.1 inch or more", 45.0),
    ]


def test_delays_by_the_others_aloft_without_those_of_which_it_is_not_known(matched: DataFrame) -> None:
    assert [(g.name, g.departures, g.mean_delay) for g in groups(delays.by_aloft(matched))] == [
        ("0", 1, -2.0),
        ("1 to 4", 1, 15.0),
        ("5 to 9", 1, 45.0),
        ("over 9", 1, 10.0),
    ]


def test_delays_by_hour(matched: DataFrame) -> None:
    assert [(g.name, g.departures) for g in groups(delays.by_hour(matched))] == [("5", 2), ("6", 3)]


def test_staleness_in_bins(matched: DataFrame) -> None:
    assert bins(delays.staleness(matched)) == (Bin(0, 2), Bin(5, 1), Bin(55, 1))


def test_counts(matched: DataFrame) -> None:
    row = delays.counts(matched).first()
    assert row is not None
    assert row[:4] == (6, 4, 2, 1)
    assert row[4:] == (4.5, pytest.approx(50.9))


@pytest.mark.parametrize(
    "chart", [charts.staleness, charts.delay_by_band, charts.delay_by_rain, charts.delay_by_aloft, charts.delay_by_hour]
)
@pytest.mark.parametrize("some", [True, False])
def test_charts_draw_also_where_nothing_came_out(chart: Callable[[Figures], object], some: bool) -> None:
    group = (Group("fair", 2, 6.0, 6.0, 12.4, 0.0),) if some else ()
    hours = (Group("5", 2, 6.0, 6.0, 12.4, 0.0),) if some else ()
    nothing = Figures(0, 0, 0, 0, None, None, group, group, group, hours, (Bin(0, 2),) if some else ())
    assert chart(nothing) is not None
    assert "flights" in str(nothing)
