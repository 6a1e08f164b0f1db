package penstock.testkit

import java.nio.file.Files

import org.apache.spark.sql.DataFrame
import org.apache.spark.sql.functions.{col, row_number}
import org.apache.spark.sql.expressions.Window
import org.scalatest.funsuite.AnyFunSuite

import penstock.Reported

/** The catalogue from Scala: every scenario is planted or says why not; and a suite of scenarios finds what is wrong.
  */
class ScenariosSuite extends AnyFunSuite with LocalSpark {

  private lazy val flights: DataFrame = ScenariosSuite.flights(spark)
  private val roles = ScenariosSuite.roles

  test("the catalogue is Python's, all families") {
    assert(Catalogue.entries.map(_.id.take(1)).distinct == Seq("A", "B", "C", "D", "E", "F", "G", "H"))
    assert(Catalogue.entries.size >= 70)
    assert(intercept[NoSuchElementException](Catalogue("Z1")).getMessage.contains("B1"))
  }

  test("most scenarios can be planted in a table with key and time, and are other data then") {
    val planted = for {
      entry <- Catalogue.entries
      place <- Planting.places(entry, flights, roles).fold(_ => Nil, _.take(1))
    } yield {
      val frame = Planting.plant(entry, flights, place, roles)
      frame.collect()
      entry.id -> FrameAssertions.difference(frame, flights).isDefined
    }
    assert(planted.size >= 35, s"only ${planted.map(_._1).mkString(" ")}")
    val unchanged = planted.filterNot(_._2).map(_._1).toSet
    assert(unchanged.subsetOf(Set("A3", "A4", "A5", "G2")), "order and partitions are no values")
  }

  test("a scenario that does not apply says why") {
    val told = Catalogue.entries.flatMap(e => Planting.places(e, flights.select("price"), Roles()).left.toSeq)
    assert(told.nonEmpty && told.forall(_.length > 10))
    assert(told.contains("the roles do not say key"))
  }

  test("rows are chosen by their content: partitions change nothing, the seed does") {
    val place = Place("column", Some("price"))
    def planted(frame: DataFrame, seed: Int): DataFrame = Planting.plant(Catalogue("B1"), frame, place, roles, seed)
    assert(FrameAssertions.difference(planted(flights, 1), planted(flights.repartition(7), 1)).isEmpty)
    assert(FrameAssertions.difference(planted(flights, 1), planted(flights, 2)).isDefined)
  }

  test("a wrong transform is found, a right one is not, and both are in the ledger") {
    val folder = Files.createTempDirectory("ledger")
    sys.props("penstock.ledger") = folder.toString
    val seen =
      try Reported.of(new ScenariosSuite.Earliest)
      finally sys.props.remove("penstock.ledger")
    assert(seen.failed.toSet == Set("earliest by time: G1 tied_timestamps"), seen)
    assert(seen.succeeded.contains("earliest by all: G1 tied_timestamps"))
    val ledger = new String(Files.readAllBytes(folder.resolve("Earliest.json")), "UTF-8")
    assert(ledger.contains("\"status\" : \"fail\""))
    assert(ledger.contains("\"scenario\" : \"G1\""))
  }
}

object ScenariosSuite {
  val roles: Roles = Roles(key = Seq("tail"), time = Some("at"), arrival = Some("seen"))

  def flights(spark: org.apache.spark.sql.SparkSession): DataFrame = spark
    .range(200)
    .selectExpr(
      "concat('N', id % 5) AS tail",
      "timestamp_micros(1700000000000000L + id * 60000000L) AS at",
      "timestamp_micros(1700000000000000L + id * 60000000L + 1000000L) AS seen",
      "CAST(id % 37 AS DOUBLE) AS price",
      "CAST(id AS INT) AS n",
      "CAST(id AS DECIMAL(9, 2)) AS fee",
      "concat('note ', id) AS note",
      "named_struct('x', id, 'y', 'a') AS s",
      "date_add(DATE'2024-01-01', CAST(id AS INT)) AS day"
    )

  /** The first row of each key: by time only, where ties decide as they like; and by all that orders the rows. */
  class Earliest extends ScenarioSuite {
    override def suiteName: String = "Earliest"
    private def data: DataFrame = flights(spark).select("tail", "at", "price", "n")

    private def earliest(order: String*)(in: DataFrame): DataFrame = {
      val window = Window.partitionBy("tail").orderBy(order.map(c => col(c)): _*)
      in.withColumn("nth", row_number().over(window)).where("nth = 1").drop("nth")
    }

    private val own = Roles(key = Seq("tail"), time = Some("at"))
    private val ties = Set("G1")
    over("earliest by time", data, own, only = ties)(earliest("at"))((_, _) => ())
    over("earliest by all", data, own, only = ties)(earliest("at", "price", "n"))((_, out) => assert(out.count() <= 6))
  }
}
