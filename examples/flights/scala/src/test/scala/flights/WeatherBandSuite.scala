package flights

import org.apache.spark.sql.{AnalysisException, Row}
import org.scalatest.funsuite.AnyFunSuite

import penstock.syntax._

/** Which band a row of readings is in: each rule, its edge, its place in the order, and missing readings. */
class WeatherBandSuite extends AnyFunSuite with LocalSpark {

  private type Reading = (Option[Double], Option[Double], Option[Double], Option[Double], Option[Double])

  private def bands(readings: Reading*): Seq[String] = {
    import spark.implicits._
    val numbered = readings.zipWithIndex.map { case ((t, w, g, p, v), i) => (i, t, w, g, p, v) }
    val frame = numbered.toDF("row", "temp", "wind_speed", "wind_gust", "precip", "visib")
    WeatherBand.weatherBand(frame).orderBy("row").select("band").collect().toSeq.map(_.getString(0))
  }

  private val fair: Reading = (Some(50.0), Some(10.0), None, Some(0.0), Some(10.0))

  test("fair weather, and each rule at its edge") {
    assert(bands(fair) == Seq("fair"))
    assert(bands(fair.copy(_5 = Some(2.99)), fair.copy(_5 = Some(3.0))) == Seq("fog", "fair"))
    assert(bands(fair.copy(_4 = Some(0.01)), fair.copy(_4 = Some(0.0))) == Seq("rain", "fair"))
    val wet = fair.copy(_4 = Some(0.1))
    assert(bands(wet.copy(_1 = Some(32.0)), wet.copy(_1 = Some(32.1))) == Seq("snow", "rain"))
    assert(bands(fair.copy(_2 = Some(25.0)), fair.copy(_2 = Some(24.9))) == Seq("windy", "fair"))
    assert(bands(fair.copy(_3 = Some(35.0)), fair.copy(_3 = Some(34.9))) == Seq("windy", "fair"))
  }

  test("the first rule that holds names the band") {
    assert(bands((Some(20.0), Some(40.0), Some(60.0), Some(0.2), Some(0.5))) == Seq("fog"))
    assert(bands((Some(20.0), Some(40.0), Some(60.0), Some(0.2), Some(9.0))) == Seq("snow"))
  }

  test("a missing reading decides nothing, and nothing known is unknown") {
    assert(bands((None, Some(5.0), None, Some(0.1), Some(9.0))) == Seq("rain"))
    assert(bands((Some(50.0), None, None, Some(0.0), Some(10.0))) == Seq("fair"))
    assert(bands((Some(50.0), Some(40.0), None, None, None)) == Seq("windy"))
    assert(bands((Some(50.0), None, None, None, None), (None, None, None, None, None)) == Seq("unknown", "unknown"))
  }

  test("a wind beyond the sensor's limit counts as missing") {
    assert(bands(fair.copy(_2 = Some(1048.36)), fair.copy(_2 = Some(150.0))) == Seq("fair", "windy"))
    assert(bands((None, Some(1048.36), None, None, None)) == Seq("unknown"))
  }

  test("thresholds and the new column's name are parameters, and the other columns stay") {
    import spark.implicits._
    val frame = Seq((50.0, 10.0, 0.0, 0.0, 4.0)).toDF("temp", "wind_speed", "wind_gust", "precip", "visib")
    val out = WeatherBand.weatherBand(frame, WeatherBand.Limits(visibilityBelow = 5.0), into = "sky")
    assert(out.columns.toSeq == frame.columns.toSeq :+ "sky")
    assert(out.select("sky").collect().toSeq == Seq(Row("fog")))
  }

  test("the call by name, as it comes from Python and SQL, has the same defaults and refuses what it does not know") {
    import spark.implicits._
    val frame = Seq((50.0, 10.0, 0.0, 0.0, 4.0)).toDF("temp", "wind_speed", "wind_gust", "precip", "visib")
    assert(frame.callTransform("weather_band")().collect().toSeq == WeatherBand.weatherBand(frame).collect().toSeq)
    val foggy = frame.callTransform("weather_band")("visibility_below" -> 5, "into" -> "sky")
    assert(foggy.select("sky").collect().toSeq == Seq(Row("fog")))
    val refused = intercept[AnalysisException](frame.callTransform("weather_band")("visibility_bellow" -> 5))
    assert(refused.getMessage.contains("[penstock.unknown-parameter]"))
    assert(refused.getMessage.contains("visibility_below"))
  }

  test("the provider brings it") {
    val found = java.util.ServiceLoader.load(classOf[penstock.contract.TransformProvider]).iterator()
    assert(found.hasNext && found.next().transforms.map(_.name) == Seq("weather_band"))
  }
}
