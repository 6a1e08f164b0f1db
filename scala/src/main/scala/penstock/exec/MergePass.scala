package penstock.exec

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.{UnsafeProjection, UnsafeRow}

import penstock.machine.{MergeMachine, Turn}
import penstock.time.TimeAxis

/** How rows of one pass are read: where their time and key are, and which of two rows comes first.
  *
  * @param descending
  *   whether time runs down
  */
private[exec] final class MergeOrder(
    axis: TimeAxis,
    val leftTime: Int,
    val rightTime: Int,
    val descending: Boolean,
    turn: Turn
) {

  /** Whether a right row must be absorbed before a left row is answered. */
  def precedes(right: UnsafeRow, left: UnsafeRow): Boolean =
    turn.rightFirst(right, rightTime, left, leftTime)

  /** Orders rows of one side, null times where Spark's sort puts them. */
  def within(time: Int): Ordering[InternalRow] = MergeOrder.within(axis, time, descending)
}

private[exec] object MergeOrder {

  /** Orders rows by the time at a place of theirs, null times where Spark's sort puts them. */
  def within(axis: TimeAxis, time: Int, descending: Boolean): Ordering[InternalRow] = new Ordering[InternalRow] {
    def compare(a: InternalRow, b: InternalRow): Int = {
      val c = (a.isNullAt(time), b.isNullAt(time)) match {
        case (false, false) => axis.compare(a, time, b, time)
        case (x, y) => java.lang.Boolean.compare(y, x)
      }
      if (descending) -c else c
    }
  }
}

/** The keys of both sides, normalised.
  *
  * @param nullsEqual
  *   whether null matches null
  */
private[exec] final class MergeKeys(val left: UnsafeProjection, val right: UnsafeProjection, nullsEqual: Boolean) {
  def matchable(key: UnsafeRow): Boolean = nullsEqual || !key.anyNull
}

/** Merges two streams of rows, both in time order, keys interleaved: absorbs right rows as their time comes and gives
  * out answered left rows in the order they came.
  *
  * @param overflow
  *   takes over when the states outgrow their limit: given what is left of both sides, it goes on to the end.
  */
private[exec] final class MergePass(
    left: Iterator[UnsafeRow],
    right: Iterator[UnsafeRow],
    order: MergeOrder,
    keys: MergeKeys,
    machine: MergeMachine,
    states: KeyedStates,
    emit: Emit,
    overflow: (Iterator[UnsafeRow], Iterator[UnsafeRow]) => Iterator[InternalRow]
) extends Iterator[InternalRow] {

  private var head: UnsafeRow = if (right.hasNext) right.next() else null
  private var ready: InternalRow = _
  private var rest: Iterator[InternalRow] = _

  def hasNext: Boolean = {
    while (ready == null && rest == null && left.hasNext) answer(left.next())
    val more = ready != null || (rest != null && rest.hasNext)
    if (!more) states.clear()
    more
  }

  def next(): InternalRow = {
    if (!hasNext) throw new NoSuchElementException("no more rows in the merge")
    if (ready != null) {
      val row = ready
      ready = null
      row
    } else rest.next()
  }

  private def answer(row: UnsafeRow): Unit =
    if (row.isNullAt(order.leftTime)) ready = emit(row, null)
    else if (!catchUp(row)) handOver(row)
    else {
      val key = keys.left(row)
      ready = emit(row, if (keys.matchable(key)) machine.answer(states.of(key), row) else null)
    }

  /** Absorbs the right rows that come before a left row; false where the states grew too big on the way. */
  private def catchUp(row: UnsafeRow): Boolean = {
    var fits = true
    while (fits && head != null && order.precedes(head, row)) {
      fits = states.absorb(keys.right(head), head)
      head = if (right.hasNext) right.next() else null
    }
    fits
  }

  private def handOver(row: UnsafeRow): Unit = {
    val pending = if (head == null) Iterator.empty else Iterator.single(head)
    rest = overflow(Iterator.single(row) ++ left, pending ++ right)
  }
}
