package penstock.testkit

import java.io.File
import java.nio.file.{Files, Paths}

import scala.collection.JavaConverters._

import com.fasterxml.jackson.databind.{JsonNode, ObjectMapper}
import org.apache.spark.sql.DataFrame
import org.apache.spark.sql.functions.{expr, lit}
import org.apache.spark.sql.types.{DataType, MapType}
import org.scalatest.funsuite.AnyFunSuite

/** What Python generates and plants, and the ledger that Python reads: all from files that Python's tests hold, too. */
class GoldenSuite extends AnyFunSuite with LocalSpark {
  private val golden = new ObjectMapper().readTree(new File("tests/golden/scenarios.json"))

  private val roles = Roles(
    key = Seq("device", "site"),
    time = Some("ts"),
    arrival = Some("seen"),
    interval = Some("valid_from" -> "valid_to"),
    operation = Some("op"),
    others = Map("categories" -> Seq("state"), "date_texts" -> Seq("day_text"), "partition" -> Seq("region")),
    zone = "America/New_York"
  )

  test("the rows that are planted are the very rows that Python plants") {
    val base = spark.sql(golden.get("base").asText).localCheckpoint()
    val expected = texts(golden.get("planted"))
    val made = for {
      entry <- Catalogue.entries
      place <- Planting.places(entry, base, roles).fold(_ => Nil, identity)
      name = s"${entry.id}|${place.column.getOrElse("")}|${place.variant}"
      if expected.contains(name)
    } yield hashed(Planting.plant(entry, base, place, roles, seed = 5), name)
    val total = expr("concat(count(*), ' ', sum(CAST(hash AS DECIMAL(38, 0)))) AS total")
    val united = made.reduce(_.unionAll(_)).groupBy("name").agg(total)
    val cheap = Seq("spark.sql.codegen.wholeStage" -> "false", "spark.sql.adaptive.enabled" -> "false")
    val found = under(cheap: _*)(united.collect())
    val told = found.map(row => row.getString(0) -> row.getString(1)).toMap
    val wrong = told.keys.toSeq.filter(name => told(name) != expected(name)).sorted
    assert(wrong.isEmpty, s"other rows than Python's: ${wrong.mkString(", ")}")
    assert(told.size >= 50, told.keys.toSeq.sorted.mkString(" "))
  }

  test("the SQL of a spec gives the very rows that Python generates") {
    val sql = texts(golden.get("sql"))
    val expected = texts(golden.get("generated"))
    val found = sql.toSeq.flatMap { case (table, text) =>
      val frame = spark.sql(text)
      val sums = frame.columns.indices.map { i =>
        s"CAST(sum(CAST(xxhash64(${hashable(s"c$i", frame.schema(i).dataType)}) AS DECIMAL(38, 0))) AS STRING)"
      }
      val told = positions(frame).selectExpr(sums: _*).collect().head
      frame.columns.toSeq.zipWithIndex.map { case (name, i) => s"$table.$name" -> told.getString(i) }
    }
    assert(found.toMap == expected)
  }

  test("a ledger from Scala is the file that Python's test reads") {
    val records = Seq(
      Record("delays", "B1", "null_value", "fail", 2, Seq("column (delay)"), message = "a null\nis not late", seed = 7),
      Record("delays", "A1", "empty", "pass", 1, Seq("table")),
      Record("delays", "B4", "null_key", "known gap", 1, Seq("key (tail)"), note = "ticket \"12\"")
    )
    val path = Files.createTempDirectory("ledger").resolve("delays.json")
    Ledger.write(records, path)
    assert(Files.readAllLines(path) == Files.readAllLines(Paths.get("tests/golden/ledger-from-scala.json")))
  }

  private def texts(node: JsonNode): Map[String, String] =
    node.fieldNames.asScala.map(name => name -> node.get(name).asText).toMap

  private def positions(frame: DataFrame): DataFrame = frame.toDF(frame.columns.indices.map(i => s"c$i"): _*)

  private def hashed(frame: DataFrame, name: String): DataFrame = {
    val columns = frame.schema.fields.zipWithIndex.map { case (f, i) => hashable(s"c$i", f.dataType) }
    positions(frame).select(lit(name).as("name"), expr(s"xxhash64(${columns.mkString(", ")})").as("hash"))
  }

  /** There is no hash of maps. */
  private def hashable(column: String, of: DataType): String = of match {
    case _: MapType => s"array_sort(map_entries($column))"
    case nested if nested.sql.contains("MAP<") => s"to_json($column)"
    case _ => column
  }
}
