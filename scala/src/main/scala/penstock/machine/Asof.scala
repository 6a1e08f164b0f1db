package penstock.machine

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions._
import org.apache.spark.sql.types.{BooleanType, DataType, StringType}

import penstock.Errors
import penstock.time.{Durations, TimeAxis}

/** The direction of an as-of join. */
sealed abstract class Direction(val name: String) extends Serializable

object Direction {
  case object Backward extends Direction("backward")
  case object Forward extends Direction("forward")
  case object Nearest extends Direction("nearest")
  val all: Seq[Direction] = Seq(Backward, Forward, Nearest)
}

/** The options of an as-of join that are not columns.
  *
  * @param tolerance
  *   as `Durations` read it for the time type
  * @param onTies
  *   "order", "any" or "error"
  * @param zone
  *   session time zone, to show a time in an error
  */
final case class AsofOptions(
    transform: String,
    direction: Direction,
    earlier: Boolean,
    exact: Boolean,
    tolerance: Option[Any],
    keep: Keep,
    onTies: String,
    skipNulls: Boolean,
    nullsEqual: Boolean,
    zone: Option[String]
)

/** The nearest right row in time, per key.
  *
  * Forward is backward with time running down, so neither holds a row back: the nearest row is the latest one seen.
  * Nearest is one pass each way.
  *
  * @param keys
  *   left keys, for an error's text
  * @param rightKeys
  *   right keys: no value columns
  * @param ties
  *   columns that decide between right rows of equal time, in this order
  * @param guard
  *   the part of the condition that speaks of the left side only
  * @param condition
  *   the part that ties both sides together
  */
