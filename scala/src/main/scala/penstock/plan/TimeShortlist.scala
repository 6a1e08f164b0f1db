package penstock.plan

import org.apache.spark.sql.catalyst.expressions.{Attribute, Expression}
import org.apache.spark.sql.catalyst.plans.logical.{BinaryNode, LogicalPlan, Statistics}

import penstock.exec.Placing

/** Right rows without those that no left row can be answered from; see [[penstock.exec.ShortlistExec]].
  *
  * @param left
  *   keys and times of the left side
  */
final case class TimeShortlist(
    leftKeys: Seq[Expression],
    rightKeys: Seq[Expression],
    leftTime: Attribute,
    rightTime: Attribute,
    memory: Placing.Haloed,
    left: LogicalPlan,
    right: LogicalPlan
) extends BinaryNode {
  override def output: Seq[Attribute] = right.output
  override def maxRows: Option[Long] = right.maxRows

  /** As if nothing were left out, for how much is depends on where the rows lie. */
  override lazy val stats: Statistics = right.stats

  override protected def withNewChildrenInternal(newLeft: LogicalPlan, newRight: LogicalPlan): TimeShortlist =
    copy(left = newLeft, right = newRight)
}
