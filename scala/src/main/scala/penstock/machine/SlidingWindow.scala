package penstock.machine

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.UnsafeRow

import penstock.time.{Grid, Moved}

/** A window with a lower end: rows enter and leave.
  *
  * Buffers that can be merged are kept in two parts that meet at a row `middle`: for each row before it the aggregate
  * from that row up to the middle, and one aggregate of all rows from the middle on. A row is folded into each part at
  * most once, and an answer is one merge; nothing is ever subtracted, so nothing drifts and a NaN leaves with its row.
  * The middle lies at a multiple of the window's length where the axis is whole, so the bits of a sum depend on no
  * other left row. (The method is known from sliding minima: van Herk 1992, Gil and Werman 1993.)
  *
  * `count(distinct)` adds and takes out rows. Every other object is made anew from the window's rows for each left row.
  *
  * Bound: the rows of the window, and a buffer for each before the middle.
  *
  * @param grid
  *   blocks of the window's length, and how far from the left time the window ends; null where the axis has none
  * @param stale
  *   rows before the newest one moved by this are in no window to come; null where that is unknown
  * @param prevailing
  *   whether the last row at or before the beginning takes part
  */
private[machine] final class SlidingWindow(
    functions: WindowFunctions,
    reach: Reach,
    ring: RowRing,
    grid: Grid,
    end: Long,
    stale: Moved,
    prevailing: Boolean
) extends KeptWindow {
  private val folds = functions.folds
  private val lones = functions.lones
  private val states = lones.map(l => if (l.reversible) l.fresh() else null)
  private val values = new Array[Any](lones.length)

  /** The window's rows: from `low` until before `high`. */
  private var low = ring.first
  private var high = ring.first

  private var block = Long.MinValue
  private var middle = ring.first
  private var earlier = new Array[InternalRow](0)
  private var earlierFrom = ring.first
  private var later: InternalRow = folds.fresh()
  private var laterTo = ring.first

  def needs: Long = if (prevailing) math.max(ring.first, low - 1) else low

  def bytes: Long = {
    var sum = 64L + folds.bytes * (earlier.length + 1)
    var i = 0
    while (i < states.length) {
      if (states(i) != null) sum += states(i).bytes
      i += 1
    }
    sum
  }

  def advance(newest: UnsafeRow): Unit =
    if (stale != null)
      while (low < ring.end && stale.compare(ring(low), reach.time, newest, reach.time) < 0) drop()

  private def drop(): Unit = {
    if (low < high) each((state, row) => state.remove(row), ring(low))
    low += 1
    if (high < low) high = low
  }

  private def each(change: (LoneState, UnsafeRow) => Unit, row: UnsafeRow): Unit = {
    var i = 0
    while (i < states.length) {
      if (states(i) != null) change(states(i), row)
      i += 1
    }
  }

  def answer(left: UnsafeRow, into: Array[Any], at: Int): Unit = {
    while (low < ring.end && reach.passed(ring(low), left)) drop()
    while (high < ring.end && reach.entered(ring(high), left)) {
      each((state, row) => state.add(row), ring(high))
      high += 1
    }
    val before = if (prevailing) prevails(left) else null
    var buffer = if (folds.used) folded(left) else later
    if (before != null && folds.used) {
      val first = folds.fresh()
      folds.fold(first, before)
      folds.merge(first, buffer)
      buffer = first
    }
    alone(before)
    functions.write(buffer, values, into, at)
  }

  /** The row that held when the window began, unless it lies in the window. */
  private def prevails(left: UnsafeRow): UnsafeRow =
    if (low < high && reach.atStart(ring(low), left)) null
    else {
      var n = low
      // Both ends beyond the end of the type are that end: an open window does not hold the rows of its beginning.
      if (low == high) while (n < ring.end && reach.atStart(ring(n), left)) n += 1
      if (n == ring.first) null else ring(n - 1)
    }

  private def alone(before: UnsafeRow): Unit = {
    var i = 0
    while (i < lones.length) {
      if (states(i) == null) {
        val state = lones(i).fresh()
        if (before != null) state.add(before)
        var n = low
        while (n < high) {
          state.add(ring(n))
          n += 1
        }
        values(i) = state.value
      } else {
        if (before != null) states(i).add(before)
        values(i) = states(i).value
        if (before != null) states(i).remove(before)
      }
      i += 1
    }
  }

  private def folded(left: UnsafeRow): InternalRow = {
    val now = if (grid == null) block else grid.block(left, reach.onLeft, end)
    if (now != block || low > middle) {
      rebuild(if (grid == null || now == block) high else firstOf(now))
      block = now
    }
    while (laterTo < high) {
      folds.fold(later, ring(laterTo))
      laterTo += 1
    }
    if (low == middle) later
    else {
      val sum = earlier((low - earlierFrom).toInt).copy()
      if (middle < laterTo) folds.merge(sum, later)
      sum
    }
  }

  /** The first row in the window that lies in the block. */
  private def firstOf(now: Long): Long = {
    var n = low
    while (n < high && grid.before(ring(n), reach.time, now)) n += 1
    n
  }

  private def rebuild(at: Long): Unit = {
    middle = at
    earlierFrom = low
    earlier = new Array[InternalRow]((middle - low).toInt)
    var n = middle - 1
    while (n >= low) {
      val buffer = folds.fresh()
      folds.fold(buffer, ring(n))
      if (n + 1 < middle) folds.merge(buffer, earlier((n + 1 - low).toInt))
      earlier((n - low).toInt) = buffer
      n -= 1
    }
    later = folds.fresh()
    laterTo = middle
  }
}
