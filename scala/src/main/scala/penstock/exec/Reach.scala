package penstock.exec

import org.apache.spark.sql.catalyst.expressions.UnsafeRow

import penstock.time.{Image, TimeAxis}

/** What the left intervals of each slice cover together: where the first of them begins and the last one ends. By that
  * a right interval knows the slices in which it may match anything.
  *
  * A left interval lies in the slice in which it begins, once, so every verdict on it is given in one place. Were a few
  * to last long, all right rows would be in reach of every slice; so those that outlast the next slice lie in one of
  * their own, behind the others. Then a short right row goes to three slices at most, and as a rule to one.
  *
  * @param first
  *   images of times, one for each slice
  * @param last
  *   likewise; before `first` where the slice has no left row
  */
private[exec] final case class Reach(first: Array[Long], last: Array[Long]) {

  def cover(slice: Int, from: Long, to: Long): Unit = {
    first(slice) = math.min(first(slice), from)
    last(slice) = math.max(last(slice), to)
  }

  def met(slice: Int, from: Long, to: Long): Boolean = first(slice) <= to && from <= last(slice)

  def numbers: Array[Long] = first ++ last

  def and(other: Reach): Reach = {
    other.first.indices.foreach(i => cover(i, other.first(i), other.last(i)))
    this
  }
}

private[exec] object Reach {

  def read(numbers: Array[Long]): Reach = {
    val (first, last) = numbers.splitAt(numbers.length / 2)
    Reach(first, last)
  }

  /** Of as many slices, and that of the long ones. */
  def nothing(slices: Int): Reach =
    Reach(Array.fill(slices + 1)(Long.MaxValue), Array.fill(slices + 1)(Long.MinValue))
}

/** Where the intervals of one side lie among cuts.
  *
  * @param start
  *   place of the start; null: open
  * @param end
  *   place of the end, the same for points
  */
private[exec] final class Lives(cuts: Cuts, axis: TimeAxis, start: Int, end: Int) {

  /** Whether there is no interval: a point that is nowhere. */
  def nowhere(row: UnsafeRow): Boolean = start == end && row.isNullAt(start)

  def from(row: UnsafeRow, image: Image): Long = if (row.isNullAt(start)) Long.MinValue else image.of(row, start)

  def to(row: UnsafeRow, image: Image): Long = if (row.isNullAt(end)) Long.MaxValue else image.of(row, end)

  /** The slice of a left row. */
  def home(row: UnsafeRow): Int = {
    val begins = cuts.slice(from(row, axis))
    if (cuts.slice(to(row, axis)) > begins + 1) cuts.slices else begins
  }
}
