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

import penstock.machine.{Distance, Sides}
import penstock.time.TimeAxis

/** Leaves out right rows that no left row can be answered from, where they lie: every task has the left keys and times.
  *
  * Where a machine remembers all there is to know (`remembers`), only that right row counts between two left times of a
  * key which it would remember at the later one (with time running down, at the earlier), so that is all that a
  * partition sends on. Elsewhere it is every row within reach of a left one. What comes of it is merged as ever:
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

  private def onLeft: Int = left.output.indexWhere(_.exprId == leftTime.exprId)

  override def requiredChildDistribution: Seq[Distribution] = Seq(
    BroadcastDistribution(TimeOrderedMode(onLeft, leftTime.dataType, descending = false)),
    UnspecifiedDistribution
  )

  override def outputPartitioning: Partitioning = right.outputPartitioning

  override protected def doExecute(): RDD[InternalRow] = {
    val sent = left.executeBroadcast[Array[InternalRow]]()
    val (l, lefts, r, columns) = (leftKeys, left.output, rightKeys, right.output)
    val at = onLeft
    val (id, timeType, listed) = (UUID.randomUUID().toString, rightTime.dataType, shortlist)
    val (seen, kept) = (longMetric("rightRows"), longMetric("numOutputRows"))
    right.execute().mapPartitions { rows =>
      val times =
        LeftTimes.of(sent.value, lefts.size, id, UnsafeProjection.create(l, lefts), at, TimeAxis(timeType, None))
      val counted = rows.asInstanceOf[Iterator[UnsafeRow]].map { row =>
        seen.add(1)
        row
      }
      Emit.counted(listed(times, UnsafeProjection.create(r, columns), counted), kept)
    }
  }

  /** Made on the driver, run in a task: the rows of a partition that may answer, given the left times and its keys. */
  private def shortlist: (KeyTable[LeftTimes], UnsafeProjection, Iterator[UnsafeRow]) => Iterator[InternalRow] = {
    val merge = memory.merge
    val sides = Sides(memory.left, right.output, leftTime, rightTime)
    val (time, timeType, reverse) = (sides.ordinal(right.output, rightTime), rightTime.dataType, merge.reverse)
    val (limit, held) = (maxRows, longMetric("stateBytes"))
    if (merge.remembers(timeType)) {
      val remembering = (merge.halo.before ++ merge.halo.after).head(sides)
      (times, key, rows) => {
        val account = new TaskAccount(TaskInternals.memory(TaskContext.get()))
        val list = new Shortlist(times, key, time, TimeAxis(timeType, None), reverse, remembering.make())
        TaskContext.get().addTaskCompletionListener[Unit] { _ =>
          held.add(list.bytes)
          account.release()
        }
        list.of(rows, (n, more) => n <= limit && account.add(more))
      }
    } else {
      val (earliest, latest) = merge.reach
      (times, key, rows) => {
        val axis = TimeAxis(timeType, None)
        val first = Distance.image(axis, earliest, up = false)
        val last = Distance.image(axis, latest, up = true)
        rows.filter { row =>
          val of = times.get(key(row))
          of != null && of.any(first.of(row, time), last.of(row, time))
        }
      }
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
