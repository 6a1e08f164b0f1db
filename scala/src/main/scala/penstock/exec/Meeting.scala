package penstock.exec

import org.apache.spark.rdd.RDD
import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.execution.SparkPlan
import org.apache.spark.sql.execution.metric.SQLMetric
import org.apache.spark.sql.internal.SQLConf

import penstock.Conf

/** How the rows of both sides come to the tasks that merge them. What a row is matched with does not depend on it.
  *
  * Serializable, because Spark's sort sends the operators below it to the executors.
  */
sealed abstract class Meeting(val name: String) extends Serializable

object Meeting {

  /** Both sides exchanged by the hash of the key; one task where there is none. */
  case object Hash extends Meeting("hash")

  /** The right side whole in every task, the left side where it lies. */
  case object Broadcast extends Meeting("broadcast")

  /** As `Hash`, with the time of hot keys, or of all, cut into slices that are keys of their own. */
  case object Slices extends Meeting("slice")

  /** As `Hash`, of right rows that may answer one of the few left rows ([[ShortlistExec]]). */
  case object BroadcastLeft extends Meeting("broadcast_left")

  val all: Seq[Meeting] = Seq(Hash, Broadcast, BroadcastLeft, Slices)

  /** Runs tasks over both sides, brought together in this way.
    *
    * @param broadcast
    *   counts the tasks that have the right side whole
    * @param sliced
    *   counts the tasks with slices of time
    */
  private[exec] def tasks(way: Meeting, left: SparkPlan, right: SparkPlan, broadcast: SQLMetric, sliced: SQLMetric)(
      run: (Iterator[InternalRow], Iterator[InternalRow]) => Iterator[InternalRow]
  ): RDD[InternalRow] = way match {
    case Broadcast =>
      val rights = right.executeBroadcast[Array[InternalRow]]()
      val fields = right.output.size
      left.execute().mapPartitions { l =>
        broadcast.add(1)
        run(l, SentRows.read(rights.value, fields))
      }
    case _ =>
      val count = if (way == Slices) 1L else 0L
      left.execute().zipPartitions(right.execute()) { (l, r) =>
        sliced.add(count)
        run(l, r)
      }
  }

  /** The one that the session demands. */
  def asked(conf: SQLConf): Option[Meeting] = Conf.joinStrategy(conf, all.map(way => way.name -> way))

  /** The one that sizes speak for, before anything is known of keys. */
  def chosen(hinted: Boolean, rightBytes: BigInt, conf: SQLConf): Meeting = {
    val limit = conf.autoBroadcastJoinThreshold
    if (hinted || (limit > 0 && rightBytes <= limit)) Broadcast else Hash
  }
}
