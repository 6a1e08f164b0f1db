package penstock.machine

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.UnsafeRow

import penstock.time.{Durations, TimeAxis}

/** What all keys and windows of a call share in a task: where the times are, which row comes first, what nothing is.
  *
  * @param time
  *   place of the time in the right row
  * @param onLeft
  *   place of the time in the left row
  */
private[machine] final class WindowRules(
    windows: Seq[Window],
    closed: Closed,
    prevailing: Boolean,
    axis: TimeAxis,
    time: Int,
    onLeft: Int,
    ties: Ties,
    functions: WindowFunctions,
    results: Int
) {
  private val keepers: Array[RowRing => KeptWindow] =
    windows.map(w => keeper(new Reach(w, closed, axis, time, onLeft), Window.horizon(windows))).toArray

  /** Whether a window forgets its rows. */
  val running: Boolean = windows.exists(_.lower.isEmpty)

  def sameTime(a: InternalRow, b: InternalRow): Boolean = axis.compare(a, time, b, time) == 0

  /** Whether `a` comes before `b`, of one time. */
  def before(a: UnsafeRow, b: UnsafeRow): Boolean = sameTime(a, b) && ties.compare(a, b) < 0

  /** Whether no distance can be measured from a left row's time. */
  def unplaced(left: InternalRow): Boolean = axis.isNaN(left, onLeft)

  /** The results of all windows over no rows. */
  def empty(): Array[Any] = {
    val values = new Array[Any](windows.size * results)
    windows.indices.foreach(i => functions.writeNothing(values, i * results))
    values
  }

  /** What is kept of one key for each window. */
  def keep(ring: RowRing): Array[KeptWindow] = {
    val kept = new Array[KeptWindow](keepers.length)
    var i = 0
    while (i < kept.length) {
      kept(i) = keepers(i)(ring)
      i += 1
    }
    kept
  }

  /** @param horizon
    *   how far from the left time the last window ends
    */
  private def keeper(reach: Reach, horizon: Option[Any]): RowRing => KeptWindow = reach.window match {
    case Window(_, None, upper) =>
      val settled = (horizon, upper) match {
        case (Some(far), Some(end)) => axis.moved(Durations.minus(end, far))
        case (None, None) => axis.unmoved
        case _ => null
      }
      ring => new RunningWindow(functions, reach, ring, settled)
    case Window(_, Some(start), upper) =>
      val stale = horizon.map(far => axis.moved(Durations.minus(start, far))).orNull
      val (grid, end) = (start, upper) match {
        case (from: Long, Some(to: Long)) =>
          val length = Durations.minus(to, from).asInstanceOf[Long]
          (axis.grid(math.max(length, 1L)).orNull, to)
        case _ => (null, 0L)
      }
      ring => new SlidingWindow(functions, reach, ring, grid, end, stale, prevailing)
  }
}
