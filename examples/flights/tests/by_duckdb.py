"""The same job by DuckDB, which reads the same two files itself: the oracle for every row of the year."""

from __future__ import annotations

from pathlib import Path

import duckdb

from flights.inputs import Sources

JOIN = """
CREATE OR REPLACE TABLE expected AS
WITH departures AS (
  SELECT make_date(year::INT, month::INT, day::INT) AS "day", hour::INT AS hour,
    carrier, flight::INT AS flight, tailnum, origin, dest,
    time_hour + to_minutes(minute) AS scheduled, time_hour + to_minutes(minute + dep_delay) AS departed,
    time_hour + to_minutes(minute + dep_delay + air_time) AS landed, dep_delay::INT AS dep_delay, arr_delay::INT AS arr_delay
  FROM flights
), left_by AS (
  SELECT DISTINCT dest, departed AS at, count(*) OVER (PARTITION BY dest ORDER BY departed) AS flights
  FROM departures WHERE landed IS NOT NULL
), landed_by AS (
  SELECT DISTINCT dest, landed AS at, count(*) OVER (PARTITION BY dest ORDER BY landed) AS flights
  FROM departures WHERE landed IS NOT NULL
), together AS (
  -- no pair is looked at: of those that left before this one landed, those that were down when it left do not count
  SELECT d.*, CASE WHEN d.landed IS NOT NULL THEN (l.flights - coalesce(a.flights, 0) - 1)::INT END AS aloft
  FROM departures d ASOF LEFT JOIN left_by l ON d.dest = l.dest AND d.landed > l.at
    ASOF LEFT JOIN landed_by a ON d.dest = a.dest AND d.departed >= a.at
), observations AS (
  SELECT origin, time_hour AS observed, temp, wind_speed, wind_gust, precip, visib,
    CASE WHEN visib < 3 THEN 'fog'
         WHEN precip > 0 AND temp <= 32 THEN 'snow'
         WHEN precip > 0 THEN 'rain'
         WHEN wind_speed BETWEEN 25 AND 150 OR wind_gust BETWEEN 35 AND 150 THEN 'windy'
         WHEN coalesce(visib, precip, wind_speed, wind_gust) IS NULL THEN 'unknown'
         ELSE 'fair' END AS band
  FROM weather
), rained AS (
  SELECT d.*, (SELECT sum(o.precip::DECIMAL(6, 2)) FROM observations o
    WHERE o.origin = d.origin AND o.observed > d.departed - INTERVAL '3 hours' AND o.observed <= d.departed) AS rain
  FROM together d
), latest AS (
  SELECT d.*, o.observed IS NOT NULL AND d.departed - o.observed <= INTERVAL '{tolerance}' AS near,
    o.observed, o.temp, o.wind_speed, o.wind_gust, o.precip, o.visib, o.band
  FROM rained d ASOF LEFT JOIN observations o ON d.origin = o.origin AND d.departed >= o.observed
)
SELECT "day", hour, carrier, flight, tailnum, origin, dest, scheduled, departed, landed, dep_delay, arr_delay,
  aloft, rain,
  {columns}, CASE WHEN near THEN (epoch(departed) - epoch(observed))::INT // 60 END AS staleness_minutes
FROM latest
"""
VALUES = ("observed", "temp", "wind_speed", "wind_gust", "precip", "visib", "band")


def differences(sources: Sources, departures: str | Path, *, tolerance: str) -> dict[str, int]:
    """How many rows only Spark has, only DuckDB has, and how many DuckDB has in all; the whole year, every column."""
    db = duckdb.connect(config={"threads": 2})
    db.execute("SET TimeZone = 'UTC'")
    db.execute("SET enable_progress_bar = false")
    for name, path in (("flights", sources.flights), ("weather", sources.weather)):
        db.execute(
            f"CREATE TABLE {name} AS SELECT * FROM read_csv(?, header = true, nullstr = 'NA', sample_size = -1)", [path]
        )
    columns = ", ".join(f"CASE WHEN near THEN {c} END AS {c}" for c in VALUES)
    db.execute(JOIN.format(tolerance=tolerance, columns=columns))
    db.execute(f"CREATE TABLE got AS SELECT * FROM read_parquet('{departures}/*.parquet')")

    def count(query: str) -> int:
        return db.execute(f"SELECT count(*) FROM ({query})").fetchall()[0][0]

    return {
        "rows": count("FROM expected"),
        "unmatched": count("FROM expected WHERE observed IS NULL"),
        "never_left": count("FROM expected WHERE departed IS NULL AND observed IS NULL"),
        "only_here": count("FROM got EXCEPT ALL FROM expected"),
        "only_duckdb": count("FROM expected EXCEPT ALL FROM got"),
    }
