package penstock.testkit

import scala.collection.JavaConverters._

import com.fasterxml.jackson.databind.{JsonNode, ObjectMapper}

/** One scenario of the catalogue, as the data files have it; Python reads the same files.
  *
  * @param steps
  *   how it is planted, by variant; most have one, ""
  */
final case class Entry(
    id: String,
    name: String,
    meaning: String,
    pitfall: String,
    kind: String,
    types: Seq[String],
    role: String,
    narrowed: Boolean,
    steps: Map[String, Seq[JsonNode]]
) {
  override def toString: String = s"$id $name"
}

object Catalogue {
  private val files = Seq("shape", "nulls", "numbers", "texts", "keys", "times", "streams", "schema")

  /** All entries, families A to H. */
  lazy val entries: Seq[Entry] = files.flatMap(read)

  /** The entry of this id. */
  def apply(id: String): Entry = entries
    .find(_.id == id)
    .getOrElse(throw new NoSuchElementException(s"no scenario $id; there are: ${entries.map(_.id).mkString(", ")}"))

  private def read(file: String): Seq[Entry] = {
    val stream = getClass.getResourceAsStream(s"/penstock/catalogue/$file.json")
    try new ObjectMapper().readTree(stream).get("entries").elements.asScala.map(entry).toList
    finally stream.close()
  }

  private def entry(node: JsonNode): Entry = {
    def text(name: String): String = Option(node.get(name)).map(_.asText).getOrElse("")
    val plant = Option(node.get("plant")).toSeq
    val steps = plant.flatMap { p =>
      if (p.isObject) p.fieldNames.asScala.map(name => name -> p.get(name).elements.asScala.toList).toList
      else List("" -> p.elements.asScala.toList)
    }
    Entry(
      text("id"),
      text("name"),
      text("meaning"),
      text("pitfall"),
      text("kind"),
      Option(node.get("types")).toSeq.flatMap(_.elements.asScala.map(_.asText)),
      text("role"),
      Option(node.get("narrowed")).exists(_.asBoolean),
      steps.toMap
    )
  }
}
