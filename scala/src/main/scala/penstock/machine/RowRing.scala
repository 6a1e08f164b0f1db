package penstock.machine

import org.apache.spark.sql.catalyst.expressions.UnsafeRow

/** The right rows of one key that a window may still need, by running numbers: the oldest is `first`, the newest the
  * one before `end`. Holds copies.
  */
private[machine] final class RowRing {
  private var rows = new Array[UnsafeRow](4)
  private var held = 0L

  var first = 0L
  var end = 0L

  def size: Int = (end - first).toInt
  def bytes: Long = 48L + 8L * rows.length + held

  def apply(number: Long): UnsafeRow = rows(place(number))

  def append(row: UnsafeRow): Unit = {
    if (size == rows.length) grow()
    rows(place(end)) = row
    held += cost(row)
    end += 1
  }

  def swap(a: Long, b: Long): Unit = {
    val row = rows(place(a))
    rows(place(a)) = rows(place(b))
    rows(place(b)) = row
  }

  /** Lets go of the rows before a number. */
  def dropTo(number: Long): Unit = while (first < number) {
    held -= cost(rows(place(first)))
    rows(place(first)) = null
    first += 1
  }

  // The length is a power of two.
  private def place(number: Long): Int = (number & (rows.length - 1)).toInt

  private def grow(): Unit = {
    val wider = new Array[UnsafeRow](2 * rows.length)
    var n = first
    while (n < end) {
      wider((n & (wider.length - 1)).toInt) = rows(place(n))
      n += 1
    }
    rows = wider
  }

  private def cost(row: UnsafeRow): Long = 56L + row.getSizeInBytes
}
