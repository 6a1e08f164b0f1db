package penstock.testkit

import org.apache.spark.sql.types._

/** The placeholders of the catalogue's SQL, filled for one place of one table; columns are called by position.
  *
  * `{c}` is the value of the place's column, `{row}` the row's number, `{us}` a time in microseconds, `{t}` the time,
  * `{a}` the arrival, `{k}` a key column. What a template asks for and this does not know is told, not guessed.
  */
private[testkit] class Templates(schema: StructType, roles: Roles, place: Place) {
  private val placeholder = """\{([a-z][a-z0-9_]*)\}""".r

  /** The column that each word of a step's `set` stands for, as its position. */
  val places: Map[String, Int] = {
    val keys = roles.key.zipWithIndex.map { case (name, i) => s"k${i + 1}" -> Some(name) }
    val free = schema.fields.find(f =>
      !(roles.identity ++ roles.time ++ roles.arrival).contains(f.name) && another("x", f.dataType) != "NULL"
    )
    val words = Seq("c" -> place.column, "t" -> roles.time, "a" -> roles.arrival, "op" -> roles.operation) ++
      Seq("start" -> roles.interval.map(_._1), "end" -> roles.interval.map(_._2), "payload" -> free.map(_.name)) ++ keys
    (for ((word, Some(name)) <- words; at = schema.fieldNames.indexOf(name) if at >= 0) yield word -> at).toMap
  }

  val keys: Seq[String] = roles.key.indices.map(i => s"k${i + 1}").filter(places.contains)

  private val values: Map[String, String] = {
    val of = places.toSeq.flatMap { case (word, at) =>
      val facts = ofValue(s"c$at", schema(at).dataType)
      val own = (word -> s"c$at") +: facts.map { case (part, text) => s"${word}_$part" -> text }
      if (word == "c") own ++ facts else own
    }
    val by = if (keys.isEmpty) "1" else keys.map(k => s"c${places(k)}").mkString(", ")
    val order = (places.get("t").map(at => s"c$at").toSeq :+ "_row").mkString(", ")
    of.toMap ++ Map(
      "row" -> "_row",
      "keys" -> by,
      "by_key" -> s"PARTITION BY $by",
      "by_time" -> s"PARTITION BY $by ORDER BY $order",
      "zone" -> s"'${roles.zone}'",
      "delay" -> s"${roles.delayMicros}L",
      "window" -> s"${roles.windowMicros}L"
    )
  }

  /** What the templates ask for and nobody here knows. */
  def unknown(texts: Seq[String]): Seq[String] = {
    val asked = texts.flatMap(t => placeholder.findAllMatchIn(t).map(_.group(1))).distinct
    asked.filterNot(w => values.contains(w) || Set("name", "swapped", "k")(w))
  }

  def text(template: String): String =
    placeholder.replaceAllIn(template, m => java.util.regex.Matcher.quoteReplacement(text(values(m.group(1)))))

  /** A column's name: `{name}` is the place's, `{swapped}` it in the other case. */
  def name(template: String): String = {
    val old = schema(places("c")).name
    val swapped = old.map(l => if (l.isUpper) l.toLower else l.toUpper)
    template.replace("{name}", old).replace("{swapped}", swapped)
  }

  /** New texts by position, for a step's `set`; a place that the table does not have is left out. */
  def written(told: Seq[(String, String)], cast: Boolean): Map[Int, String] = (for {
    (word, template) <- told
    one <- if (word == "k") keys else Seq(word)
    of = one.stripSuffix("_us")
    at <- places.get(of).toSeq
  } yield {
    val value = text(template.replace("{k}", s"{$of}"))
    val kind = schema(at).dataType
    val typed = if (of == one) value else fromMicros(value, kind)
    at -> (if (cast) s"CAST($typed AS ${kind.sql.replace(" NOT NULL", "")})" else typed)
  }).toMap

  private def ofValue(value: String, of: DataType): Seq[(String, String)] = {
    val text = Values.isText(of)
    val whole = Seq[(DataType, Int)](ByteType -> 8, ShortType -> 16, IntegerType -> 32, LongType -> 64).toMap.get(of)
    val bounds = whole.toSeq.flatMap { bits =>
      val low = -BigInt(2).pow(bits - 1)
      Seq("min" -> s"CAST('$low' AS ${of.sql})", "max" -> s"CAST('${-low - 1}' AS ${of.sql})")
    }
    val limit = Option(of).collect { case d: DecimalType =>
      val nines = "9" * (d.precision - d.scale) + (if (d.scale > 0) "." + "9" * d.scale else "")
      s"CAST('$nines' AS ${d.sql})"
    }
    val hollow = Option(of).collect {
      case s: StructType if s.nonEmpty =>
        val fields = s.fields.map(f => s"'${f.name.replace("'", "\\'")}', CAST(NULL AS ${f.dataType.sql})")
        s"named_struct(${fields.mkString(", ")})"
    }
    val other = another(value, of)
    bounds ++ limit.map("limit" -> _) ++ hollow.map("hollow_value" -> _) ++ micros(value, of).map("us" -> _) ++
      local(value, of).map("local" -> _) ++ Seq(
        "type" -> of.sql,
        "another" -> other,
        "wide" -> Templates.otherWidth.getOrElse(of.typeName, of.sql),
        "one" -> limit.getOrElse("1"),
        "blank" -> (if (text) "''" else "NULL"),
        "unseen" -> (if (text) "'__unseen__'" else "-99"),
        "other_type" -> (if (text) "BINARY" else "STRING")
      )
  }

  private def micros(value: String, of: DataType): Option[String] = of match {
    case TimestampType => Some(s"unix_micros($value)")
    case TimestampNTZType => Some(Templates.wallMicros(value))
    case DateType => Some(s"(CAST(unix_date($value) AS BIGINT) * 86400000000L)")
    case ByteType | ShortType | IntegerType | LongType => Some(s"CAST($value AS BIGINT)")
    case _ => None
  }

  private def fromMicros(text: String, of: DataType): String = of match {
    case TimestampType => s"timestamp_micros($text)"
    case TimestampNTZType => Templates.ntz(text)
    case DateType => s"date_from_unix_date(CAST(floor(($text) / 86400000000) AS INT))"
    case _ => s"CAST($text AS ${of.sql})"
  }

  private def local(value: String, of: DataType): Option[String] = of match {
    case TimestampType if roles.zone == "UTC" => Some(Templates.ntz(s"unix_micros($value)"))
    case TimestampType => Some(s"convert_timezone('UTC', '${roles.zone}', ${Templates.ntz(s"unix_micros($value)")})")
    case TimestampNTZType => Some(value)
    case DateType => Some(s"CAST($value AS TIMESTAMP_NTZ)")
    case _ => None
  }

  /** A value of the type that is another. */
  private def another(value: String, of: DataType): String = of match {
    case _ if Values.isText(of) => s"concat(coalesce($value, ''), '*')"
    case BooleanType => s"NOT coalesce($value, false)"
    case _: NumericType => s"if($value = 1, 2, 1)"
    case TimestampType | TimestampNTZType | DateType =>
      fromMicros(s"coalesce(${micros(value, of).get}, 0L) + 86400000000L", of)
    case _ => "NULL"
  }
}

private object Templates {
  val otherWidth: Map[String, String] =
    Map(
      "byte" -> "smallint",
      "short" -> "int",
      "integer" -> "bigint",
      "long" -> "int",
      "float" -> "double",
      "double" -> "float"
    )

  /** Microseconds as a wall time. */
  def ntz(text: String): String = s"(TIMESTAMP_NTZ'1970-01-01 00:00:00' + INTERVAL '0.000001' SECOND * ($text))"

  /** The other way round. No function takes a wall time without going through the session's zone; an interval does not.
    */
  def wallMicros(value: String): String = {
    val since = s"($value - TIMESTAMP_NTZ'1970-01-01 00:00:00')"
    val whole = Seq("DAY" -> 86400000000L, "HOUR" -> 3600000000L, "MINUTE" -> 60000000L)
    val parts = whole.map { case (unit, each) => s"extract($unit FROM $since) * ${each}L" }
    s"(${parts.mkString(" + ")} + CAST(extract(SECOND FROM $since) * 1000000 AS BIGINT))"
  }
}
