package penstock.testkit

import org.apache.spark.sql.types._

/** Where an entry applies: the column it is about, if it is about one, and which of the entry's variants. */
final case class Place(kind: String, column: Option[String] = None, variant: String = "") {
  override def toString: String =
    kind + column.map(c => s" ($c)").getOrElse("") + (if (variant.isEmpty) "" else s": $variant")
}

/** Where entries apply in a table. Whole columns only: what lies inside of them is planted from Python. */
private[testkit] object Places {

  /** The places, or why there are none. */
  def of(entry: Entry, schema: StructType, roles: Roles): Either[String, Seq[Place]] = {
    val found = whereIn(entry, schema, roles)
    found.map(places => for (p <- places; variant <- entry.steps.keys.toSeq.sorted) yield p.copy(variant = variant))
  }

  private def whereIn(entry: Entry, schema: StructType, roles: Roles): Either[String, Seq[Place]] = entry.kind match {
    case "table" => Right(Seq(Place("table")))
    case "key_or_table" => Right(Seq(Place(if (roles.key.isEmpty) "table" else "key", roles.key.headOption)))
    case "key" => needs(roles.key.headOption, "key").map(k => Seq(Place("key", Some(k))))
    case "each_key" => needs(roles.key.headOption, "key").map(_ => roles.key.map(k => Place("key", Some(k))))
    case "composite_key" =>
      if (roles.key.size > 1) Right(Seq(Place("key", roles.key.headOption))) else Left("the key has no second part")
    case "identity" =>
      if (roles.identity.isEmpty) Left("the roles do not say unique, or key and time")
      else Right(Seq(Place("key", roles.identity.headOption)))
    case "time" => needs(roles.time, "time").map(t => Seq(Place("time", Some(t))))
    case "events" =>
      needs(roles.time.filter(_ => roles.key.nonEmpty), "key and time").map(t => Seq(Place("time", Some(t))))
    case "arrivals" =>
      needs(roles.arrival.filter(_ => roles.time.nonEmpty), "time and arrival").map(a => Seq(Place("arrival", Some(a))))
    case "interval" => needs(roles.interval, "interval").map(i => Seq(Place("interval", Some(i._1))))
    case "operation" =>
      val ready = roles.operation.filter(_ => roles.key.nonEmpty && roles.time.nonEmpty)
      needs(ready, "operation, key and time").map(o => Seq(Place("operation", Some(o))))
    case "columns" => columns(entry, schema, roles)
    case "measured" =>
      if (roles.key.isEmpty || roles.time.isEmpty) Left("the roles do not say key and time")
      else columns(entry, schema, roles)
    case "names" =>
      needs(schema.fieldNames.find(n => !roles.all.contains(n)).orElse(schema.fieldNames.headOption), "a column")
        .map(n => Seq(Place("names", Some(n))))
    case "clocks" =>
      val clock = schema.fields.find(f => families(f.dataType)("clock")).map(_.name)
      clock.fold[Either[String, Seq[Place]]](Left("no timestamp column"))(c => Right(Seq(Place("names", Some(c)))))
    case other => Left(s"places of the kind $other are found from Python only")
  }

  private def columns(entry: Entry, schema: StructType, roles: Roles): Either[String, Seq[Place]] = {
    val said = if (entry.role.isEmpty) Nil else roles.named(entry.role)
    if (entry.role.nonEmpty && said.isEmpty && !entry.narrowed) Left(s"the roles do not say ${entry.role}")
    else {
      val able = schema.fields.toSeq.filter(f => entry.types.exists(families(f.dataType)))
      val chosen = able.filter(f => said.isEmpty || said.contains(f.name))
      if (chosen.isEmpty) Left(s"no ${entry.types.mkString(" or ")} column")
      else Right(chosen.map(f => Place("column", Some(f.name))))
    }
  }

  /** All families that a type belongs to, in the words of the data files. */
  def families(of: DataType): Set[String] = {
    val number = of match {
      case ByteType | ShortType | IntegerType | LongType => Set("whole", "numeric", "number")
      case FloatType | DoubleType => Set("floating", "numeric", "measured")
      case _: DecimalType => Set("numeric", "measured")
      case _ => Set.empty[String]
    }
    val time = of match {
      case TimestampType | TimestampNTZType => Set("time", "clock")
      case DateType => Set("time")
      case _ => Set.empty[String]
    }
    val other = of match {
      case s: StructType if s.nonEmpty => Set("fields")
      case ArrayType(s: StructType, _) if s.fieldNames.headOption.contains("key") => Set("entries")
      case _ => Set.empty[String]
    }
    val text = if (Values.isText(of)) Set("text", "string") else Set.empty[String]
    val nested = of match { case _: StructType | _: ArrayType | _: MapType => true; case _ => false }
    Set("any", of.typeName) ++ number ++ time ++ other ++ text ++ (if (nested) Set() else Set("atomic"))
  }

  private def needs[A](value: Option[A], role: String): Either[String, A] = value.toRight(s"the roles do not say $role")
}
