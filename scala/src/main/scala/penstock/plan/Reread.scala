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

  /** Whether the left side is so much smaller than the right one that reading it first costs little beside it. */
  def fewer(left: LogicalPlan, right: LogicalPlan): Boolean = left.stats.sizeInBytes * Fewer <= right.stats.sizeInBytes

  /** Not measured: a guess at where a second reading is lost in the first one's noise. */
  private val Fewer = 10

  /** These columns of an input, by themselves. */
  def only(side: LogicalPlan, columns: Seq[Expression]): LogicalPlan = Project(AttributeSet(columns).toSeq, side)

  /** The same as a plan of its own, whose nodes are no longer those of the first one, and what is made of it. */
  def apart(side: LogicalPlan, columns: Seq[Expression], above: LogicalPlan => LogicalPlan = identity): LogicalPlan =
    SparkInternals.optimized(above(only(side.clone(), columns)))
}
