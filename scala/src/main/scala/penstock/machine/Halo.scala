package penstock.machine

import org.apache.spark.sql.catalyst.InternalRow

import penstock.time.{Image, TimeAxis}

/** How far from a right row's time. */
sealed trait Distance extends Serializable

object Distance {

  /** At its own time. */
  case object None extends Distance

  /** As `Durations` read it, of any sign. */
  final case class By(duration: Any) extends Distance

  /** To the end of time. */
  case object Endless extends Distance

  /** The image of times so far away; where rounding leaves doubt, a little further `up` or down. */
  private[penstock] def image(axis: TimeAxis, distance: Distance, up: Boolean): Image = distance match {
    case None => axis
    case By(by) => axis.imageMoved(by, up)
    case Endless => new Image { def of(row: InternalRow, i: Int): Long = if (up) Long.MaxValue else Long.MinValue }
  }
}

/** Which right rows a stretch of left rows' times is answered from: what lets stretches be answered apart, exactly.
  *
  * A right row at time r is in reach of left times from r + `earliest` to r + `latest`. Beyond that, the stretches
  * behind it (with time running up, `before`; down, `after`) must know what a machine would remember of it. All of it
  * is right rows, since a state's portable form is rows.
  */
final case class Halo(
    earliest: Distance,
    latest: Distance,
    before: Option[Sides => Remembering] = None,
    after: Option[Sides => Remembering] = None
) {

  /** Whether a right row is needed in few stretches, not in all to one end of time. */
  def bounded: Boolean = earliest != Distance.Endless && latest != Distance.Endless
}

/** Makes in a task what remembers rows, which come in any order. */
trait Remembering extends Serializable {
  def make(): Candidates
}
