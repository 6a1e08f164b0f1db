package penstock.plan

import org.apache.spark.sql.catalyst.expressions.{Attribute, Expression}
import org.apache.spark.sql.catalyst.plans.logical.{BinaryNode, LogicalPlan, Statistics}

import penstock.exec.{Explained, Meeting}
import penstock.machine.Merge

/** Two tables merged in time, per key: the logical side of every join in time.
  *
  * Right columns must not share ids with left ones (a self-join renames them first). Filters above stay above, but for
  * what [[PushLeftFilter]] knows to be safe; Catalyst prunes columns by what the expressions here name.
  *
  * @param way
  *   how the sides meet, where the plan is made for it: with slices, the last key of each side is a slice's number
  * @param pruned
  *   whether the right side's time has been bounded ([[PruneRight]])
  */
final case class TimeMerge(
    left: LogicalPlan,
    right: LogicalPlan,
    leftKeys: Seq[Expression],
    rightKeys: Seq[Expression],
    leftTime: Expression,
    rightTime: Expression,
    merge: Expression,
    hints: Hints,
    way: Option[Meeting] = None,
    pruned: Boolean = false
) extends BinaryNode {

  /** What is asked of the operator; an expression in the signature so that Catalyst can rewrite it. */
  def spec: Merge = merge.asInstanceOf[Merge]

  override def output: Seq[Attribute] = spec.output(left.output, right.output)

  override def metadataOutput: Seq[Attribute] = Nil

  override def maxRows: Option[Long] = left.maxRows

  /** At most one row out for each left row. The default would multiply both sides' sizes and so never broadcast the
    * result.
    */
  override lazy val stats: Statistics = {
    def width(columns: Seq[Attribute]): BigInt = BigInt(8 + columns.map(_.dataType.defaultSize.toLong).sum)
    val in = left.stats
    Statistics(sizeInBytes = (in.sizeInBytes * width(output) / width(left.output)).max(1), rowCount = in.rowCount)
  }

  override def simpleString(maxFields: Int): String =
    Explained.line("TimeMerge", spec.title, spec.keep, leftTime -> rightTime, leftKeys -> rightKeys, spec)

  override protected def withNewChildrenInternal(newLeft: LogicalPlan, newRight: LogicalPlan): TimeMerge =
    copy(left = newLeft, right = newRight)
}
