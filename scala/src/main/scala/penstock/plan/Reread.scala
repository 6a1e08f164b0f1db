package penstock.plan

import org.apache.spark.sql.catalyst.expressions.{AttributeSet, Expression}
import org.apache.spark.sql.catalyst.plans.logical._
import org.apache.spark.sql.penstockinternals.SparkInternals

/** Reading an input once more, to learn from it how to join it. */
private[plan] object Reread {

  /** Whether an input can be read again at little cost, and would be the same. */
  def cheap(side: LogicalPlan): Boolean =
    side.deterministic && !side.isStreaming && !side.exists {
      case _: LeafNode | _: Project | _: Filter | _: SubqueryAlias | _: Union => false
      case _ => true
    }

  /** These columns of an input, by themselves. */
  def only(side: LogicalPlan, columns: Seq[Expression]): LogicalPlan = Project(AttributeSet(columns).toSeq, side)

  /** As a plan of its own, whose nodes are no longer those of the first one. */
  def apart(side: LogicalPlan, columns: Seq[Expression]): LogicalPlan =
    SparkInternals.optimized(only(side.clone(), columns))
}
