package penstock.machine

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.{BasePredicate, JoinedRow, UnsafeRow}

import penstock.time.TimeAxis

/** What a right row must be to become a candidate, and which of two candidates stands: shared by both ways of keeping
  * them.
  *
  * A ''lane'' is one thing that is looked for on its own. Lane 0 is the whole row. With `skip_nulls` every value column
  * has a lane of its own besides, which sees only rows where the column is not null.
  *
  * @param time
  *   place of the time in the right row
  * @param onLeft
  *   place of the time in the left row
  * @param values
  *   places of the value columns that have a lane each; empty without `skip_nulls`
  * @param reverse
  *   whether time runs backwards (forward as-of): of a tie the first stands, not the last
  */
final class CandidateRules(
    val axis: TimeAxis,
    val time: Int,
    val onLeft: Int,
    val values: Array[Int],
    val ties: Ties,
    val reverse: Boolean
) {
  val lanes: Int = 1 + values.length

  def eligible(lane: Int, right: UnsafeRow): Boolean = lane == 0 || !right.isNullAt(values(lane - 1))

  /** Above zero where `a` is later in the order of the pass. */
  def later(a: InternalRow, b: InternalRow): Int = {
    val c = axis.compare(a, time, b, time)
    if (reverse) -c else c
  }

  def sameTime(a: InternalRow, b: InternalRow): Boolean = axis.compare(a, time, b, time) == 0

  def inReach(left: InternalRow, right: InternalRow): Boolean = axis.within(right, time, left, onLeft)

  /** Above zero where `challenger`, of the same time, takes the place of `holder`; zero where nothing decides. */
  def contest(challenger: UnsafeRow, holder: UnsafeRow): Int = {
    val c = ties.compare(challenger, holder)
    if (reverse) -c else c
  }
}

/** The candidates of one left row, one for each lane; null where a lane has none. */
final class Picks(lanes: Int) {
  val rows: Array[UnsafeRow] = new Array[UnsafeRow](lanes)

  /** Whether another row ties with the one picked and nothing tells them apart. */
  val tied: Array[Boolean] = new Array[Boolean](lanes)

  def clear(): Unit = {
    java.util.Arrays.fill(rows.asInstanceOf[Array[AnyRef]], null)
    java.util.Arrays.fill(tied, false)
  }

  def set(lane: Int, row: UnsafeRow, isTied: Boolean): Unit = {
    rows(lane) = row
    tied(lane) = isTied
  }
}

/** A way of keeping candidates: the right rows that an answer may still come from. */
trait Candidates {
  def newState(): KeyState
  def absorb(state: KeyState, right: UnsafeRow): Unit

  /** Fills `picks` for a left row; false, with lane 0 empty, where no row matches. */
  def pick(state: KeyState, left: UnsafeRow, picks: Picks): Boolean
}

/** Keeps the latest row of all, the only lane there is without `skip_nulls`. Rows may come in any order.
  *
  * By itself, because it is what nearly every as-of join remembers, and one object for each of 5 M keys.
  */
final class LatestCandidate(rules: CandidateRules) extends Candidates {

  private final class Latest extends KeyState {
    var row: UnsafeRow = _
    var tied = false

    /** Where a tie fails, the row that ties with this one: whoever absorbs these rows must see it, too. */
    var twin: UnsafeRow = _

    def bytes: Long = 56L + (if (row == null) 0L else 72L + row.getSizeInBytes)
    def size: Int = if (row == null) 0 else 1
    def rows: Iterator[UnsafeRow] = Option(row).iterator ++ Option(twin).filter(_ => tied)
  }

  def newState(): KeyState = new Latest

  def absorb(state: KeyState, right: UnsafeRow): Unit = {
    val latest = state.asInstanceOf[Latest]
    if (latest.row == null) latest.row = right.copy()
    else {
      val newer = rules.later(right, latest.row)
      val c = if (newer != 0) newer else rules.contest(right, latest.row)
      if (c > 0) {
        latest.row.copyFrom(right) // in place: no garbage for each right row
        latest.tied = false
      } else if (c == 0) {
        latest.tied = true
        if (rules.ties.refused) latest.twin = right.copy()
      }
    }
  }

  def pick(state: KeyState, left: UnsafeRow, picks: Picks): Boolean = {
    val latest = state.asInstanceOf[Latest]
    val found = latest.row != null && rules.inReach(left, latest.row)
    picks.set(0, if (found) latest.row else null, found && latest.tied)
    found
  }
}

/** Keeps the latest row of each lane: all there is to know where no condition ties left and right rows together. Rows
  * may come in any order. Of one lane, [[LatestCandidate]] does.
  */
final class LatestCandidates(rules: CandidateRules) extends Candidates {

  private final class Held(val row: UnsafeRow) {
    var uses = 0
  }

  /** The latest row of each lane. Lanes that saw the same row last share one copy of it. */
  private final class Latest extends KeyState {
    val held = new Array[Held](rules.lanes)
    val tied = new Array[Boolean](rules.lanes)

