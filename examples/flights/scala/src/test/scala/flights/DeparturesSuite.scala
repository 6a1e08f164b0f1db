package flights

import java.sql.Timestamp
import java.time.{Instant, LocalDate}

import org.apache.spark.sql.DataFrame
import org.apache.spark.sql.functions.{col, unix_seconds}
import org.scalatest.funsuite.AnyFunSuite

/** When a flight left and which observation it gets: the null departure, the repeated hour, the tolerance's edge. */
class DeparturesSuite extends AnyFunSuite with LocalSpark {

  private val zones = Seq("UTC", "America/New_York", "Australia/Lord_Howe")

  private def utc(text: String): Timestamp = Timestamp.from(Instant.parse(text))

  private def seconds(text: String): Long = Instant.parse(text).getEpochSecond

  /** (flight, what the clock said: month, day, hour; the hour as an instant, minute, delay); each an hour in the air */
  private def flights(rows: (Int, Int, Int, Int, Timestamp, Int, Option[Int])*): DataFrame = {
    import spark.implicits._
    rows
      .toDF("flight", "month", "day", "hour", "time_hour", "minute", "dep_delay")
      .selectExpr(
        "*",
        "2013 AS year",
        "'UA' AS carrier",
        "'N1' AS tailnum",
        "'JFK' AS origin",
        "'BOS' AS dest",
        "0 AS arr_delay",
        "60 AS air_time"
      )
  }

  private def left(
      frame: DataFrame,
      start: String = "2013-01-01",
      end: String = "2013-12-31"
  ): Map[Int, (Long, Option[Long])] =
    Departures
      .departures(Departures.timed(frame), LocalDate.parse(start), LocalDate.parse(end), Seq("JFK"))
      .select(col("flight"), unix_seconds(col("scheduled")), unix_seconds(col("departed")))
      .collect()
      .map(r => r.getInt(0) -> ((r.getLong(1), if (r.isNullAt(2)) None else Some(r.getLong(2)))))
      .toMap

  test("a departure is the scheduled instant plus the delay; what never left stays, in every time zone") {
    val rows = flights(
      (1, 1, 1, 5, utc("2013-01-01T10:00:00Z"), 15, Some(2)),
      (2, 1, 1, 5, utc("2013-01-01T10:00:00Z"), 40, None),
      (3, 11, 3, 1, utc("2013-11-03T05:00:00Z"), 30, Some(0)), // the hour that the clock shows twice
      (4, 11, 3, 1, utc("2013-11-03T06:00:00Z"), 30, Some(0)),
      (5, 11, 2, 23, utc("2013-11-03T03:00:00Z"), 59, Some(25 * 60)), // over the change of the clock
      (6, 4, 6, 10, utc("2013-04-06T14:00:00Z"), 0, Some(25 * 60))
    )
    zones.foreach { zone =>
      withZone(zone) {
        assert(
          left(rows) == Map(
            1 -> ((seconds("2013-01-01T10:15:00Z"), Some(seconds("2013-01-01T10:17:00Z")))),
            2 -> ((seconds("2013-01-01T10:40:00Z"), None)),
            3 -> ((seconds("2013-11-03T05:30:00Z"), Some(seconds("2013-11-03T05:30:00Z")))),
            4 -> ((seconds("2013-11-03T06:30:00Z"), Some(seconds("2013-11-03T06:30:00Z")))),
            5 -> ((seconds("2013-11-03T03:59:00Z"), Some(seconds("2013-11-04T04:59:00Z")))),
            6 -> ((seconds("2013-04-06T14:00:00Z"), Some(seconds("2013-04-07T15:00:00Z"))))
          ),
          zone
        )
      }
    }
  }

  test("a landing is the departure plus the time in the air, over a change of the clock too") {
    val rows = flights(
      (1, 11, 2, 23, utc("2013-11-03T03:00:00Z"), 59, Some(121)),
      (2, 1, 1, 5, utc("2013-01-01T10:00:00Z"), 0, None)
    )
    zones.foreach { zone =>
      withZone(zone) {
        val landed = Departures.timed(rows).select(col("flight"), unix_seconds(col("landed"))).collect()
        assert(
          landed.map(r => r.getInt(0) -> r.get(1)).toMap == Map(1 -> seconds("2013-11-03T07:00:00Z"), 2 -> null),
          zone
        )
      }
    }
  }

  test("days are those of New York, both ends included") {
    val rows = flights(
      (1, 1, 31, 23, utc("2013-02-01T04:00:00Z"), 59, Some(0)), // in UTC already February
      (2, 2, 1, 6, utc("2013-02-01T11:00:00Z"), 0, Some(0)),
      (3, 2, 2, 23, utc("2013-02-03T04:00:00Z"), 0, Some(0)),
      (4, 2, 3, 6, utc("2013-02-03T11:00:00Z"), 0, Some(0))
    )
    zones.foreach(zone => withZone(zone)(assert(left(rows, "2013-02-01", "2013-02-02").keySet == Set(2, 3), zone)))
  }

  test("the rain of the three hours before: the reading at the departure, not the one three hours before it") {
    import spark.implicits._
    val departures = Seq(
      (1, "JFK", Some(utc("2013-11-03T08:00:00Z"))),
      (2, "JFK", Some(utc("2013-11-03T12:00:00Z"))), // nothing was observed
      (3, "JFK", None)
    ).toDF("flight", "origin", "departed")
    val observed = Seq((5, Some(0.5)), (6, Some(0.01)), (7, None), (8, Some(0.02))).map { case (hour, precip) =>
      ("JFK", utc(s"2013-11-03T0$hour:00:00Z"), precip)
    }
    val out = Departures.withRain(departures, observed.toDF("origin", "observed", "precip"))
    val got = out.select("flight", "rain").collect().map(r => r.getInt(0) -> Option(r.getDecimal(1)).map(_.toString))
    assert(got.toMap == Map(1 -> Some("0.03"), 2 -> None, 3 -> None))
  }

  test("each departure gets the latest observation at its airport, at most the tolerance old") {
    import spark.implicits._
    val departures = Seq(
      (1, "JFK", Some(utc("2013-01-01T10:17:00Z"))),
      (2, "JFK", Some(utc("2013-01-01T12:00:00Z"))), // at the edge
      (3, "JFK", Some(utc("2013-01-01T12:01:00Z"))), // beyond it
      (4, "LGA", Some(utc("2013-01-01T10:17:00Z"))),
      (5, "JFK", None),
      (6, "XXX", Some(utc("2013-01-01T10:17:00Z")))
    ).toDF("flight", "origin", "departed")
    val double = Seq( // two observations of one instant: their columns decide, never their order
      ("JFK", utc("2013-01-01T10:00:00Z"), 40.0),
      ("JFK", utc("2013-01-01T10:00:00Z"), 45.0),
      ("LGA", utc("2013-01-01T10:00:00Z"), 50.0)
    )
    Seq(double, double.reverse).foreach { rows =>
      val out = Departures.withWeather(departures, rows.toDF("origin", "observed", "temp"), "2 hours")
      val got =
        out.select("flight", "temp", "staleness_minutes").collect().map(r => (r.get(0), r.get(1), r.get(2))).toSet
      assert(
        got == Set((1, 45.0, 17), (2, 45.0, 120), (3, null, null), (4, 50.0, 17), (5, null, null), (6, null, null))
      )
    }
  }
}
