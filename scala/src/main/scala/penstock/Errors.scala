package penstock

import penstock.contract.{Param, Refusal}

/** Every sentence a user can meet: what was wrong, what there is, what to do. */
object Errors {

  def unknownParameter(transform: String, got: String, known: Seq[String]): Refusal = Refusal(
    "unknown-parameter",
    s"$transform: there is no parameter '$got'.",
    s"It has: ${known.mkString(", ")}.",
    didYouMean(got, known)(identity)
  )

  def missingParameter(transform: String, param: Param[_]): Refusal = Refusal(
    "missing-parameter",
    s"$transform: parameter '${param.name}' is missing.",
    remedy = s"Give ${param.kind.expects}: ${param.doc}"
  )

  def wrongValue(transform: String, param: Param[_], got: Any): Refusal = Refusal(
    "wrong-value",
    s"$transform: parameter '${param.name}' must be ${param.kind.expects}, got ${show(got)}.",
    remedy = got match {
      case s: CharSequence => didYouMean(s.toString, param.kind.choices)(c => s"${param.name}='$c'")
      case _               => ""
    }
  )

  def columnNotFound(transform: String, param: String, got: String, input: String, columns: Seq[String]): Refusal =
    Refusal(
      "column-not-found",
      s"$transform: column '$got' (parameter $param) is not in the $input input.",
      s"$input has: ${columns.mkString(", ")}.",
      didYouMean(got, columns)(c => s"$param='$c'")
    )

  /** A value as the user would have typed it. */
  def show(value: Any): String = value match {
    case null                       => "nothing"
    case s: CharSequence            => s"'$s'"
    case a: Array[_]                => a.map(show).mkString("[", ", ", "]")
    case s: scala.collection.Seq[_] => s.map(show).mkString("[", ", ", "]")
    case (l, r)                     => s"(${show(l)}, ${show(r)})"
    case other                      => other.toString
  }

  /** Suggests the nearest of the known words, only where at most a quarter of the word differs. */
  def didYouMean(got: String, known: Seq[String])(shown: String => String): String = {
    val near = known
      .map(k => k -> distance(got.toLowerCase(java.util.Locale.ROOT), k.toLowerCase(java.util.Locale.ROOT)))
      .filter { case (k, d) => d * 4 <= math.max(k.length, got.length) }
    if (near.isEmpty) "" else s"Did you mean ${shown(near.minBy(_._2)._1)}?"
  }

  /** Levenshtein's edit distance. */
  private def distance(a: String, b: String): Int = {
    val first = (0 to b.length).toVector
    a.foldLeft(first) { (previous, ca) =>
      b.indices.foldLeft(Vector(previous.head + 1)) { (row, j) =>
        val change = previous(j) + (if (b(j) == ca) 0 else 1)
        row :+ math.min(change, math.min(row.last, previous(j + 1)) + 1)
      }
    }.last
  }
}
