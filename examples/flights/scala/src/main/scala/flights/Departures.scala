package flights

import java.sql.Date
import java.time.LocalDate

import org.apache.spark.sql.DataFrame
import org.apache.spark.sql.functions.{col, expr, lit, timestamp_seconds, unix_seconds}

import penstock.syntax._

/** Departures with the instants at which they left and landed, the weather that held then, and the rain before. */
object Departures {

  /** All flights, each with its day by New York's calendar and with the instants `scheduled`, `departed`, `landed`.
    *
    * `landed` is the departure plus the time in the air, null where that is not known; a flight that never left stays,
    * with a null `departed`. Both leave out the way to the runway, which the data does not tell. In seconds, not by
    * adding an interval: one of a day or more follows the session's calendar, so that the result would depend on the
    * time zone of whoever runs the job.
    */
  def timed(flights: DataFrame): DataFrame = {
    val day = expr("make_date(year, month, day)")
    val scheduled = unix_seconds(col("time_hour")) + lit(60) * col("minute")
    val departed = scheduled + lit(60) * col("dep_delay")
    flights.select(
      day.as("day"),
      col("hour"),
      col("carrier"),
      col("flight"),
      col("tailnum"),
      col("origin"),
      col("dest"),
      timestamp_seconds(scheduled).as("scheduled"),
      timestamp_seconds(departed).as("departed"),
      timestamp_seconds(departed + lit(60) * col("air_time")).as("landed"),
      col("dep_delay"),
      col("arr_delay")
    )
  }

  /** The flights of `timed` scheduled from `start` to `end` (both included, New York's calendar) at `origins`. */
  def departures(timed: DataFrame, start: LocalDate, end: LocalDate, origins: Seq[String]): DataFrame =
    timed.where(col("day").between(Date.valueOf(start), Date.valueOf(end)) && col("origin").isin(origins: _*))

  /** The hourly observations with their weather band. */
  def observations(weather: DataFrame): DataFrame = WeatherBand.weatherBand(
    weather.select(
      col("origin"),
      col("time_hour").as("observed"),
      col("temp"),
      col("wind_speed"),
      col("wind_gust"),
      col("precip"),
      col("visib")
    )
  )

  /** Each departure with the latest observation at its airport, at most `tolerance` old; one row out per departure. */
  def withWeather(departures: DataFrame, observations: DataFrame, tolerance: String): DataFrame = {
    val age = unix_seconds(col("departed")) - unix_seconds(col("observed"))
    departures
      .asofJoin(
        observations,
        leftOn = "departed",
        rightOn = "observed",
        by = Seq("origin"),
        tolerance = tolerance
      )
      .withColumn("staleness_minutes", (age / 60).cast("int"))
  }

  /** Each departure with `rain`: the precipitation at its airport in the three hours before it, in inches. Added as
    * decimals, so that no order of adding shows in the sum.
    */
  def withRain(departures: DataFrame, observations: DataFrame): DataFrame =
    departures.windowJoin(
      observations,
      leftOn = "departed",
      rightOn = "observed",
      by = Seq("origin"),
      lower = "-3 hours",
      upper = "0",
      closed = "right", // a reading is of the hour before it: three of them, not four
      aggs = Seq("rain" -> "sum(CAST(precip AS DECIMAL(6, 2)))")
    )
}
