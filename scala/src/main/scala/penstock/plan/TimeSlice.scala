package penstock.plan

import org.apache.spark.sql.catalyst.expressions.{Attribute, AttributeReference, AttributeSet, Expression}
import org.apache.spark.sql.catalyst.plans.logical.{LogicalPlan, UnaryNode}

import penstock.exec.{CutsExec, Haloed}

/** Rows numbered by the slice of time they lie in; see [[penstock.exec.SliceExec]]. */
final case class TimeSlice(
    keys: Seq[Expression],
    time: Attribute,
    cuts: Expression,
    slice: Attribute,
    haloed: Option[Haloed],
    child: LogicalPlan
) extends UnaryNode {
  override def output: Seq[Attribute] = child.output :+ slice
  override def producedAttributes: AttributeSet = AttributeSet(slice)
  override protected def withNewChildInternal(newChild: LogicalPlan): TimeSlice = copy(child = newChild)
}

/** A sample of keys and times; see [[penstock.exec.SampleExec]]. */
final case class TimeSample(
    keys: Seq[Expression],
    time: Attribute,
    hurried: Boolean,
    gate: Option[Expression],
    output: Seq[Attribute],
    child: LogicalPlan
) extends UnaryNode {
  override def producedAttributes: AttributeSet = AttributeSet(output)
  override protected def withNewChildInternal(newChild: LogicalPlan): TimeSample = copy(child = newChild)
}

object TimeSample {
  def columns: Seq[Attribute] =
    CutsExec.Sampled.zip(Seq("key", "time", "weight")).map { case (t, n) =>
      AttributeReference(n, t, nullable = false)()
    }
}

/** Cut points, made of a sample; see [[penstock.exec.CutsExec]]. */
final case class CutPoints(slices: Int, share: Option[Double], output: Seq[Attribute], child: LogicalPlan)
    extends UnaryNode {
  override def producedAttributes: AttributeSet = AttributeSet(output)
  override def maxRows: Option[Long] = Some(1)
  override protected def withNewChildInternal(newChild: LogicalPlan): CutPoints = copy(child = newChild)
}

object CutPoints {
  def column: Seq[Attribute] = CutsExec.Made.map(AttributeReference("cuts", _, nullable = false)())
}
