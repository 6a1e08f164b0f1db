package penstock.plan

import org.apache.spark.sql.catalyst.expressions.{Attribute, Expression}
import org.apache.spark.sql.catalyst.plans.logical.{BinaryNode, LogicalPlan, Statistics}

import penstock.exec.Explained
import penstock.machine.Sweep

/** The intervals of two tables swept in time, per key: the logical side of an interval join.
  *
  * As for [[TimeMerge]], right columns must not share ids with left ones, and filters above stay above, but for what
  * [[PushLeftFilter]] knows to be safe.
  *
  * @param leftKeys
  *   what must be equal for two rows to meet
  * @param leftStart
  *   where left intervals start
  * @param broadcastHint
  *   whether the right side was hinted to be small
  * @param sliced
  *   whether the last key of each side is the number of a slice of time
  */
final case class TimeSweep(
    left: LogicalPlan,
    right: LogicalPlan,
    leftKeys: Seq[Expression],
    rightKeys: Seq[Expression],
    leftStart: Expression,
    rightStart: Expression,
    sweep: Expression,
    broadcastHint: Boolean,
    sliced: Boolean = false
) extends BinaryNode {

  /** What is asked of the operator; an expression in the signature so that Catalyst can rewrite it. */
  def spec: Sweep = sweep.asInstanceOf[Sweep]

  override def output: Seq[Attribute] = spec.output(left.output, right.output)

  override def metadataOutput: Seq[Attribute] = Nil

  override def maxRows: Option[Long] = if (spec.once) left.maxRows else None

  /** How many pairs there are nobody knows; as many as there are rows on both sides is a guess that neither broadcasts
    * what is large nor, as the default's product, nothing at all.
    */
  override lazy val stats: Statistics = {
    def width(columns: Seq[Attribute]): BigInt = BigInt(8 + columns.map(_.dataType.defaultSize.toLong).sum)
    def as(side: LogicalPlan): BigInt = side.stats.sizeInBytes * width(output) / width(side.output)
    val rights = if (spec.once) BigInt(0) else as(right)
    Statistics(sizeInBytes = (as(left) + rights).max(1))
  }

  override def simpleString(maxFields: Int): String =
    Explained.line("TimeSweep", spec.title, spec.keep, leftStart -> rightStart, leftKeys -> rightKeys, spec)

  override protected def withNewChildrenInternal(newLeft: LogicalPlan, newRight: LogicalPlan): TimeSweep =
    copy(left = newLeft, right = newRight)
}
