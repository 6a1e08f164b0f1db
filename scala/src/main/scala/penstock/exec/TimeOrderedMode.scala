package penstock.exec

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.UnsafeRow
import org.apache.spark.sql.catalyst.plans.physical.BroadcastMode
import org.apache.spark.sql.types.DataType
import org.apache.spark.unsafe.array.LongArray
import org.apache.spark.unsafe.memory.MemoryBlock
import org.apache.spark.util.collection.unsafe.sort.RadixSort

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
    val all = rows.map(_.asInstanceOf[UnsafeRow]).toArray
    val sorted =
      if (axis.faithful && !all.exists(_.isNullAt(time))) byImage(all, axis)
      else all.sorted(MergeOrder.within(axis, time, descending)).iterator
    SentRows.packed(sorted)
  }

  /** Spark's radix sort, as its own sort of rows has it: every task waits for this one, and sorting objects by a
    * comparator was half of the wait (200 000 rows).
    */
  private def byImage(rows: Array[UnsafeRow], axis: TimeAxis): Iterator[UnsafeRow] = {
    val pairs = new Array[Long](4 * rows.length) // an index and an image each, and as much room to sort in
    rows.indices.foreach { i =>
      pairs(2 * i) = i.toLong
      pairs(2 * i + 1) = axis.image(rows(i), time)
    }
    val array = new LongArray(MemoryBlock.fromLongArray(pairs))
    val start = RadixSort.sortKeyPrefixArray(array, 0L, rows.length.toLong, 0, 7, descending, true)
    rows.indices.iterator.map(i => rows(pairs(start + 2 * i).toInt))
  }

  override def canonicalized: BroadcastMode = this
}