    /** Where a tie fails, the row that ties with the one held: whoever absorbs these rows must see it, too. */
    val twins: Array[UnsafeRow] = if (rules.ties.refused) new Array[UnsafeRow](rules.lanes) else null
    private var distinct = 0
    private var heldBytes = 0L

    def bytes: Long = 96L + 9L * rules.lanes + heldBytes
    def size: Int = distinct
    def rows: Iterator[UnsafeRow] = {
      val kept = held.iterator.filter(_ != null).toSeq.distinct.map(_.row)
      val tying = if (twins == null) Nil else twins.indices.filter(tied(_)).map(twins(_))
      (kept ++ tying).sortWith(rules.later(_, _) < 0).iterator
    }

    def tie(lane: Int, right: UnsafeRow): Unit = {
      tied(lane) = true
      if (twins != null) twins(lane) = right.copy()
    }

    def put(lane: Int, next: Held): Unit = {
      val before = held(lane)
      if (before != null) {
        before.uses -= 1
        if (before.uses == 0) drop(before)
      }
      if (next.uses == 0) {
        distinct += 1
        heldBytes += cost(next)
      }
      next.uses += 1
      held(lane) = next
    }

    private def drop(h: Held): Unit = {
      distinct -= 1
      heldBytes -= cost(h)
    }

    private def cost(h: Held): Long = 72L + h.row.getSizeInBytes
  }

  def newState(): KeyState = new Latest

  def absorb(state: KeyState, right: UnsafeRow): Unit = {
    val latest = state.asInstanceOf[Latest]
    var copy: Held = null
    var lane = 0
    while (lane < rules.lanes) {
      if (rules.eligible(lane, right)) {
        val holder = latest.held(lane)
        val newer = if (holder == null) 1 else rules.later(right, holder.row)
        val c = if (newer != 0) newer else rules.contest(right, holder.row)
        if (c > 0) {
          if (copy == null) copy = new Held(right.copy())
          latest.put(lane, copy)
          latest.tied(lane) = false
        } else if (c == 0) latest.tie(lane, right)
      }
      lane += 1
    }
  }

  def pick(state: KeyState, left: UnsafeRow, picks: Picks): Boolean = {
    val latest = state.asInstanceOf[Latest]
    var lane = 0
    while (lane < rules.lanes) {
      val h = latest.held(lane)
      if (h != null && rules.inReach(left, h.row)) picks.set(lane, h.row, latest.tied(lane))
      else picks.set(lane, null, isTied = false)
      lane += 1
    }
    picks.rows(0) != null
  }
}

/** Keeps every row in reach, for a condition over both sides: which row matches depends on the left row.
  *
  * Bound: the right rows of a key within the tolerance, all of them without one; the log may spill.
  */
final class LoggedCandidates(rules: CandidateRules, columns: Int, condition: BasePredicate, logs: RowLogs)
    extends Candidates {

  private final class Logged extends KeyState {
    val log: RowLog = logs.open(columns)
    def bytes: Long = 64L + log.bytes
    def size: Int = log.size
    def rows: Iterator[UnsafeRow] = log.oldestFirst
    override def close(): Unit = log.close()
  }

  private val joined = new JoinedRow

  def newState(): KeyState = new Logged

  def absorb(state: KeyState, right: UnsafeRow): Unit = {
    val log = state.asInstanceOf[Logged].log
    // Left rows to come are not before this row, so what it does not reach nobody will.
    log.forget(old => !rules.axis.within(old, rules.time, right, rules.time))
    log.append(right)
  }

  def pick(state: KeyState, left: UnsafeRow, picks: Picks): Boolean = {
    picks.clear()
    val rows = state.asInstanceOf[Logged].log.newestFirst
    var open = true
    while (open && rows.hasNext) {
      val right = rows.next()
      if (!rules.inReach(left, right) || settled(right, picks)) open = false
      else if (condition.eval(joined(left, right))) offer(right, picks)
    }
    picks.rows(0) != null
  }

  /** Whether no row from here on can change a pick: every lane has one, and of another time. */
  private def settled(right: UnsafeRow, picks: Picks): Boolean = {
    var lane = 0
    while (lane < rules.lanes) {
      val p = picks.rows(lane)
      if (p == null || rules.sameTime(p, right)) return false
      lane += 1
    }
    true
  }

  private def offer(right: UnsafeRow, picks: Picks): Unit = {
    var copy: UnsafeRow = null
    var lane = 0
    while (lane < rules.lanes) {
      if (rules.eligible(lane, right)) {
        val p = picks.rows(lane)
        val c = if (p == null) 2 else if (!rules.sameTime(p, right)) -1 else rules.contest(right, p)
        if (c > 0) {
          if (copy == null) copy = right.copy()
          picks.set(lane, copy, isTied = false)
        } else if (c == 0) picks.tied(lane) = true
      }
      lane += 1
    }
  }
}
