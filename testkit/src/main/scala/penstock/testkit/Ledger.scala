package penstock.testkit

import java.nio.charset.StandardCharsets.UTF_8
import java.nio.file.{Files, Path}

import scala.collection.JavaConverters._

import com.fasterxml.jackson.databind.{ObjectMapper, SerializationFeature}

/** What came of one scenario for one transform, over all its places.
  *
  * @param status
  *   pass, rejects, known gap or fail
  */
final case class Record(
    transform: String,
    scenario: String,
    name: String,
    status: String,
    cases: Int,
    places: Seq[String],
    note: String = "",
    message: String = "",
    seed: Int = 0
)

/** The ledger's file: the JSON that Python's `penstock scenarios ledger` reads and compares. */
object Ledger {

  /** Sorted, so that two ledgers can also be compared line by line. */
  def write(records: Seq[Record], path: Path): Unit = {
    val mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT)
    val plain = records.sortBy(r => (r.transform, r.scenario)).map { r =>
      val fields = Seq[(String, AnyRef)](
        "transform" -> r.transform,
        "scenario" -> r.scenario,
        "name" -> r.name,
        "status" -> r.status,
        "cases" -> Int.box(r.cases),
        "places" -> r.places.asJava,
        "environment" -> "",
        "note" -> r.note,
        "message" -> r.message,
        "seed" -> Int.box(r.seed)
      )
      ordered(fields)
    }
    Option(path.getParent).foreach(Files.createDirectories(_))
    val whole = ordered(Seq("ledger" -> Int.box(1), "records" -> plain.asJava))
    Files.write(path, (mapper.writeValueAsString(whole) + "\n").getBytes(UTF_8))
  }

  private def ordered(fields: Seq[(String, AnyRef)]): java.util.Map[String, AnyRef] = {
    val out = new java.util.LinkedHashMap[String, AnyRef]()
    fields.foreach { case (name, value) => out.put(name, value) }
    out
  }
}
