package flights

import java.sql.Date
import java.time.LocalDate

import org.apache.spark.sql.DataFrame
import org.apache.spark.sql.functions.{col, expr, lit, timestamp_seconds, unix_seconds}

import penstock.syntax._

/** Departures with the instant at which they left, the weather that held then, and the rain before. */
object Departures {

  /** The flights scheduled from `start` to `end` (both included, New York's calendar) at `origins`.
    *
    * A flight that never left stays, with a null `departed`. In seconds, not by adding an interval: one of a day or
    * more follows the session's calendar, so that the result would depend on the time zone of whoever runs the job.
    */
  def departures(flights: DataFrame, start: LocalDate, end: LocalDate, origins: Seq[String]): DataFrame = {
    val day = expr("make_date(year, month, day)")
    val scheduled = unix_seconds(col("time_hour")) + lit(60) * col("minute")
    flights
      .where(day.between(Date.valueOf(start), Date.valueOf(end)) && col("origin").isin(origins: _*))
      .select(
        day.as("day"),
        col("hour"),
        col("carrier"),
        col("flight"),
        col("tailnum"),
        col("origin"),
        col("dest"),
        timestamp_seconds(scheduled).as("scheduled"),
        timestamp_seconds(scheduled + lit(60) * col("dep_delay")).as("departed"),
        col("dep_delay"),
        col("arr_delay")
      )
  }

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
