package penstock.exec

import java.util.Comparator

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.UnsafeRow
import org.apache.spark.sql.catalyst.plans.physical.BroadcastMode
import org.apache.spark.sql.types.DataType

import penstock.time.TimeAxis

/** Broadcasts rows in the order of time, sorted once, on the driver; [[SentRows]] reads them.
  *
  * @param time
  *   place of the time in the rows
  */
private[exec] final case class TimeOrderedMode(time: Int, timeType: DataType, descending: Boolean)
    extends BroadcastMode {

  override def transform(rows: Array[InternalRow]): Array[InternalRow] = transform(rows.iterator, None)

  override def transform(rows: Iterator[InternalRow], sizeHint: Option[Long]): Array[InternalRow] = {
    val axis = TimeAxis(timeType, None)
    val timed = rows.map { r =>
      val row = r.asInstanceOf[UnsafeRow]
      new TimeOrderedMode.Timed(row, if (row.isNullAt(time)) 0L else axis.image(row, time))
    }.toArray
    val exactly = MergeOrder.within(axis, time, descending)
    java.util.Arrays.sort(
      timed,
      new Comparator[TimeOrderedMode.Timed] {
        // An image that is the same, or of no time at all, leaves it to the rows.
        override def compare(a: TimeOrderedMode.Timed, b: TimeOrderedMode.Timed): Int =
          if (a.image == b.image || a.row.isNullAt(time) || b.row.isNullAt(time)) exactly.compare(a.row, b.row)
          else if (descending) java.lang.Long.compare(b.image, a.image)
          else java.lang.Long.compare(a.image, b.image)
      }
    )
    SentRows.packed(timed.iterator.map(_.row))
  }

  override def canonicalized: BroadcastMode = this
}

private[exec] object TimeOrderedMode {
  private final class Timed(val row: UnsafeRow, val image: Long)
}
