package penstock.contract

import scala.collection.JavaConverters._

/** What a parameter's value may be. Values arrive from four doors, so `read` takes what SQL literals, py4j and Scala
  * give.
  *
  * `name` is the type's stable name in `describe()`; `expects` completes the sentence "must be …".
  */
sealed abstract class Kind[A](val name: String, val expects: String) {

  /** The value as `A`, or None where it is not one. */
  def read(value: Any): Option[A]

  /** The choices there are, where there are some. */
  def choices: Seq[String] = Nil
}

object Kind {

  /** One column, by name. */
  case object Column extends Kind[String]("column", "the name of a column") {
    def read(value: Any): Option[String] = text(value)
  }

  /** Any number of columns: one name, or a list of names. */
  case object Columns extends Kind[Seq[String]]("columns", "the name of a column or a list of names") {
    def read(value: Any): Option[Seq[String]] = text(value).map(Seq(_)).orElse(texts(value))
  }

  /** One of a few words. */
  final case class Choice(override val choices: Seq[String])
      extends Kind[String]("choice", choices.map(c => s"'$c'").mkString("one of ", ", ", "")) {
    def read(value: Any): Option[String] = text(value).filter(choices.contains)
  }

  case object Flag extends Kind[Boolean]("flag", "true or false") {
    def read(value: Any): Option[Boolean] = value match {
      case b: Boolean => Some(b)
      case _ => None
    }
  }

  /** A distance in time. What it may be depends on the time column's type, so it stays as it came until `check`. */
  case object Duration
      extends Kind[Any]("duration", "a duration such as '5 minutes', or a number on a numeric time column") {
    def read(value: Any): Option[Any] = value match {
      case _: Boolean => None
      case _: CharSequence | _: java.time.Duration | _: java.time.Period | _: Number | _: BigDecimal | _: BigInt =>
        Some(value)
      case d: scala.concurrent.duration.Duration if d.isFinite => Some(java.time.Duration.ofNanos(d.toNanos))
      case _ => None
    }
  }

  /** A Spark SQL expression, as text. */
  case object SqlText extends Kind[String]("sql", "a Spark SQL expression, as text") {
    def read(value: Any): Option[String] = text(value)
  }

  /** Any text. */
  case object Text extends Kind[String]("text", "text") {
    def read(value: Any): Option[String] = text(value)
  }

  /** A whole number. */
  case object Whole extends Kind[Long]("whole", "a whole number") {
    def read(value: Any): Option[Long] = value match {
      case n @ (_: Byte | _: Short | _: Int | _: Long) => Some(n.asInstanceOf[Number].longValue)
      case _ => None
    }
  }

  /** A number with a fraction. */
  case object Real extends Kind[Double]("real", "a number") {
    def read(value: Any): Option[Double] = value match {
      case _: Boolean => None
      case n: Number => Some(n.doubleValue)
      case _ => None
    }
  }

  /** One text for each side of a join. */
  case object Pair extends Kind[(String, String)]("pair", "two texts, one for each side") {
    def read(value: Any): Option[(String, String)] = value match {
      case (l: String, r: String) => Some((l, r))
      case _ => texts(value).collect { case Seq(l, r) => (l, r) }
    }
  }

  /** Aggregates by the names of the columns that they make, in their order; from Scala also as columns. */
  case object Aggregates
      extends Kind[Seq[(String, Any)]]("aggregates", "aggregates by name, such as {'n': 'count(*)'}") {
    def read(value: Any): Option[Seq[(String, Any)]] = entries(value).flatMap(every(_) {
      case column: org.apache.spark.sql.Column => Some(column)
      case other => text(other)
    })
  }

  /** Windows by suffix, each from a lower to an upper distance of which either may be null. */
  case object Windows
      extends Kind[Seq[(String, (Option[Any], Option[Any]))]](
        "windows",
        "windows by suffix, such as {'5m': ('-5 minutes', '0')}"
      ) {
    def read(value: Any): Option[Seq[(String, (Option[Any], Option[Any]))]] = entries(value).flatMap(every(_)(bounds))

    private def bounds(value: Any): Option[(Option[Any], Option[Any])] = {
      val ends = value match {
        case (l, u) => Some(Seq(l, u))
        case other => items(other)
      }
      ends.collect { case Seq(l, u) => (end(l), end(u)) }.collect { case (Some(l), Some(u)) => (l, u) }
    }

    /** None where it is no distance at all, Some(None) where it is open. */
    private def end(value: Any): Option[Option[Any]] =
      if (value == null || value == None) Some(None) else Duration.read(value).map(Some(_))
  }

  /** A map's entries in their order, which a list of pairs keeps on every road. */
  private def entries(value: Any): Option[Seq[(String, Any)]] = {
    val pairs: Option[Seq[Option[(String, Any)]]] = value match {
      case m: scala.collection.Map[_, _] => Some(m.toSeq.map { case (k, v) => text(k).map(_ -> v) })
      case m: java.util.Map[_, _] => Some(m.asScala.toSeq.map { case (k, v) => text(k).map(_ -> v) })
      case other =>
        items(other).map(_.map {
          case (k, v) => text(k).map(_ -> v)
          case pair => items(pair).collect { case Seq(k, v) => (k, v) }.flatMap { case (k, v) => text(k).map(_ -> v) }
        })
    }
    pairs.filter(p => p.nonEmpty && p.forall(_.isDefined)).map(_.flatten)
  }

  private def every[A](entries: Seq[(String, Any)])(read: Any => Option[A]): Option[Seq[(String, A)]] = {
    val all = entries.map { case (name, value) => read(value).map(name -> _) }
    if (all.forall(_.isDefined)) Some(all.flatten) else None
  }

  private def text(value: Any): Option[String] = value match {
    case s: CharSequence => Some(s.toString)
    case _ => None
  }

  private def texts(value: Any): Option[Seq[String]] = items(value).flatMap { all =>
    val read = all.map(text)
    if (read.forall(_.isDefined)) Some(read.flatten) else None
  }

  private def items(value: Any): Option[Seq[Any]] = value match {
    case a: Array[_] => Some(a.toSeq)
    case s: scala.collection.Seq[_] => Some(s.toSeq)
    case l: java.lang.Iterable[_] => Some(l.asScala.toSeq)
    case _ => None
  }
}
