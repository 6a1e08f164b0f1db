package penstock.machine

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.UnsafeRow

import penstock.time.TimeAxis

/** How two intervals must lie for their rows to match. What else a kind asks for (equal starts, equal ends) is in the
  * keys, because rows that differ there need never meet.
  */
sealed abstract class Relation extends Serializable

object Relation {

  /** They share a point in time. */
  case object Overlap extends Relation

  /** What they share is at least so long. */
  final case class Shared(least: Any) extends Relation

  /** They share a point, or lie at most so far apart. */
  final case class Near(most: Any) extends Relation

  /** The left one lies in the right one. */
  case object Within extends Relation

  /** The right one lies in the left one. */
  case object Contains extends Relation
}

/** Where a side's intervals are in its rows: from `start` to `end`, null where they are open; or points, where both are
  * one column.
  */
final case class Place(start: Int, end: Int) {
  def point: Boolean = start == end

  /** Whether the interval has no end. */
  def open(row: InternalRow): Boolean = row.isNullAt(end) && !point
}

/** Which intervals match anything, which have ended, which matches come first: read straight from rows. */
private[machine] final class IntervalRules(
    val relation: Relation,
    closed: Closed,
    left: Place,
    right: Place,
    axis: TimeAxis,
    reversed: (UnsafeRow, Boolean) => Unit
) {
  private val code: Int = relation match {
    case Relation.Overlap => IntervalRules.Plain
    case _: Relation.Shared => IntervalRules.Shared
    case _: Relation.Near => IntervalRules.Near
    case _ => IntervalRules.Inside
  }
  private val measured = code == IntervalRules.Shared || code == IntervalRules.Near
  private val touching = Array(touches(left, right), touches(right, left))
  private val strict = (left.point || right.point) && !closed.left && code == IntervalRules.Plain

  /** Whether an active interval of `one` matches one of `other` that starts where it ends. */
  private def touches(one: Place, other: Place): Boolean =
    if (one.point) closed.left else if (other.point) closed.right else closed.left && closed.right

  private def place(fromLeft: Boolean): Place = if (fromLeft) left else right

  /** Whether the row has an interval that may match; fails where it ends before it starts. */
  def placed(row: UnsafeRow, fromLeft: Boolean): Boolean = {
    val p = place(fromLeft)
    if (p.point) !row.isNullAt(p.start) && !(measured && axis.isNaN(row, p.start))
    else if (measured && (nan(row, p.start) || nan(row, p.end))) false
    else if (row.isNullAt(p.start) || row.isNullAt(p.end)) true
    else {
      val c = axis.compare(row, p.start, row, p.end)
      if (c > 0) reversed(row, fromLeft)
      (c < 0 || (closed.left && closed.right)) &&
      (code != IntervalRules.Shared || axis.apart(row, p.start, row, p.end))
    }
  }

  private def nan(row: UnsafeRow, i: Int): Boolean = !row.isNullAt(i) && axis.isNaN(row, i)

  /** Whether an active row can still match one that starts with `at`, or later.
    *
    * Of overlapping intervals all that are alive match, whatever kind of overlap is asked for: a row dies as soon as
    * what it could share with a later one has grown too short. So a row that is looked at either gives a pair or is
    * dropped, and the sweep is linear in what comes in and goes out.
    */
  def alive(row: UnsafeRow, fromLeft: Boolean, at: UnsafeRow, atLeft: Boolean): Boolean = {
    val end = place(fromLeft).end
    val start = place(atLeft).start
    if (place(fromLeft).open(row) || at.isNullAt(start)) true
    else {
      val c = axis.compare(row, end, at, start)
      code match {
        case IntervalRules.Plain => c > 0 || (c == 0 && touching(if (fromLeft) 0 else 1))
        case IntervalRules.Inside => c >= 0
        case IntervalRules.Near => c >= 0 || axis.within(row, end, at, start)
        case _ => (c > 0 || (c == 0 && touching(if (fromLeft) 0 else 1))) && axis.apart(row, end, at, start)
      }
    }
  }

  /** Whether two rows that meet match: all do, but for a point where an interval begins that has no beginning. */
  def fits(l: UnsafeRow, r: UnsafeRow): Boolean =
    !strict || (l.isNullAt(left.start) || r.isNullAt(right.start) || axis.compare(l, left.start, r, right.start) != 0)

  /** Orders rows by their ends, open ones last. */
  def compareEnds(a: UnsafeRow, aLeft: Boolean, b: UnsafeRow, bLeft: Boolean): Int = {
    val p = place(aLeft)
    val q = place(bLeft)
    (p.open(a), q.open(b)) match {
      case (false, false) => axis.compare(a, p.end, b, q.end)
      case (x, y) => java.lang.Boolean.compare(x, y)
    }
  }

  /** Orders right rows by start, open ones first, then by end, open ones last. */
  def compareRights(a: UnsafeRow, b: UnsafeRow): Int = {
    val c = (a.isNullAt(right.start), b.isNullAt(right.start)) match {
      case (false, false) => axis.compare(a, right.start, b, right.start)
      case (x, y) => java.lang.Boolean.compare(y, x)
    }
    if (c != 0) c else compareEnds(a, aLeft = false, b, bLeft = false)
  }
}

private object IntervalRules {
  private final val Plain = 0
  private final val Shared = 1
  private final val Near = 2
  private final val Inside = 3
}
