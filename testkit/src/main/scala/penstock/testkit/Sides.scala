package penstock.testkit

import org.apache.spark.sql.{Column, DataFrame, Row}
import org.apache.spark.sql.functions.expr
import org.apache.spark.sql.types.DataType

/** Two frames whose values are plain, their columns called c0, c1, ...: as multisets of rows, or paired by a key.
  *
  * Grouped by the values themselves, not by a hash: rows with one hash would cancel out. Not joined: null keys pair,
  * and a repeated key is seen instead of multiplying rows.
  */
final private[testkit] case class Sides(
    actual: DataFrame,
    expected: DataFrame,
    names: Seq[String],
    types: Seq[DataType]
) {

  /** None, or the rows that one side has more often. */
  def asMultisets(limit: Int): Option[String] = {
    val counted =
      both(columns).groupBy(columns.map(c => expr(c)): _*).agg(count("_actual", "a"), count("NOT _actual", "e"))
    val uneven = counted.where("a <> e")
    val sums =
      uneven.selectExpr("coalesce(sum(greatest(a - e, 0L)), 0L)", "coalesce(sum(greatest(e - a, 0L)), 0L)").head()
    val (more, less) = (sums.getLong(0), sums.getLong(1))
    if (more + less == 0) None
    else {
      val text = columns.indices.map(i => shown(s"c$i", i))
      def lines(when: String, sign: String): Seq[String] = {
        val rows = uneven.where(when).orderBy(columns.map(c => expr(c)): _*).limit(limit)
        rows.selectExpr(text :+ "abs(a - e)": _*).collect().toSeq.map(line(sign, _))
      }
      val head = s"The frames differ: $less rows missing in actual (-), $more rows too much (+)."
      Some((head +: s"     ${names.mkString("  ")}" +: (lines("e > a", "-") ++ lines("a > e", "+"))).mkString("\n"))
    }
  }

  /** None, or the keys of one side only, the keys that are there twice, and the cells that differ. */
  def byKey(keys: Seq[Int], tolerance: Option[Values.Tolerance], limit: Int): Option[String] = {
    val others = columns.indices.filterNot(i => keys.contains(i))
    val packed =
      if (others.isEmpty) "struct(1 AS none) AS v" else others.map(i => s"c$i").mkString("struct(", ", ", ") AS v")
    val keyed = keys.map(i => s"c$i")
    val grouped = both(keyed :+ packed)
      .groupBy(keyed.map(c => expr(c)): _*)
      .agg(count("_actual", "a"), count("NOT _actual", "e"), first("_actual", "va"), first("NOT _actual", "ve"))
    // one text, not a flag for each column: the optimizer's constraints double with every alias
    val changed = others.map(i => s"if(${Values.same(s"va.c$i", s"ve.c$i", types(i), tolerance)}, NULL, '$i')")
    val told = s"CASE WHEN a > 1 OR e > 1 THEN 'repeated' WHEN e = 0 THEN '+' WHEN a = 0 THEN '-' " +
      s"ELSE concat_ws(',', ${(changed :+ "NULL").mkString(", ")}) END AS problem"
    val wrong = grouped.selectExpr("*", told).where("problem <> ''")
    val rows = wrong.orderBy(keyed.map(c => expr(c)): _*).limit(limit)
    val cells = others.flatMap(i => Seq(shown(s"va.c$i", i), shown(s"ve.c$i", i)))
    val found =
      rows.selectExpr("problem" +: keys.map(i => shown(s"c$i", i)).toList ::: cells.toList: _*).collect().toSeq
    if (found.isEmpty) None
    else Some((s"The frames differ: ${wrong.count()} keys." +: found.map(problem(_, keys, others))).mkString("\n"))
  }

  private def columns: Seq[String] = names.indices.map(i => s"c$i")

  private def both(texts: Seq[String]): DataFrame =
    actual.selectExpr(texts :+ "true AS _actual": _*).unionAll(expected.selectExpr(texts :+ "false AS _actual": _*))

  private def count(when: String, name: String): Column = expr(s"count_if($when)").as(name)
  private def first(when: String, name: String): Column = expr(s"first(v) FILTER (WHERE $when)").as(name)
  private def shown(value: String, i: Int): String = s"coalesce(${Values.shown(value, types(i))}, 'null')"

  private def line(sign: String, row: Row): String = {
    val times = row.getLong(names.size)
    s"  $sign  ${names.indices.map(row.getString).mkString("  ")}${if (times > 1) s"  ($times times)" else ""}"
  }

  private def problem(row: Row, keys: Seq[Int], others: Seq[Int]): String = {
    val key = keys.indices.map(n => s"${names(keys(n))} = ${row.getString(n + 1)}").mkString(", ")
    def cell(i: Int): String = {
      val at = 1 + keys.size + 2 * others.indexOf(i)
      s"${names(i)} is ${row.getString(at)}, expected ${row.getString(at + 1)}"
    }
    row.getString(0) match {
      case "repeated" => s"  $key: there more than once"
      case "+" => s"  $key: too much"
      case "-" => s"  $key: missing in actual"
      case changed => s"  $key: ${changed.split(',').map(i => cell(i.toInt)).mkString("; ")}"
    }
  }
}
