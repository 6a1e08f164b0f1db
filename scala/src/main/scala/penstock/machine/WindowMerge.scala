package penstock.machine

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions._
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction

import penstock.time.{Durations, TimeAxis}

/** The options of a window join that are not columns. */
final case class WindowOptions(
    transform: String,
    windows: Seq[Window],
    closed: Closed,
    prevailing: Boolean,
    nullsEqual: Boolean
)

/** Aggregates of the right rows in windows round each left row's time, per key. One row out per left row.
  *
  * @param aggregates
  *   Spark's own functions, bare: an `AggregateExpression` may stand in Spark's own operators only
  * @param results
  *   what leaves for each window, over the functions' values by their place
  * @param columns
  *   the columns of all windows' results, window by window
  * @param ties
  *   columns that order right rows of equal time
  */
final case class WindowMerge(
    options: WindowOptions,
    aggregates: Seq[Aggregated],
    results: Seq[Expression],
    columns: Seq[Attribute],
    ties: Seq[Expression]
) extends Merge {

  def children: Seq[Expression] = aggregates.flatMap(_.children) ++ ties

  override protected def withNewChildrenInternal(next: IndexedSeq[Expression]): Expression = {
    val rest = next.iterator
    // A vector, because a lazy sequence (Scala 2.12's Stream) would take its children when they are gone.
    val renewed = aggregates.toVector.map { a =>
      a.copy(function = rest.next().asInstanceOf[AggregateFunction], filter = a.filter.map(_ => rest.next()))
    }
    copy(aggregates = renewed, ties = rest.toVector)
  }

  def title: String = options.transform
  def keep: Keep = Keep.All
  def reverse: Boolean = false
  def nullsEqual: Boolean = options.nullsEqual

  /** A left row is answered when all that its furthest window may hold has come. */
  def turn(axis: TimeAxis, descending: Boolean): Turn = {
    val horizon = Window.horizon(options.windows).map(axis.moved).orNull
    // near the end of the type an open window may end where it begins, and what held there is asked for
    val closed = options.closed.right || options.prevailing
    new Turn {
      def rightFirst(right: InternalRow, rightTime: Int, left: InternalRow, leftTime: Int): Boolean =
        horizon == null || Reach.inside(horizon.compare(right, rightTime, left, leftTime), closed)
    }
  }

  def output(left: Seq[Attribute], right: Seq[Attribute]): Seq[Attribute] = left ++ columns

  def nothing(sides: Sides): InternalRow = new GenericInternalRow(rules(sides).empty())

  def halo: Halo = {
    def widest(ends: Seq[Option[Any]], further: (Any, Any) => Boolean): Distance =
      if (ends.exists(e => e.isEmpty || e.contains(Long.MinValue))) Distance.Endless // it has no counterpart
      else Distance.By(Durations.negated(ends.flatten.reduce((a, b) => if (further(a, b)) a else b)))
    Halo(
      widest(options.windows.map(_.upper), (a, b) => Durations.less(b, a)),
      widest(options.windows.map(_.lower), (a, b) => Durations.less(a, b)),
      if (options.prevailing) Some(prevailing(_)) else None
    )
  }

  def reach: (Distance, Distance) =
    (halo.earliest, if (options.prevailing) Distance.Endless else halo.latest)

  /** The last row before a window, and of its time the last one. */
  private def prevailing(sides: Sides): Remembering = {
    val time = sides.ordinal(sides.right, sides.rightTime)
    val columns = ties.map(t => Ties.Column(sides.ordinal(sides.right, t), t.dataType))
    val axis = TimeAxis(sides.rightTime.dataType, None)
    new Remembering {
      def make(): Candidates =
        new LatestCandidate(new CandidateRules(axis, time, -1, Array.empty, Ties.ordered(columns, Nil), false))
    }
  }

  def passes: Passes = new Passes.Once {
    def machine(sides: Sides): Passes.Maker = new Passes.Maker {
      def make(logs: RowLogs): MergeMachine =
        new WindowMachine(rules(sides), results.size, sides.right.map(_.dataType))
    }
    def seeking: Option[Passes.Seeking] = None
  }

  private def rules(sides: Sides): WindowRules = {
    val columns = ties.map(t => Ties.Column(sides.ordinal(sides.right, t), t.dataType))
    new WindowRules(
      options.windows,
      options.closed,
      options.prevailing,
      TimeAxis(sides.rightTime.dataType, None),
      sides.ordinal(sides.right, sides.rightTime),
      sides.ordinal(sides.left, sides.leftTime),
      Ties.refusing(columns), // what these leave equal is the same to every aggregate
      new WindowFunctions(aggregates, results, sides.right),
      results.size
    )
  }

  override def toString: String = {
    val shown = options.windows.map(w => s"${w.lower.getOrElse("-∞")} to ${w.upper.getOrElse("∞")}").mkString(", ")
    val made =
      aggregates.map(a => a.function.sql(a.distinct) + a.filter.fold("")(f => s" where ${f.sql}")).mkString(", ")
    s"$made over $shown, closed ${options.closed.name}${if (options.prevailing) ", and the prevailing row" else ""}"
  }
}
