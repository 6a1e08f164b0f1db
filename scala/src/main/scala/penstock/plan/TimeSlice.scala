package penstock.plan

import org.apache.spark.sql.catalyst.expressions.{Attribute, AttributeReference, AttributeSet, Expression}
import org.apache.spark.sql.catalyst.plans.logical.{BinaryNode, LogicalPlan, UnaryNode}

import penstock.exec.{CutsExec, Placing}

/** Rows numbered by the slice of time they lie in; see [[penstock.exec.SliceExec]]. */
final case class TimeSlice(
    keys: Seq[Expression],
    time: Attribute,
    cuts: Expression,
    slice: Attribute,
    placing: Placing,
    child: LogicalPlan
) extends UnaryNode {
  override def output: Seq[Attribute] = child.output :+ slice
  override def producedAttributes: AttributeSet = AttributeSet(slice)
  override protected def withNewChildInternal(newChild: LogicalPlan): TimeSlice = copy(child = newChild)
}

/** Cut points, made of samples of both sides; see [[penstock.exec.CutsExec]]. */
final case class CutPoints(
    slices: Int,
    share: Option[Double],
    leftKeys: Seq[Expression],
    rightKeys: Seq[Expression],
    leftTime: Attribute,
    rightTime: Attribute,
    leftEnd: Option[Attribute],
    output: Seq[Attribute],
    left: LogicalPlan,
    right: LogicalPlan
) extends BinaryNode {
  override def producedAttributes: AttributeSet = AttributeSet(output)
  override def maxRows: Option[Long] = Some(1)
  override protected def withNewChildrenInternal(newLeft: LogicalPlan, newRight: LogicalPlan): CutPoints =
    copy(left = newLeft, right = newRight)
}

object CutPoints {
  def column: Seq[Attribute] = CutsExec.Made.map(AttributeReference("cuts", _, nullable = false)())
}
