package flights

import java.nio.file.Files
import java.time.LocalDate

import org.scalatest.funsuite.AnyFunSuite

/** The whole job on two small files, and the reading of its arguments. */
class DepartureDelaysSuite extends AnyFunSuite with LocalSpark {

  private val flights =
    """year,month,day,dep_time,sched_dep_time,dep_delay,arr_time,sched_arr_time,arr_delay,carrier,flight,tailnum,origin,dest,air_time,distance,hour,minute,time_hour
      |2013,1,1,517,515,2,830,819,11,UA,1545,N14228,EWR,IAH,227,1400,5,15,2013-01-01T10:00:00Z
      |2013,1,1,NA,1630,NA,NA,1815,NA,EV,4308,N18120,EWR,RDU,NA,416,16,30,2013-01-01T21:00:00Z
      |""".stripMargin
  private val weather =
    """origin,year,month,day,hour,temp,dewp,humid,wind_dir,wind_speed,wind_gust,precip,pressure,visib,time_hour
      |EWR,2013,1,1,5,39.02,26.06,59.37,270,10.357019999999999,NA,0,1012,10,2013-01-01T10:00:00Z
      |""".stripMargin

  test("two files in, five tables out; a second run overwrites the first") {
    withFolder { folder =>
      val (f, w, out) = (folder.resolve("flights.csv"), folder.resolve("weather.csv"), folder.resolve("out").toString)
      Files.write(f, flights.getBytes("UTF-8"))
      Files.write(w, weather.getBytes("UTF-8"))
      val parameters = Parameters(f.toString, w.toString, out)
      DepartureDelays.run(spark, parameters)
      DepartureDelays.run(spark, parameters)
      val rows = spark.read.parquet(s"$out/departures").select("flight", "band", "staleness_minutes").collect()
      assert(rows.map(r => (r.get(0), r.get(1), r.get(2))).toSet == Set((1545, "fair", 17), (4308, null, null)))
      assert(spark.read.parquet(s"$out/delays_by_band").count() == 1)
      assert(spark.read.parquet(s"$out/delays_by_rain").count() == 1)
      assert(
        spark.read.parquet(s"$out/delays_by_aloft").select("others").collect().map(_.getString(0)).toSeq == Seq("0")
      )
      assert(spark.read.parquet(s"$out/delays_by_hour").count() == 1)
    }
  }

  test("arguments are read, with the notebook's defaults") {
    val required = List("--flights", "f", "--weather", "w", "--output", "o")
    assert(Parameters.read(required) == Right(Parameters("f", "w", "o")))
    val more =
      List("--start", "2013-02-01", "--end", "2013-02-28", "--origins", "JFK, LGA", "--tolerance", "90 minutes")
    val expected =
      Parameters("f", "w", "o", LocalDate.of(2013, 2, 1), LocalDate.of(2013, 2, 28), Seq("JFK", "LGA"), "90 minutes")
    assert(Parameters.read(required ++ more) == Right(expected))
  }

  test("wrong arguments are refused by name") {
    val required = List("--flights", "f", "--weather", "w", "--output", "o")
    def wrong(args: List[String]): String = Parameters.read(args).fold(identity, read => fail(read.toString))
    assert(wrong(Nil).startsWith("Missing: --flights, --weather, --output."))
    assert(
      wrong(required ++ List("--tolerence", "1 hour"))
        .startsWith("There is no parameter '--tolerence'. There are: --flights")
    )
    assert(wrong(required ++ List("--start", "soon")) == "--start must be a day such as 2013-01-31, got 'soon'.")
    assert(wrong(required :+ "--end") == "--end needs a value.")
    assert(wrong(required ++ List("--start", "2013-03-01", "--end", "2013-02-01")).contains("is after --end"))
  }
}
