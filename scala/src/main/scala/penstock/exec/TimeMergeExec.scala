package penstock.exec

import org.apache.spark.rdd.RDD
import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions._
import org.apache.spark.sql.catalyst.plans.physical._
import org.apache.spark.sql.execution.{BinaryExecNode, SparkPlan}
import org.apache.spark.sql.execution.metric.{SQLMetric, SQLMetrics}

import penstock.machine.{Merge, Passes, Sides}

/** Brings the rows of two tables to a machine, clustered by key and in time order; knows no transform.
  *
  * Each task reads both sides once, in time order, with a state per key in a hash map. Where the states outgrow memory
  * or their limit, the task goes on key by key ([[KeyOrder]]). Where the right side is broadcast, each task has it
  * whole ([[TimeSeekExec]] looks left rows up in it where that will do). Where time is sliced, the last key is a
  * slice's number ([[SliceExec]]), and nothing here is different.
  */
final case class TimeMergeExec(
    leftKeys: Seq[Expression],
    rightKeys: Seq[Expression],
    leftTime: Attribute,
    rightTime: Attribute,
    merge: Expression,
    output: Seq[Attribute],
    maxRows: Long,
    meeting: Meeting,
    left: SparkPlan,
    right: SparkPlan
) extends BinaryExecNode {

  private def spec: Merge = merge.asInstanceOf[Merge]

  override lazy val metrics: Map[String, SQLMetric] = Map(
    "numOutputRows" -> SQLMetrics.createMetric(sparkContext, "number of output rows"),
    "stateRows" -> SQLMetrics.createMetric(sparkContext, "state rows (peak, all tasks)"),
    "stateBytes" -> SQLMetrics.createSizeMetric(sparkContext, "state size (peak)"),
    "spilledRows" -> SQLMetrics.createMetric(sparkContext, "rows spilled from logs"),
    "broadcast" -> SQLMetrics.createMetric(sparkContext, "strategy: tasks with the right side broadcast"),
    "sliced" -> SQLMetrics.createMetric(sparkContext, "strategy: tasks with slices of time"),
    "timeOrdered" -> SQLMetrics.createMetric(sparkContext, "strategy: tasks in time order"),
    "keyOrdered" -> SQLMetrics.createMetric(
      sparkContext,
      "strategy: tasks that went on key by key (state over its limit)"
    )
  )

  override def requiredChildDistribution: Seq[Distribution] = meeting match {
    case Meeting.Broadcast => Seq(UnspecifiedDistribution, BroadcastDistribution(sent))
    case Meeting.Hash | Meeting.BroadcastLeft if leftKeys.isEmpty => Seq(AllTuples, AllTuples)
    case _ => Seq(ClusteredDistribution(leftKeys), ClusteredDistribution(rightKeys))
  }

  private def sent: BroadcastMode =
    TimeOrderedMode(
      Sides(left.output, right.output, leftTime, rightTime).ordinal(right.output, rightTime),
      rightTime.dataType,
      spec.reverse
    )

  override def requiredChildOrdering: Seq[Seq[SortOrder]] = {
    val direction = if (spec.reverse) Descending else Ascending
    val lefts = Seq(SortOrder(leftTime, direction))
    meeting match {
      case Meeting.Broadcast => Seq(lefts, Nil)
      case _ => Seq(lefts, Seq(SortOrder(rightTime, direction)))
    }
  }

  override def outputPartitioning: Partitioning = left.outputPartitioning

  /** Left rows leave as they came, but for two passes, where they leave the other way round. */
  override def outputOrdering: Seq[SortOrder] = spec.passes match {
    case _: Passes.Once => requiredChildOrdering.head
    case _ => Nil
  }

  override protected def doExecute(): RDD[InternalRow] = {
    val task = MergeTask(
      left.output,
      right.output,
      leftKeys,
      rightKeys,
      leftTime,
      rightTime,
      spec,
      output,
      maxRows,
      longMetric("numOutputRows"),
      longMetric("stateRows"),
      longMetric("stateBytes"),
      longMetric("spilledRows"),
      longMetric("timeOrdered"),
      longMetric("keyOrdered")
    )
    Meeting.tasks(meeting, left, right, longMetric("broadcast"), longMetric("sliced"))(task.run)
  }

  override def simpleStringWithNodeId(): String = simpleString(25)

  override def simpleString(maxFields: Int): String =
    Explained.line("TimeMerge", spec.title, spec.keep, leftTime -> rightTime, leftKeys -> rightKeys, spec) +
      s", strategy: $strategy"

  override def verboseStringWithOperatorId(): String =
    Explained.verbose(formattedNodeName, simpleString(25), strategy)

  private def strategy: String = {
    val limit = if (maxRows == Long.MaxValue) "memory" else s"$maxRows rows"
    val merged = s"order by time, key by key where state outgrows $limit"
    meeting match {
      case Meeting.Broadcast => s"right side broadcast, $merged"
      case Meeting.Slices => s"hash by key and slice of time, $merged"
      case Meeting.Hash => s"$hashed, $merged"
      case Meeting.BroadcastLeft => s"left side broadcast to shorten the right one, $hashed, $merged"
    }
  }

  private def hashed: String = if (leftKeys.isEmpty) "one task (no key)" else "hash by key"

  override protected def withNewChildrenInternal(newLeft: SparkPlan, newRight: SparkPlan): TimeMergeExec =
    copy(left = newLeft, right = newRight)
}
