package penstock.exec

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.UnsafeRow

import penstock.machine.SweepMachine
import penstock.time.TimeAxis

/** Which row of two sides has its turn first.
  *
  * @param rightFirst
  *   of two that start together
  */
private[exec] final class SweepOrder(axis: TimeAxis, leftStart: Int, rightStart: Int, rightFirst: Boolean) {
  def leftFirst(left: UnsafeRow, right: UnsafeRow): Boolean = {
    val (l, r) = (left.isNullAt(leftStart), right.isNullAt(rightStart))
    val c = if (l || r) java.lang.Boolean.compare(r, l) else axis.compare(left, leftStart, right, rightStart)
    if (c == 0) !rightFirst else c < 0
  }
}

/** Sweeps two streams of rows, both in the order of their starts, keys interleaved, and gives out pairs and verdicts as
  * the machine finds them.
  *
  * Where the active rows outgrow their limit no more are let in: the rest of both sides meets those that are there and
  * waits in logs that spill. When all of those have ended, the next round begins with what waits. So a round costs a
  * reading of what starts while its rows live, and there are as many rounds as the active rows are times too many.
  *
  * @param crowded
  *   told when a round lets no more rows in
  */
private[exec] final class SweepPass(
    left: SweepSource,
    right: SweepSource,
    order: SweepOrder,
    keys: MergeKeys,
    machine: SweepMachine,
    states: SweepStates,
    emit: Emit,
    crowded: () => Unit
) extends Iterator[InternalRow] {
  import SweepStates.Held

  private val nothing = machine.newState()
  private var ready: InternalRow = _
  private var finished = false

  private var turn: SweepSource = _ // whose row is being met
  private var held: Held = _
  private var full = false
  private var beforePurge = 0L // rows until the next look at what has ended, while full
  private var ending: java.util.Iterator[Held] = _

  def hasNext: Boolean = {
    while (ready == null && !finished) step()
    ready != null
  }

  def next(): InternalRow = {
    if (!hasNext) throw new NoSuchElementException("no more rows in the sweep")
    val row = ready
    ready = null
    row
  }

  private def step(): Unit =
    if (machine.next()) ready = emit(machine.left, machine.right)
    else if (turn != null) settle()
    else if (ending != null) end()
    else arrive()

  private def arrive(): Unit = {
    turn =
      if (left.head == null) right
      else if (right.head == null || order.leftFirst(left.head, right.head)) left
      else right
    val row = turn.head
    if (row == null) {
      turn = null
      ending = states.each
    } else {
      val key = if (turn.fromLeft) keys.left(row) else keys.right(row)
      val matchable = keys.matchable(key)
      held = if (!matchable) null else if (full) states.find(key) else states.of(key)
      val state = if (held != null) held.state else if (matchable) nothing else null
      machine.arrive(state, row, turn.fromLeft, enters = !full)
    }
  }

  /** The row whose turn it was has met all it could. */
  private def settle(): Unit = {
    if (full) {
      val waits = machine.deferred
      if (waits != null) turn.defer(waits)
      beforePurge -= 1
      if (beforePurge <= 0) look()
    } else if (held != null) {
      val fits = states.settle(held)
      val freed = (!fits || states.due) && states.purge(turn.head, turn.fromLeft)
      if (!fits && !freed) close()
    }
    turn.advance()
    turn = null
    if (full && states.isEmpty) again()
  }

  /** Lets no more rows in. */
  private def close(): Unit = {
    full = true
    beforePurge = 2 * states.size
    crowded()
  }

  /** Looks for what has ended: as seldom as costs nothing, as often as a round is not much longer for it. */
  private def look(): Unit = {
    states.purge(turn.head, turn.fromLeft): Unit
    beforePurge = 2 * states.size
  }

  private def end(): Unit =
    if (ending.hasNext) machine.end(ending.next().state)
    else {
      ending = null
      if (left.waits || right.waits) again()
      else {
        finished = true
        states.clear()
      }
    }

  private def again(): Unit = {
    states.clear()
    full = false
    left.restart()
    right.restart()
  }
}