final case class Asof(
    options: AsofOptions,
    keys: Seq[Expression],
    rightKeys: Seq[Expression],
    ties: Seq[Expression],
    guard: Option[Expression],
    condition: Option[Expression]
) extends Merge {

  def children: Seq[Expression] = keys ++ rightKeys ++ ties ++ guard ++ condition

  override protected def withNewChildrenInternal(next: IndexedSeq[Expression]): Expression = {
    val (k, afterKeys) = next.splitAt(keys.size)
    val (r, afterRight) = afterKeys.splitAt(rightKeys.size)
    val (t, rest) = afterRight.splitAt(ties.size)
    copy(
      keys = k,
      rightKeys = r,
      ties = t,
      guard = guard.map(_ => rest.head),
      condition = condition.map(_ => rest.last)
    )
  }

  def title: String = options.transform
  def keep: Keep = options.keep
  def reverse: Boolean = options.direction == Direction.Forward
  def nullsEqual: Boolean = options.nullsEqual

  def turn(axis: TimeAxis, descending: Boolean): Turn = {
    val equalFirst = options.exact
    new Turn {
      def rightFirst(right: InternalRow, rightTime: Int, left: InternalRow, leftTime: Int): Boolean =
        axis.precedes(right, rightTime, left, leftTime, descending, equalFirst)
    }
  }

  /** With nulls skipped an answer may lack columns although a row matched. */
  def output(left: Seq[Attribute], right: Seq[Attribute]): Seq[Attribute] = keep match {
    case Keep.Matched if !options.skipNulls => left ++ right
    case Keep.All | Keep.Matched => left ++ right.map(_.withNullability(true))
    case _ => left
  }

  def nothing(sides: Sides): InternalRow = new GenericInternalRow(sides.right.size)

  override def toString: String = (Seq(options.direction.name) ++
    options.tolerance.map(t => s"within $t") ++
    (if (options.exact) None else Some("no exact matches")) ++
    (if (options.onTies == "order") None else Some(s"ties: ${options.onTies}")) ++
    (if (options.skipNulls) Some("nulls skipped") else None) ++
    (guard ++ condition).map(c => s"where ${c.sql}")).mkString(", ")

  def passes: Passes = options.direction match {
    case Direction.Nearest => new Both
    case _ => new One
  }

  override def numbered(right: Attribute): Merge = copy(rightKeys = rightKeys :+ right)

  /** The nearest row before (after) a stretch of time is all it needs of its past (future), unless a condition says
    * that it may not be the nearest.
    */
  def halo: Halo = {
    def remembering(reverse: Boolean)(sides: Sides): Remembering = {
      val bound = new Bound(sides, reverse)
      new Remembering { def make(): Candidates = bound.latest }
    }
    if (condition.isEmpty)
      Halo(
        Distance.None,
        Distance.None,
        if (back) Some(remembering(reverse = false)) else None,
        if (ahead) Some(remembering(reverse = true)) else None
      )
    else Halo(reach._1, reach._2)
  }

  def reach: (Distance, Distance) = {
    def within(asked: Boolean)(by: Any => Any): Distance =
      if (asked) options.tolerance.fold[Distance](Distance.Endless)(t => Distance.By(by(t))) else Distance.None
    (within(ahead)(Durations.negated), within(back)(identity))
  }

  private def back: Boolean = options.direction != Direction.Forward

  private def ahead: Boolean = options.direction != Direction.Backward

  private final class One extends Passes.Once {
    def machine(sides: Sides): Passes.Maker = {
      val rules = new Bound(sides, reverse)
      new Passes.Maker {
        def make(logs: RowLogs): MergeMachine = new AsofMachine(rules.candidates(logs), rules.answers)
      }
    }

    // A condition on both sides, and values looked for on their own, may have to go far back from the nearest row.
    def seeking: Option[Passes.Seeking] =
      if (condition.isDefined || options.skipNulls) None
      else
        Some(new Passes.Seeking {
          def machine(sides: Sides): SeekMachine = new Bound(sides, reverse).seek(options.exact)
          def byTime: Boolean = guard.isEmpty && options.onTies != "error"
        })
  }

  private final class Both extends Passes.Twice {
    def stamped(sides: Sides): Seq[DataType] = {
      val lanes = 1 + values(sides).length
      sides.right.map(_.dataType) ++ Seq.fill(lanes)(sides.rightTime.dataType) ++ Seq.fill(lanes)(BooleanType)
    }

    def first(sides: Sides): Passes.Maker = {
      val rules = new Bound(sides, reverse = false)
      val timeType = sides.rightTime.dataType
      new Passes.Maker {
        def make(logs: RowLogs): MergeMachine =
          new NearestEarlier(rules.candidates(logs), rules.answers, timeType)
      }
    }

    def second(sides: Sides, width: Int): Passes.Maker = {
      val rules = new Bound(sides, reverse = true)
      val types = sides.right.map(_.dataType).toArray
      val earlier = options.earlier
      new Passes.Maker {
        def make(logs: RowLogs): MergeMachine =
          new NearestLater(rules.candidates(logs), rules.answers, width, types, earlier)
      }
    }
  }

  /** Right columns other than keys and time, where each is looked for on its own. */
  private def values(sides: Sides): Array[Int] =
    if (!options.skipNulls) Array.empty
    else {
      val others = AttributeSet(rightKeys) + sides.rightTime
      sides.right.indices.filterNot(i => others.contains(sides.right(i))).toArray
    }

  /** The call bound to the columns of one pass: what a task needs, and nothing of the plan. */
  private final class Bound(sides: Sides, reverse: Boolean) extends Serializable {
    private val axis = TimeAxis(sides.rightTime.dataType, options.tolerance)
    private val time = sides.ordinal(sides.right, sides.rightTime)
    private val onLeft = sides.ordinal(sides.left, sides.leftTime)
    private val lanes = values(sides)
    private val types = sides.right.map(_.dataType).toArray
    private val tieBreak = ties.map(t => Ties.Column(sides.ordinal(sides.right, t), t.dataType))
    private val columns = types.indices.map(i => Ties.Column(i, types(i)))
    private val onTies = options.onTies
    private val boundGuard = guard.map(BindReferences.bindReference(_, AttributeSeq(sides.left)))
    private val boundCondition = condition.map(BindReferences.bindReference(_, AttributeSeq(sides.left ++ sides.right)))
    private val shownKeys = keys.map(k => k.asInstanceOf[Attribute].name -> shown(k))
    private val shownTime = sides.leftTime.name -> shown(sides.leftTime)
    private val transform = options.transform

    private def shown(column: Expression): Expression =
      BindReferences.bindReference[Expression](Cast(column, StringType, options.zone), AttributeSeq(sides.left))

    private def rules: CandidateRules = {
      val decides = onTies match {
        case "any" => Ties.Any
        case "error" => Ties.refusing(tieBreak)
        case _ => Ties.ordered(tieBreak, columns)
      }
      new CandidateRules(axis, time, onLeft, lanes, decides, reverse)
    }

    def candidates(logs: RowLogs): Candidates = boundCondition match {
      case None => latest
      case Some(c) => new LoggedCandidates(rules, types.length, Predicate.create(c), logs)
    }

    def latest: Candidates = if (rules.lanes == 1) new LatestCandidate(rules) else new LatestCandidates(rules)

    def seek(equalFirst: Boolean): SeekMachine = new AsofSeek(rules, answers, types.length, equalFirst)

    def answers: AsofAnswers = new AsofAnswers(
      rules,
      types,
      boundGuard.map(Predicate.create(_)),
      left =>
        throw Errors.tied(transform, (shownKeys :+ shownTime).map { case (n, e) => n -> String.valueOf(e.eval(left)) })
    )
  }
}
