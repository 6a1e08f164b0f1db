package flights

import org.apache.spark.sql.{DataFrame, SparkSession}

/** The job of the notebook `departure_delays`, for `spark-submit`, with the same parameters and the same tables out.
  *
  * {{{
  * spark-submit --jars penstock.jar --class flights.DepartureDelays flights.jar \
  *   --flights flights.csv --weather weather.csv --output out --tolerance '2 hours'
  * }}}
  */
object DepartureDelays {

  def main(args: Array[String]): Unit = Parameters.read(args.toList) match {
    case Left(wrong) =>
      System.err.println(wrong)
      sys.exit(2)
    case Right(parameters) =>
      val spark = SparkSession.builder().appName("departure delays").getOrCreate()
      try run(spark, parameters)
      finally spark.stop()
  }

  def run(spark: SparkSession, p: Parameters): Unit = {
    def table(name: String) = s"${p.output}/$name"
    def write(frame: DataFrame, name: String): Unit = frame.write.mode("overwrite").parquet(table(name))

    val flights = Departures.timed(FlightData.readFlights(spark, p.flights))
    val chosen = Departures.departures(flights, p.start, p.end, p.origins)
    val leaving = Traffic.withAloft(chosen, Traffic.inTheAir(flights)) // among all flights of the file
    val observed = Departures.observations(FlightData.readWeather(spark, p.weather))
    write(Departures.withWeather(Departures.withRain(leaving, observed), observed, p.tolerance), "departures")

    val matched = spark.read.parquet(table("departures")) // read back, so that the join runs once
    write(Delays.byBand(matched).coalesce(1), "delays_by_band")
    write(Delays.byRain(matched).coalesce(1), "delays_by_rain")
    write(Delays.byAloft(matched).coalesce(1), "delays_by_aloft")
    write(Delays.byHour(matched).coalesce(1), "delays_by_hour")
    println(
      s"${matched.count()} flights, ${matched.where("observed IS NOT NULL").count()} with an observation: ${p.output}"
    )
  }
}
