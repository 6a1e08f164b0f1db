package penstock.machine

import org.apache.spark.sql.catalyst.InternalRow

import penstock.time.{Durations, Moved, TimeAxis}

/** A window in time round each left row.
  *
  * @param suffix
  *   behind the names of its aggregates, where there are several windows
  * @param lower
  *   how far from the left time it begins, as `Durations` read it; None: at the beginning of time
  * @param upper
  *   how far from the left time it ends
  */
final case class Window(suffix: String, lower: Option[Any], upper: Option[Any])

object Window {

  /** How far from the left time the last of some windows ends; None: at the end of time. */
  def horizon(windows: Seq[Window]): Option[Any] =
    if (windows.exists(_.upper.isEmpty)) None
    else Some(windows.flatMap(_.upper).reduce((a, b) => if (Durations.less(a, b)) b else a))
}

/** Which ends belong to a window. */
sealed abstract class Closed(val name: String, val left: Boolean, val right: Boolean) extends Serializable

object Closed {
  case object Both extends Closed("both", true, true)
  case object Left extends Closed("left", true, false)
  case object Right extends Closed("right", false, true)
  case object Neither extends Closed("neither", false, false)
  val all: Seq[Closed] = Seq(Both, Left, Right, Neither)
}

/** Where right rows lie from a window's ends, read from rows.
  *
  * @param time
  *   place of the time in the right row
  * @param onLeft
  *   place of the time in the left row
  */
private[machine] final class Reach(val window: Window, closed: Closed, axis: TimeAxis, val time: Int, val onLeft: Int) {
  private val lower: Moved = window.lower.map(axis.moved).orNull
  private val upper: Moved = window.upper.map(axis.moved).orNull

  /** Whether a row is not beyond the upper end. */
  def entered(right: InternalRow, left: InternalRow): Boolean =
    upper == null || Reach.inside(upper.compare(right, time, left, onLeft), closed.right)

  /** Whether a row lies before the lower end. */
  def passed(right: InternalRow, left: InternalRow): Boolean = lower != null && {
    val c = lower.compare(right, time, left, onLeft)
    if (closed.left) c < 0 else c <= 0
  }

  /** Whether a row that lies before the window stands at its very beginning. */
  def atStart(right: InternalRow, left: InternalRow): Boolean =
    lower.compare(right, time, left, onLeft) == 0
}

private[machine] object Reach {
  def inside(c: Int, closed: Boolean): Boolean = if (closed) c <= 0 else c < 0
}
