package penstock.exec

import org.apache.spark.sql.catalyst.expressions.Attribute

import penstock.machine.Merge

/** What says which slices of time a row lies in; no expression, for it is read after Catalyst has done its work. */
sealed trait Placing extends Serializable

object Placing {

  /** A left row lies where its time does. */
  case object Once extends Placing {
    override def toString: String = "once"
  }

  /** A right row lies in each slice that it is in reach of, and behind the rows of each partition comes what the slices
    * after it must know of them ([[penstock.machine.Halo]]): for an as-of join one row for each slice. So there is no
    * pass over the data to carry anything, and no slice waits for another.
    *
    * @param left
    *   columns of the left side
    */
  final case class Haloed(merge: Merge, left: Seq[Attribute], leftTime: Attribute) extends Placing {
    override def toString: String = s"with its halo (${merge.title})"
  }

  /** A left interval lies once, where it begins or with the long ones; see [[Reach]]. */
  final case class Home(end: Attribute) extends Placing {
    override def toString: String = s"once (until ${end.sql})"
  }

  /** A right interval lies wherever left ones do that it may match.
    *
    * @param gap
    *   how far apart they may lie, as `Durations` read it
    */
  final case class Met(end: Attribute, gap: Option[Any]) extends Placing {
    override def toString: String = s"wherever it may match (until ${end.sql})"
  }
}
