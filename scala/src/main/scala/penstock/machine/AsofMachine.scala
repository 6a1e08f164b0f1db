package penstock.machine

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.{BasePredicate, GenericInternalRow, JoinedRow, UnsafeRow}
import org.apache.spark.sql.types.DataType

/** What the as-of machines share: the candidates, and how picks become a right row. */
final class AsofAnswers(
    val rules: CandidateRules,
    types: Array[DataType],
    guard: Option[BasePredicate],
    onTie: UnsafeRow => Unit
) {
  private val values: Array[Any] = new Array[Any](types.length)
  private val composed: InternalRow = new GenericInternalRow(values)

  /** Whether the part of the condition that speaks of the left side alone lets this row match at all. */
  def open(left: UnsafeRow): Boolean = guard.forall(_.eval(left))

  /** The right row that the picks make: one row whole, or with `skip_nulls` a value from each lane. */
  def compose(picks: Picks): InternalRow =
    if (rules.lanes == 1) picks.rows(0)
    else {
      var i = 0
      while (i < types.length) {
        values(i) = picks.rows(0).get(i, types(i))
        i += 1
      }
      var lane = 1
      while (lane < rules.lanes) {
        val at = rules.values(lane - 1)
        val row = picks.rows(lane)
        values(at) = if (row == null) null else row.get(at, types(at))
        lane += 1
      }
      composed
    }

  def failIfTied(left: UnsafeRow, tied: Array[Boolean]): Unit =
    if (rules.ties.refused && tied.contains(true)) onTie(left)
}

/** As-of in one direction. A backward as-of is fed time running up, a forward one time running down: the nearest row is
  * then always the latest one absorbed.
  */
final class AsofMachine(candidates: Candidates, answers: AsofAnswers) extends MergeMachine {
  private val picks = new Picks(answers.rules.lanes)

  def newState(): KeyState = candidates.newState()
  def absorb(state: KeyState, right: UnsafeRow): Unit = candidates.absorb(state, right)

  def answer(state: KeyState, left: UnsafeRow): InternalRow =
    if (state != null && answers.open(left) && candidates.pick(state, left, picks)) {
      answers.failIfTied(left, picks.tied)
      answers.compose(picks)
    } else null
}

/** First half of a nearest as-of: the backward answer, with each lane's time and whether it tied written behind it, so
  * that [[NearestLater]] can weigh it.
  */
final class NearestEarlier(candidates: Candidates, answers: AsofAnswers, timeType: DataType) extends MergeMachine {
  private val lanes = answers.rules.lanes
  private val picks = new Picks(lanes)
  private val stamp = new GenericInternalRow(new Array[Any](2 * lanes))
  private val joined = new JoinedRow

  def newState(): KeyState = candidates.newState()
  def absorb(state: KeyState, right: UnsafeRow): Unit = candidates.absorb(state, right)

  def answer(state: KeyState, left: UnsafeRow): InternalRow =
    if (state == null || !answers.open(left) || !candidates.pick(state, left, picks)) null
    else {
      var lane = 0
      while (lane < lanes) {
        val row = picks.rows(lane)
        stamp(lane) = if (row == null) null else row.get(answers.rules.time, timeType)
        stamp(lanes + lane) = picks.tied(lane)
        lane += 1
      }
      joined(answers.compose(picks), stamp)
    }
}

/** Second half of a nearest as-of, time running down: weighs the forward pick of each lane against the backward answer
  * that [[NearestEarlier]] left in the left row.
  *
  * @param width
  *   columns of the left row before that answer
  * @param types
  *   types of the right columns
  * @param earlier
  *   whether the earlier of two rows at the same distance stands
  */
final class NearestLater(
    candidates: Candidates,
    answers: AsofAnswers,
    width: Int,
    types: Array[DataType],
    earlier: Boolean
) extends MergeMachine {
  private val rules = answers.rules
  private val picks = new Picks(rules.lanes)
  private val tied = new Array[Boolean](rules.lanes)
  private val times = width + types.length
  private val values = new Array[Any](types.length)
  private val chosen = new GenericInternalRow(values)

  def newState(): KeyState = candidates.newState()
  def absorb(state: KeyState, right: UnsafeRow): Unit = candidates.absorb(state, right)

  def answer(state: KeyState, left: UnsafeRow): InternalRow = {
    val open = answers.open(left) && !rules.axis.isNaN(left, rules.onLeft)
    if (!open || state == null || !candidates.pick(state, left, picks)) picks.clear()
    if (!open || (picks.rows(0) == null && left.isNullAt(times))) null
    else {
      val whole = take(left, 0)
      var i = 0
      while (i < types.length) {
        values(i) = if (whole != null) whole.get(i, types(i)) else left.get(width + i, types(i))
        i += 1
      }
      var lane = 1
      while (lane < rules.lanes) {
        val at = rules.values(lane - 1)
        val later = take(left, lane)
        // The backward answer's value columns already hold their own lanes' picks.
        values(at) = if (later != null) later.get(at, types(at)) else left.get(width + at, types(at))
        lane += 1
      }
      answers.failIfTied(left, tied)
      chosen
    }
  }

  /** The later row where it is the nearer one of a lane, else null: the earlier one, or none, stands. */
  private def take(left: UnsafeRow, lane: Int): UnsafeRow = {
    val later = picks.rows(lane)
    val wins = later != null && (left.isNullAt(times + lane) || {
      val c = rules.axis.compareDistance(left, rules.onLeft, later, rules.time, left, times + lane)
      // At the left time itself there is no earlier and no later row: as backward, the last of a tie stands.
      c < 0 || (c == 0 && !earlier && rules.axis.compare(later, rules.time, left, times + lane) != 0)
    })
    tied(lane) =
      if (wins) picks.tied(lane)
      else !left.isNullAt(times + lane) && left.getBoolean(times + rules.lanes + lane)
    if (wins) later else null
  }
}
