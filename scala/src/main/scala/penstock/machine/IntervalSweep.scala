package penstock.machine

import org.apache.spark.sql.catalyst.expressions._
import org.apache.spark.sql.types.StringType

import penstock.Errors
import penstock.time.TimeAxis

/** The options of an interval join that are not columns.
  *
  * @param kind
  *   as the user named it
  * @param zone
  *   session time zone, to show a bound in an error
  */
final case class IntervalOptions(
    transform: String,
    kind: String,
    relation: Relation,
    closed: Closed,
    keep: Keep,
    mult: Mult,
    nullsEqual: Boolean,
    zone: Option[String]
)

/** Pairs of rows whose intervals match, per key.
  *
  * @param leftEnd
  *   where left intervals end; None where they are points
  * @param rightEnd
  *   likewise
  * @param leftKeys
  *   for an error's text
  * @param rightKeys
  *   likewise
  * @param ties
  *   columns that decide between right rows of one interval, in this order
  * @param guard
  *   the part of the condition that speaks of the left side only
  * @param condition
  *   the part that ties both sides together
  */
final case class IntervalSweep(
    options: IntervalOptions,
    leftEnd: Option[Expression],
    rightEnd: Option[Expression],
    leftKeys: Seq[Expression],
    rightKeys: Seq[Expression],
    ties: Seq[Expression],
    guard: Option[Expression],
    condition: Option[Expression]
) extends Sweep {

  def children: Seq[Expression] =
    leftEnd.toSeq ++ rightEnd ++ leftKeys ++ rightKeys ++ ties ++ guard ++ condition

  override protected def withNewChildrenInternal(next: IndexedSeq[Expression]): Expression = {
    val rest = next.iterator
    // Vectors, because a lazy sequence (Scala 2.12's Stream) would take its children when they are gone.
    copy(
      leftEnd = leftEnd.map(_ => rest.next()),
      rightEnd = rightEnd.map(_ => rest.next()),
      leftKeys = leftKeys.toVector.map(_ => rest.next()),
      rightKeys = rightKeys.toVector.map(_ => rest.next()),
      ties = ties.toVector.map(_ => rest.next()),
      guard = guard.map(_ => rest.next()),
      condition = condition.map(_ => rest.next())
    )
  }

  def title: String = options.transform
  def keep: Keep = options.keep
  def gap: Option[Any] = options.relation match {
    case Relation.Near(most) => Some(most)
    case _ => None
  }
  def once: Boolean = options.mult != Mult.All || !keep.rightColumns
  def nullsEqual: Boolean = options.nullsEqual

  /** What holds another interval must be there when that one comes. */
  def rightFirst: Boolean = options.relation != Relation.Contains

  def maker(sides: Sides): Sweep.Maker = {
    val bound = new Bound(sides)
    new Sweep.Maker {
      def make(): SweepMachine = bound.machine
    }
  }

  override def toString: String = (Seq(options.kind, s"closed ${options.closed.name}") ++
    (options.relation match {
      case Relation.Shared(least) => Some(s"sharing $least")
      case Relation.Near(most) => Some(s"within $most")
      case _ => None
    }) ++
    (if (options.mult == Mult.All) None else Some(options.mult.name)) ++
    (guard ++ condition).map(c => s"where ${c.sql}")).mkString(", ")

  /** The call bound to the columns: what a task needs, and nothing of the plan. */
  private final class Bound(sides: Sides) extends Serializable {
    private val timeType = sides.rightTime.dataType
    private val places = Seq(
      place(sides.left, sides.leftTime, leftEnd),
      place(sides.right, sides.rightTime, rightEnd)
    )
    private val opts = options
    private val types = sides.left.map(_.dataType)
    private val columns = sides.right.zipWithIndex.map { case (a, i) => Ties.Column(i, a.dataType) }
    private val tieBreak = ties.map(t => Ties.Column(sides.ordinal(sides.right, t), t.dataType))
    private val boundGuard = guard.map(BindReferences.bindReference(_, AttributeSeq(sides.left)))
    private val boundCondition = condition.map(BindReferences.bindReference(_, AttributeSeq(sides.left ++ sides.right)))
    private val shownLeft = shown(sides.left, leftKeys ++ (sides.leftTime +: leftEnd.toSeq))
    private val shownRight = shown(sides.right, rightKeys ++ (sides.rightTime +: rightEnd.toSeq))

    private def place(columns: Seq[Attribute], start: Attribute, end: Option[Expression]): Place =
      Place(sides.ordinal(columns, start), sides.ordinal(columns, end.getOrElse(start)))

    private def shown(columns: Seq[Attribute], some: Seq[Expression]): Seq[(String, Expression)] = some.map { c =>
      val text = Cast(c, StringType, options.zone)
      // right columns travel under a name of their own
      c.asInstanceOf[Attribute].name.stripPrefix("right.") ->
        BindReferences.bindReference[Expression](text, AttributeSeq(columns))
    }

    def machine: SweepMachine = {
      val distance = opts.relation match {
        case Relation.Shared(least) => Some(least)
        case Relation.Near(most) => Some(most)
        case _ => None
      }
      val rules = new IntervalRules(
        opts.relation,
        opts.closed,
        places.head,
        places.last,
        TimeAxis(timeType, distance),
        (row, fromLeft) => {
          val (side, columns) = if (fromLeft) ("left", shownLeft) else ("right", shownRight)
          throw Errors.reversed(opts.transform, side, columns.map { case (n, e) => n -> String.valueOf(e.eval(row)) })
        }
      )
      new IntervalMachine(
        rules,
        opts.keep,
        opts.mult,
        boundGuard.map(Predicate.create(_)),
        boundCondition.map(Predicate.create(_)),
        Ties.ordered(tieBreak, columns),
        new Carriage(types, columns.size)
      )
    }
  }
}
