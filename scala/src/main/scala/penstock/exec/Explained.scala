package penstock.exec

import org.apache.spark.sql.catalyst.expressions.Expression

import penstock.machine.Keep

/** What `explain` tells of a join in time. */
private[penstock] object Explained {

  def line(
      operator: String,
      title: String,
      keep: Keep,
      times: (Expression, Expression),
      keys: (Seq[Expression], Seq[Expression]),
      spec: Expression
  ): String =
    s"$operator $title ${keep.name}, ${times._1.sql} ~ ${times._2.sql}, " +
      s"by ${names(keys._1)} = ${names(keys._2)}, $spec"

  def verbose(node: String, line: String, strategy: String): String =
    s"""
       |$node
       |Strategy: $strategy
       |$line
       |""".stripMargin

  private def names(keys: Seq[Expression]): String = keys.map(_.sql).mkString("[", ", ", "]")
}
