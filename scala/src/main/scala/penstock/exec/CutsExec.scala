package penstock.exec

import org.apache.spark.rdd.RDD
import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions._
import org.apache.spark.sql.execution.{BinaryExecNode, SparkPlan}
import org.apache.spark.sql.types.{BinaryType, DataType}

import penstock.time.TimeAxis

/** Cut points, made of samples of both sides; one row, so that a subquery can give them to both.
  *
  * As Spark does for a range partitioning, the samples are jobs of their own, run when this is executed: first a glance
  * at a few rows, and a real sample only where the glance saw a hot key. Nothing is exchanged for it, for an exchange
  * and planning it anew would cost most joins more than all the rest of this.
  *
  * @param leftEnd
  *   where left intervals end, if that is what the sides are: then one more job tells how far they reach
  * @param share
  *   of all rows that a key must have for its time to be cut; None: every key's is
  */
final case class CutsExec(
    slices: Int,
    share: Option[Double],
    leftKeys: Seq[Expression],
    rightKeys: Seq[Expression],
    leftTime: Attribute,
    rightTime: Attribute,
    leftEnd: Option[Attribute],
    output: Seq[Attribute],
    left: SparkPlan,
    right: SparkPlan
) extends BinaryExecNode {

  override def producedAttributes: AttributeSet = AttributeSet(output)

  override protected def doExecute(): RDD[InternalRow] = {
    val bytes = made
    sparkContext.parallelize(Seq(bytes), 1).mapPartitions(_.map(CutsExec.row))
  }

  // A subquery asks for the one row in this way; a job of its own to bring it here was a third of a glance.
  override def executeCollect(): Array[InternalRow] = Array(CutsExec.row(made))
  override def executeTake(n: Int): Array[InternalRow] = executeCollect().take(n)

  private def made: Array[Byte] = {
    val sides = Seq(Sample(leftKeys, leftTime, left), Sample(rightKeys, rightTime, right))
    def cuts(into: Int, glance: Boolean): Cuts =
      Cuts.choose(sparkContext.union(sides.map(_.rows(glance))).collect().flatMap(Sample.read(_)), into, share)
    val worth = share.isEmpty || cuts(1, glance = true).any
    val chosen = if (worth) cuts(slices, glance = false) else Cuts.none
    leftEnd.filter(_ => chosen.any).fold(chosen)(end => chosen.copy(reach = Some(reach(chosen, end)))).bytes
  }

  private def reach(cuts: Cuts, end: Attribute): Reach = {
    val (columns, by, start) = (left.output, leftKeys, leftTime)
    val parts = left.execute().mapPartitions { rows =>
      val found = Reach.nothing(cuts.slices)
      val key = UnsafeProjection.create(by, columns)
      val axis = TimeAxis(start.dataType, None)
      val Seq(from, to) = Seq(start, end).map(a => columns.indexWhere(_.exprId == a.exprId))
      val lives = new Lives(cuts, axis, from, to)
      rows.asInstanceOf[Iterator[UnsafeRow]].foreach { row =>
        if (!lives.nowhere(row) && (cuts.every || cuts.cut(KeyTable.hash(key(row)))))
          found.cover(lives.home(row), lives.from(row, axis), lives.to(row, axis))
      }
      Iterator.single(found.numbers)
    }
    parts.collect().map(Reach.read(_)).foldLeft(Reach.nothing(cuts.slices))(_ and _)
  }

  override protected def withNewChildrenInternal(newLeft: SparkPlan, newRight: SparkPlan): CutsExec =
    copy(left = newLeft, right = newRight)
}

object CutsExec {

  /** The column of the cuts. */
  val Made: Seq[DataType] = Seq(BinaryType)

  private def row(cuts: Array[Byte]): InternalRow = UnsafeProjection.create(Made.toArray)(InternalRow(cuts)).copy()
}
