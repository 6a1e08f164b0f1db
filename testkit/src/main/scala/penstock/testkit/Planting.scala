package penstock.testkit

import scala.collection.JavaConverters._

import com.fasterxml.jackson.databind.JsonNode
import org.apache.spark.sql.DataFrame
import org.apache.spark.sql.types.{DataType, MapType, StructType}

/** Plants a scenario in a frame: a lazy plan of SQL expressions; the same rows are chosen as from Python.
  *
  * What a step can say is described in Python's `penstock.scenarios.catalogue.plant`; one that this does not know ends
  * in a reason, not in a frame without the scenario.
  */
object Planting {
  private val known =
    Set("with", "set", "where", "copy", "keep", "retype", "partitions", "by", "add", "drop", "reverse", "rename")

  /** Where an entry can be planted in this frame, or why nowhere. */
  def places(entry: Entry, frame: DataFrame, roles: Roles): Either[String, Seq[Place]] =
    if (entry.steps.values.forall(_.isEmpty)) Left("it is a setting of the session or lies in files, not in a frame")
    else
      Places.of(entry, frame.schema, roles).flatMap { places =>
        val strange = for {
          place <- places.toSeq
          steps = entry.steps(place.variant)
          templates = new Templates(frame.schema, roles, place)
          what <- templates.unknown(steps.flatMap(texts)) ++ steps.flatMap(fields(_).map(_._1).filterNot(known))
        } yield what
        if (strange.isEmpty) Right(places) else Left(s"${strange.distinct.mkString(", ")}: planted from Python only")
      }

  /** The frame with the scenario in it; another seed chooses other rows. */
  def plant(entry: Entry, frame: DataFrame, place: Place, roles: Roles, seed: Int = 0): DataFrame = {
    val (steps, templates) = (entry.steps(place.variant), new Templates(frame.schema, roles, place))
    val numbered = steps.flatMap(texts).exists(t => t.contains("{row}") || t.contains("{by_time}"))
    val positions = frame.toDF(frame.columns.indices.map(i => s"c$i"): _*)
    val number = s"row_number() OVER (ORDER BY ${hash(frame.schema, seed)}) AS _row"
    val start = if (numbered) positions.selectExpr("*", number) else positions
    val named = frame.columns.toSeq.zipWithIndex.map { case (name, i) => s"c$i" -> name }
    val (last, columns) = steps.foldLeft((start, named)) { case ((here, names), step) =>
      (stepped(here, step, templates), renamed(names, step, templates))
    }
    last.selectExpr(columns.map(_._1): _*).toDF(columns.map(_._2): _*)
  }

  private def stepped(here: DataFrame, step: JsonNode, templates: Templates): DataFrame = {
    def text(name: String): Option[String] = Option(step.get(name)).map(n => templates.text(n.asText))
    if (step.has("with"))
      here.selectExpr("*" +: fields(step.get("with")).map { case (n, t) => s"${templates.text(t.asText)} AS $n" }: _*)
    else if (step.has("keep")) here.where(text("keep").get)
    else if (step.has("partitions")) {
      val moved = here.selectExpr("*", s"${text("by").get} AS _by")
      moved.repartition(step.get("partitions").asInt, moved("_by")).drop("_by")
    } else if (step.has("copy")) {
      val chosen = here.where(text("where").getOrElse("true"))
      val copies = chosen.selectExpr("*", s"explode(sequence(1, ${step.get("copy").asInt})) AS _copy")
      here.unionByName(set(copies, step, templates, None).drop("_copy"))
    } else if (step.has("add")) {
      val added = fields(step.get("add")).zipWithIndex.map { case ((_, t), i) =>
        s"${templates.text(t.asText)} AS _x$i"
      }
      here.selectExpr("*" +: added: _*)
    } else set(here, step, templates, text("where"))
  }

  private def set(here: DataFrame, step: JsonNode, templates: Templates, where: Option[String]): DataFrame = {
    def told(name: String): Seq[(String, String)] =
      Option(step.get(name)).toSeq.flatMap(fields).map { case (n, t) => n -> t.asText }
    val news = templates.written(told("set"), cast = true) ++ templates.written(told("retype"), cast = false)
    here.selectExpr(here.columns.toSeq.map { column =>
      val value = if (column.matches("c\\d+")) news.get(column.drop(1).toInt) else None
      value.fold(column)(v => s"${where.fold(v)(w => s"if($w, $v, $column)")} AS $column")
    }: _*)
  }

  /** What a step does to which columns leave, in which order, under which names. */
  private def renamed(names: Seq[(String, String)], step: JsonNode, templates: Templates): Seq[(String, String)] = {
    def at(place: String): String = s"c${templates.places(place)}"
    val added = Option(step.get("add")).toSeq.flatMap(fields).zipWithIndex.map { case ((n, _), i) =>
      s"_x$i" -> templates.name(n)
    }
    val gone = Option(step.get("drop")).map(n => at(n.asText))
    val news =
      Option(step.get("rename")).toSeq.flatMap(fields).map { case (n, t) => at(n) -> templates.name(t.asText) }.toMap
    val kept = (names ++ added).filterNot { case (column, _) => gone.contains(column) }
    val turned = if (step.has("reverse")) kept.reverse else kept
    turned.map { case (column, name) => column -> news.getOrElse(column, name) }
  }

  private def hash(schema: StructType, seed: Int): String = {
    val columns = schema.fields.zipWithIndex.map { case (f, i) => hashable(s"c$i", f.dataType) }
    s"xxhash64(${(columns :+ s"${seed}L").mkString(", ")})"
  }

  /** There is no hash of maps and variants. */
  private def hashable(column: String, of: DataType): String = of match {
    case m: MapType
        if !m.keyType.sql.contains("MAP<") && !m.valueType.sql.contains("MAP<") && !of.sql.contains("VARIANT") =>
      s"array_sort(map_entries($column))"
    case other if other.sql.contains("MAP<") || other.sql.contains("VARIANT") => s"to_json($column)"
    case _ => column
  }

  private def fields(node: JsonNode): Seq[(String, JsonNode)] =
    node.fieldNames.asScala.map(name => name -> node.get(name)).toList

  private def texts(node: JsonNode): Seq[String] =
    if (node.isTextual) Seq(node.asText) else node.elements.asScala.toList.flatMap(texts)
}
