package penstock.exec

import org.apache.spark.rdd.RDD
import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions._
import org.apache.spark.sql.catalyst.plans.physical._
import org.apache.spark.sql.execution.{BinaryExecNode, SparkPlan}
import org.apache.spark.sql.execution.metric.{SQLMetric, SQLMetrics}

import penstock.machine.{Sides, Sweep}

/** Brings the intervals of two tables to a machine, clustered by key and in the order of their starts; knows no
  * transform.
  *
  * Each task reads both sides once, with the active rows of each key in a hash map; where they outgrow memory or their
  * limit it goes on in rounds ([[SweepPass]]). Where the right side is broadcast, each task has it whole.
  */
final case class TimeSweepExec(
    leftKeys: Seq[Expression],
    rightKeys: Seq[Expression],
    leftStart: Attribute,
    rightStart: Attribute,
    sweep: Expression,
    output: Seq[Attribute],
    maxRows: Long,
    meeting: Meeting,
    left: SparkPlan,
    right: SparkPlan
) extends BinaryExecNode {

  private def spec: Sweep = sweep.asInstanceOf[Sweep]

  private def sides: Sides = Sides(left.output, right.output, leftStart, rightStart)

  override lazy val metrics: Map[String, SQLMetric] = Map(
    "numOutputRows" -> SQLMetrics.createMetric(sparkContext, "number of output rows"),
    "stateRows" -> SQLMetrics.createMetric(sparkContext, "active rows (peak, all tasks)"),
    "stateBytes" -> SQLMetrics.createSizeMetric(sparkContext, "size of active rows (peak)"),
    "spilledRows" -> SQLMetrics.createMetric(sparkContext, "rows spilled from logs"),
    "broadcast" -> SQLMetrics.createMetric(sparkContext, "strategy: tasks with the right side broadcast"),
    "sliced" -> SQLMetrics.createMetric(sparkContext, "strategy: tasks with slices of time"),
    "rounds" -> SQLMetrics.createMetric(sparkContext, "strategy: more rounds (active rows over their limit)")
  )

  override def requiredChildDistribution: Seq[Distribution] = meeting match {
    case Meeting.Broadcast =>
      Seq(UnspecifiedDistribution, BroadcastDistribution(TimeOrderedMode(startOnRight, rightStart.dataType, false)))
    case _ if leftKeys.isEmpty => Seq(AllTuples, AllTuples)
    case _ => Seq(ClusteredDistribution(leftKeys), ClusteredDistribution(rightKeys))
  }

  private def startOnRight: Int = sides.ordinal(right.output, rightStart)

  /** Open starts are null, and first as Spark sorts. */
  override def requiredChildOrdering: Seq[Seq[SortOrder]] = {
    val rights = if (meeting == Meeting.Broadcast) Nil else Seq(SortOrder(rightStart, Ascending))
    Seq(Seq(SortOrder(leftStart, Ascending)), rights)
  }

  override def outputPartitioning: Partitioning = left.outputPartitioning

  /** A pair leaves when its later row comes, a left row without one when its life has ended: in no order. */
  override def outputOrdering: Seq[SortOrder] = Nil

  override protected def doExecute(): RDD[InternalRow] = {
    val task = SweepTask(
      sides,
      leftKeys,
      rightKeys,
      spec.keep,
      spec.rightFirst,
      spec.nullsEqual,
      spec.maker(sides),
      maxRows,
      longMetric("numOutputRows"),
      longMetric("stateRows"),
      longMetric("stateBytes"),
      longMetric("spilledRows"),
      longMetric("rounds")
    )
    Meeting.tasks(meeting, left, right, longMetric("broadcast"), longMetric("sliced"))(task.run)
  }

  override def simpleStringWithNodeId(): String = simpleString(25)

  override def simpleString(maxFields: Int): String =
    Explained.line("TimeSweep", spec.title, spec.keep, leftStart -> rightStart, leftKeys -> rightKeys, spec) +
      s", strategy: $strategy"

  override def verboseStringWithOperatorId(): String =
    Explained.verbose(formattedNodeName, simpleString(25), strategy)

  private def strategy: String = {
    val limit = if (maxRows == Long.MaxValue) "memory" else s"$maxRows rows"
    val met = meeting match {
      case Meeting.Broadcast => "right side broadcast"
      case Meeting.Slices => "hash by key and slice of time"
      case _ => if (leftKeys.isEmpty) "one task (no key)" else "hash by key"
    }
    s"$met, swept by start, in rounds where active rows outgrow $limit"
  }

  override protected def withNewChildrenInternal(newLeft: SparkPlan, newRight: SparkPlan): TimeSweepExec =
    copy(left = newLeft, right = newRight)
}
