package penstock.machine

import org.apache.spark.sql.catalyst.expressions.{Attribute, Expression, Unevaluable}
import org.apache.spark.sql.types.{DataType, NullType}

/** What a transform asks of the operator that sweeps the intervals of two tables; the `leftTime` and `rightTime` of the
  * [[Sides]] are where intervals start, null at the beginning of time.
  *
  * As [[Merge]], an expression that is never evaluated, so that Catalyst sees the columns it names.
  */
abstract class Sweep extends Expression with Unevaluable {

  /** Named in `explain`. */
  def title: String

  /** Which left rows come out, and whether with right columns. */
  def keep: Keep

  /** Where left intervals end; None where they are points. */
  def leftEnd: Option[Expression]

  /** Where right intervals end; None where they are points. */
  def rightEnd: Option[Expression]

  /** How far apart two intervals may lie and still match, as `Durations` read it. */
  def gap: Option[Any]

  /** Whether each left row comes out once at most. */
  def once: Boolean

  /** Which side's row comes first of two that start together. */
  def rightFirst: Boolean

  /** Whether null keys match null keys. */
  def nullsEqual: Boolean

  /** Made on the driver, sent to the tasks. */
  def maker(sides: Sides): Sweep.Maker

  /** What leaves: the left columns, as they are, and those of a right row. */
  final def output(left: Seq[Attribute], right: Seq[Attribute]): Seq[Attribute] = keep match {
    case Keep.Matched => left ++ right
    case Keep.All => left ++ right.map(_.withNullability(true))
    case _ => left
  }

  def dataType: DataType = NullType
  def nullable: Boolean = false
}

object Sweep {

  /** Makes a machine in a task. */
  trait Maker extends Serializable {
    def make(): SweepMachine
  }
}
