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
    val came = rows.map(_.asInstanceOf[UnsafeRow])
    if (axis.faithful) byImage(came, axis)
    else SentRows.packed(came.toArray.sorted(MergeOrder.within(axis, time, descending)).iterator)
  }

  /** Spark's radix sort, as its own sort of rows has it, over rows that were copied behind each other as they came:
    * every task waits for this one. Sorting objects by a comparator was half of the wait, and each of 200 000 row
    * objects read in another order than they came in three misses of the cache.
    */
  private def byImage(rows: Iterator[UnsafeRow], axis: TimeAxis): Array[InternalRow] = {
    val arrived = new SentRows.Packer
    val timed = Array.newBuilder[Long] // a place and an image for each row
    val timeless = Array.newBuilder[Long]
    var fields = 0
    rows.foreach { row =>
      fields = row.numFields
      val place = arrived.add(row)
      if (row.isNullAt(time)) timeless += place
      else {
        timed += place
        timed += axis.image(row, time)
      }
    }
    val sorted = places(timed.result())
    val nulls = timeless.result().iterator
    val sent = arrived.result()
    val lent = new UnsafeRow(fields)
    SentRows.packed((if (descending) sorted ++ nulls else nulls ++ sorted).map(SentRows.point(lent, sent, _)))
  }

  /** The places in the order of their images. */
  private def places(pairs: Array[Long]): Iterator[Long] = {
    val count = pairs.length / 2
    val roomy = java.util.Arrays.copyOf(pairs, 2 * pairs.length) // the sort moves them there and back
    val array = new LongArray(MemoryBlock.fromLongArray(roomy))
    val start = RadixSort.sortKeyPrefixArray(array, 0L, count.toLong, 0, 7, descending, true)
    Iterator.range(0, count).map(i => array.get(start + 2 * i))
  }

  override def canonicalized: BroadcastMode = this
}
