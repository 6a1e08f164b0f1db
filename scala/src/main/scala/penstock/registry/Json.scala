package penstock.registry

/** Writes plain values as JSON. By hand, because the JSON library that Spark brings changes from line to line. */
object Json {

  /** One object, its fields in the order given. */
  final case class Obj(fields: (String, Any)*)

  def write(value: Any): String = value match {
    case null | None => "null"
    case Some(v) => write(v)
    case Obj(fields @ _*) => fields.map { case (k, v) => s"${text(k)}:${write(v)}" }.mkString("{", ",", "}")
    case s: CharSequence => text(s.toString)
    case b: Boolean => b.toString
    case d: Double if d.isNaN || d.isInfinite => text(d.toString)
    case n: Number => n.toString
    case (l, r) => write(Seq(l, r))
    case a: Array[_] => write(a.toSeq)
    case s: scala.collection.Iterable[_] => s.map(write).mkString("[", ",", "]")
    case other => text(other.toString) // a duration or period in its ISO form
  }

  private def text(s: String): String = s
    .map {
      case '"' => "\\\""
      case '\\' => "\\\\"
      case c if c < ' ' || c == '\u2028' || c == '\u2029' => f"\\u${c.toInt}%04x"
      case c => c.toString
    }
    .mkString("\"", "", "\"")
}
