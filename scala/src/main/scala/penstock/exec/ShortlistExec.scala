package penstock.exec

import java.util.UUID

import org.apache.spark.TaskContext
import org.apache.spark.rdd.RDD
import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions._
import org.apache.spark.sql.catalyst.plans.physical._
import org.apache.spark.sql.execution.{BinaryExecNode, SparkPlan}
import org.apache.spark.sql.execution.metric.{SQLMetric, SQLMetrics}
import org.apache.spark.sql.penstockinternals.TaskInternals

import penstock.machine.Sides
import penstock.time.TimeAxis

/** Leaves out right rows that no left row can be answered from, where they lie: every task has the left keys and times.
  *
  * Between two left times of a key only that right row counts which a machine would remember at the later one (with
  * time running down, at the earlier), so that is all that a partition sends on. What comes of it is merged as ever:
  * nothing of an answer is decided here.
  *
  * @param maxRows
  *   rows that a task may remember; beyond that, the others go on as they come
  */
final case class ShortlistExec(
    leftKeys: Seq[Expression],
    rightKeys: Seq[Expression],
    leftTime: Attribute,
    rightTime: Attribute,
    memory: Placing.Haloed,
    maxRows: Long,
    left: SparkPlan,
    right: SparkPlan
) extends BinaryExecNode {

  override def output: Seq[Attribute] = right.output

  override lazy val metrics: Map[String, SQLMetric] = Map(
    "numOutputRows" -> SQLMetrics.createMetric(sparkContext, "number of output rows"),
    "rightRows" -> SQLMetrics.createMetric(sparkContext, "right rows"),
    "stateBytes" -> SQLMetrics.createSizeMetric(sparkContext, "state size (peak)")
  )

  override def requiredChildDistribution: Seq[Distribution] = {
    val time = left.output.indexWhere(_.exprId == leftTime.exprId)
    Seq(
      BroadcastDistribution(TimeOrderedMode(time, leftTime.dataType, descending = false)),
      UnspecifiedDistribution
    )
  }

  override def outputPartitioning: Partitioning = right.outputPartitioning

  override protected def doExecute(): RDD[InternalRow] = {
    val sent = left.executeBroadcast[Array[InternalRow]]()
    val (merge, columns, id, limit) = (memory.merge, right.output, UUID.randomUUID().toString, maxRows)
    val halo = merge.halo
    val sides = Sides(memory.left, columns, leftTime, rightTime)
    val remembering = (halo.before ++ halo.after).head(sides)
    val (l, lefts, r) = (leftKeys, left.output, rightKeys)
    val onLeft = left.output.indexWhere(_.exprId == leftTime.exprId)
    val (time, timeType, reverse) = (sides.ordinal(columns, rightTime), rightTime.dataType, merge.reverse)
    val (seen, kept, held) = (longMetric("rightRows"), longMetric("numOutputRows"), longMetric("stateBytes"))
    right.execute().mapPartitions { rows =>
      val axis = TimeAxis(timeType, None)
      val times = LeftTimes.of(sent.value, id, UnsafeProjection.create(l, lefts), onLeft, axis)
      val account = new TaskAccount(TaskInternals.memory(TaskContext.get()))
      val list = new Shortlist(times, UnsafeProjection.create(r, columns), time, axis, reverse, remembering.make())
      TaskContext.get().addTaskCompletionListener[Unit] { _ =>
        held.add(list.bytes)
        account.release()
      }
      val counted = rows.asInstanceOf[Iterator[UnsafeRow]].map { row =>
        seen.add(1)
        row
      }
      Emit.counted(list.of(counted, (n, more) => n <= limit && account.add(more)), kept)
    }
  }

  override def simpleStringWithNodeId(): String = simpleString(25)

  override def simpleString(maxFields: Int): String =
    s"TimeShortlist ${rightTime.sql}, [${rightKeys.map(_.sql).mkString(", ")}]: right rows that may answer a left row"

  override def verboseStringWithOperatorId(): String =
    Explained.verbose(formattedNodeName, simpleString(25), "left keys and times broadcast")

  override protected def withNewChildrenInternal(newLeft: SparkPlan, newRight: SparkPlan): ShortlistExec =
    copy(left = newLeft, right = newRight)
}
