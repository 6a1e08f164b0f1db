package penstock.contract

import org.apache.spark.sql.{DataFrame, SparkSession}
import org.apache.spark.sql.catalyst.expressions.Attribute
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan
import org.apache.spark.sql.penstockinternals.SparkInternals

/** The tables of one call, resolved, by the names the transform declares. */
final class Inputs(val session: SparkSession, tables: Seq[(String, LogicalPlan)]) {

  def names: Seq[String] = tables.map(_._1)

  /** The table as a lazy frame: all that a team's transform needs. */
  def apply(name: String): DataFrame = SparkInternals.frame(session, plan(name))

  /** The table as a resolved logical plan. */
  def plan(name: String): LogicalPlan = tables
    .collectFirst { case (`name`, p) => p }
    .getOrElse(throw new NoSuchElementException(s"no input '$name'; there are: ${names.mkString(", ")}"))

  /** The columns of an input that a name means, under the session's case sensitivity: none, one, or a clash. */
  def columns(input: String, name: String): Seq[Attribute] = {
    val same = SparkInternals.resolver(session)
    plan(input).output.filter(a => same(a.name, name))
  }
}
