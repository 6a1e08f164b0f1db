package penstock.exec

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.plans.physical.BroadcastMode
import org.apache.spark.sql.types.DataType

import penstock.time.TimeAxis

/** Broadcasts rows in the order of time, sorted once, on the driver.
  *
  * What travels is an array of Spark's own rows: an executor reads it before it knows any class of ours.
  *
  * @param time
  *   place of the time in the rows
  */
private[exec] final case class TimeOrderedMode(time: Int, timeType: DataType, descending: Boolean)
    extends BroadcastMode {

  override def transform(rows: Array[InternalRow]): Array[InternalRow] = {
    val axis = TimeAxis(timeType, None)
    val sorted = rows.clone()
    java.util.Arrays.sort(sorted, MergeOrder.within(axis, time, descending))
    sorted
  }

  override def transform(rows: Iterator[InternalRow], sizeHint: Option[Long]): Array[InternalRow] =
    transform(rows.toArray)

  override def canonicalized: BroadcastMode = this
}
