package penstock.door

import org.apache.spark.sql.SparkSession
import org.apache.spark.sql.catalyst.expressions.{Expression, ExpressionInfo}
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan
import org.apache.spark.sql.penstockinternals.SparkInternals
import penstock.contract.Transform
import penstock.registry.Build

/** A transform as a SQL table function: `SELECT * FROM f(TABLE(a), TABLE(b), on => 'ts')`. Spark Connect comes here
  * too.
  *
  * @param by
  *   the class the transform comes from: a provider's, or the transform's own. The same class from another class loader
  *   is another one, which is how attaching knows that its functions need renewing.
  */
final class SqlDoor(val transform: Transform, val by: Class[_]) extends (Seq[Expression] => LogicalPlan) {

  def apply(arguments: Seq[Expression]): LogicalPlan = {
    val read = SqlArguments.read(transform, arguments)
    Calls.plan(SparkInternals.active, transform, read.tables, read.values, read.refusals, read.unreadable)
  }
}

object SqlDoor {

  def own(transform: Transform): SqlDoor = new SqlDoor(transform, transform.getClass)

  /** The transform registered under a name, where it is one and of this class loader. */
  def lookup(session: SparkSession, name: String): Option[Transform] =
    SparkInternals.tableFunction(session, name).collect { case (_, door: SqlDoor) => door.transform }

  /** How Spark describes the function: also our mark on it, readable for a copy of this class from another loader. */
  def info(name: String, transform: Transform): ExpressionInfo = {
    val tables = transform.inputs.map(i => s"TABLE($i)")
    val named = transform.params.map(p => s"${p.name} => ...")
    val usage = (tables ++ named).mkString("_FUNC_(", ", ", s") - ${transform.summary}")
    new ExpressionInfo(mark, null, name, usage, "", "", "", "", Build.version, "", "scala_udf")
  }

  /** Whether a function's description is one of ours, of whatever version. */
  def wrote(info: ExpressionInfo): Boolean = info.getClassName == mark

  private val mark = "penstock.door.SqlDoor"
}
