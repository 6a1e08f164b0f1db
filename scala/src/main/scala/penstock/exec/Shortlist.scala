package penstock.exec

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.{UnsafeProjection, UnsafeRow}

import penstock.machine.{Candidates, KeyState}
import penstock.time.TimeAxis

/** The right rows of one partition that may answer a left row.
  *
  * @param key
  *   of a right row
  * @param time
  *   its place in a right row
  * @param reverse
  *   whether left rows are answered from what lies after them
  */
private[exec] final class Shortlist(
    times: KeyTable[LeftTimes],
    key: UnsafeProjection,
    time: Int,
    axis: TimeAxis,
    reverse: Boolean,
    candidates: Candidates
) {
  private val keys = new Array[Array[KeyState]](times.size)
  private var held = 0L

  /** What is remembered. */
  var bytes = 0L

  /** The rows that may answer, in no order.
    *
    * @param fits
    *   whether so many rows may be remembered, given the bytes that come to the others
    */
  def of(rows: Iterator[UnsafeRow], fits: (Long, Long) => Boolean): Iterator[InternalRow] = {
    var room = true
    while (room && rows.hasNext) room = offer(rows.next(), fits)
    // What came before is told in any case; the others go on as they are.
    told ++ rows
  }

  private def offer(row: UnsafeRow, fits: (Long, Long) => Boolean): Boolean = {
    val of = times.get(key(row))
    if (of == null) true
    else {
      val gap = of.gap(axis.image(row, time))
      val useless = if (reverse) gap == 0 else gap == 2 * of.size
      useless || keep(of, gap, row, fits)
    }
  }

  private def keep(of: LeftTimes, gap: Int, row: UnsafeRow, fits: (Long, Long) => Boolean): Boolean = {
    if (keys(of.number) == null) keys(of.number) = new Array[KeyState](2 * of.size + 1)
    val gaps = keys(of.number)
    val fresh = gaps(gap) == null
    if (fresh) gaps(gap) = candidates.newState()
    val state = gaps(gap)
    val (rows, size) = if (fresh) (0, 0L) else (state.size, state.bytes)
    candidates.absorb(state, row)
    val (moreRows, more) = (state.size - rows, state.bytes - size)
    held += moreRows
    bytes += more
    (moreRows == 0 && more == 0) || fits(held, more)
  }

  private def told: Iterator[InternalRow] =
    keys.iterator.filter(_ != null).flatMap(_.iterator.filter(_ != null)).flatMap(_.rows)
}

/** The times of one key's left rows, each once, ascending. */
private[exec] final class LeftTimes(val number: Int) {
  private var images = new Array[Long](4)
  var size = 0

  /** Takes in the next time. */
  def add(image: Long): Unit = if (size == 0 || images(size - 1) != image) {
    if (size == images.length) images = java.util.Arrays.copyOf(images, 2 * size)
    images(size) = image
    size += 1
  }

  /** Whether one of them lies from here to there, both included. */
  def any(from: Long, to: Long): Boolean = {
    val at = java.util.Arrays.binarySearch(images, 0, size, from)
    at >= 0 || (-at - 1 < size && images(-at - 1) <= to)
  }

  /** Which stretch a time lies in: 0 before the first left time, 1 at it, 2 between it and the second, and so on. To be
    * at a left time is a stretch of its own, so nothing here depends on whether equal times match.
    */
  def gap(image: Long): Int = {
    val at = java.util.Arrays.binarySearch(images, 0, size, image)
    if (at >= 0) 2 * at + 1 else 2 * (-at - 1)
  }
}

private[exec] object LeftTimes {

  /** Those of all keys, from rows of so many `fields` in the order of time; made once for all tasks of a JVM.
    *
    * @param id
    *   of this execution
    * @param time
    *   place in a row
    */
  def of(
      rows: Array[InternalRow],
      fields: Int,
      id: String,
      key: UnsafeProjection,
      time: Int,
      axis: TimeAxis
  ): KeyTable[LeftTimes] = Indexes.of(rows, id) {
    val made = new KeyTable[LeftTimes]
    SentRows.read(rows, fields).foreach { row =>
      if (!row.isNullAt(time)) {
        val of = key(row)
        var times = made.get(of)
        if (times == null) {
          times = new LeftTimes(made.size)
          made.put(of, times)
        }
        times.add(axis.image(row, time))
      }
    }
    made
  }
}
