package penstock.machine

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.{Attribute, Expression, Unevaluable}
import org.apache.spark.sql.types.{DataType, NullType}

import penstock.time.TimeAxis

/** What a transform asks of the operator that merges two tables in time: which way time runs, what becomes of left rows
  * without an answer, and which machines answer.
  *
  * It is an expression that is never evaluated, so that Catalyst sees, renames and prunes the columns it names as it
  * does with any operator's.
  */
abstract class Merge extends Expression with Unevaluable {

  /** Named in `explain`. */
  def title: String

  /** Which left rows come out, and whether with right columns. */
  def keep: Keep

  /** Whether time runs down: a single pass over both sides sorted in descending order. */
  def reverse: Boolean

  /** Which right rows must be absorbed before a left row is answered. */
  def turn(axis: TimeAxis, descending: Boolean): Turn

  /** Whether null keys match null keys. */
  def nullsEqual: Boolean

  /** What leaves: the left columns, as they are, and what an answer holds. */
  def output(left: Seq[Attribute], right: Seq[Attribute]): Seq[Attribute]

  /** What stands for the answer of a left row that has none. Made in a task. */
  def nothing(sides: Sides): InternalRow

  /** The machines: one, or a second that answers with time running the other way, from the first one's answers. */
  def passes: Passes

  /** Which right rows a stretch of time needs besides those within it. */
  def halo: Halo

  /** Which left times a right row may answer, as a halo's `earliest` and `latest` say it, and nothing remembered. */
  def reach: (Distance, Distance)

  /** Whether all that a stretch of time needs of the right rows beside it is what a machine remembers of them, and the
    * times' images tell where it lies.
    */
  final def remembers(time: DataType): Boolean = passes match {
    case _: Passes.Once =>
      halo.earliest == Distance.None && halo.latest == Distance.None && TimeAxis(time, None).faithful
    case _ => false
  }

  /** The same where right rows bear the number of a stretch of time, which is no value of theirs. */
  def numbered(right: Attribute): Merge = this

  def dataType: DataType = NullType
  def nullable: Boolean = false
}

/** The order in which rows of both sides are taken, neither time null. */
trait Turn extends Serializable {
  def rightFirst(right: InternalRow, rightTime: Int, left: InternalRow, leftTime: Int): Boolean
}

/** Which left rows come out. */
sealed abstract class Keep(val name: String) extends Serializable {
  def rightColumns: Boolean = this == Keep.All || this == Keep.Matched
}

object Keep {

  /** Every left row, once; without an answer the right columns are null. */
  case object All extends Keep("left")

  /** Left rows with an answer. */
  case object Matched extends Keep("inner")

  /** Left rows with an answer, without right columns. */
  case object Semi extends Keep("left_semi")

  /** Left rows without an answer. */
  case object Anti extends Keep("left_anti")

  val all: Seq[Keep] = Seq(All, Matched, Semi, Anti)
}

/** The columns a machine is made for. */
final case class Sides(left: Seq[Attribute], right: Seq[Attribute], leftTime: Attribute, rightTime: Attribute) {
  def ordinal(columns: Seq[Attribute], column: Expression): Int = column match {
    case a: Attribute => columns.indexWhere(_.exprId == a.exprId)
    case other => throw new IllegalStateException(s"not a column: $other")
  }
}

/** How often the rows are gone through. Made on the driver, sent to the tasks. */
sealed trait Passes extends Serializable

object Passes {

  /** Makes a machine in a task. */
  trait Maker extends Serializable {
    def make(logs: RowLogs): MergeMachine
  }

  /** Makes the machine that looks rows up instead, in a task. */
  trait Seeking extends Serializable {
    def machine(sides: Sides): SeekMachine

    /** Whether an answer depends on nothing of a left row but its key and its time. */
    def byTime: Boolean
  }

  /** One pass. */
  trait Once extends Passes {
    def machine(sides: Sides): Maker

    /** Where a left row that is looked up by itself finds the same answer. */
    def seeking: Option[Seeking]
  }

  /** Two passes: the first one's answers stand in the left rows of the second, behind the left columns. */
  trait Twice extends Passes {

    /** Columns of the first answer, behind the left columns. */
    def stamped(sides: Sides): Seq[DataType]
    def first(sides: Sides): Maker

    /** @param sides with the first answer's columns behind the left ones */
    def second(sides: Sides, width: Int): Maker
  }
}
