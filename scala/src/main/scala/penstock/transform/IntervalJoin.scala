package penstock.transform

import org.apache.spark.sql.catalyst.expressions.{And, Attribute, CreateNamedStruct, Expression, IsNotNull, Literal}
import org.apache.spark.sql.catalyst.plans.logical.{Filter, LogicalPlan, Project}
import org.apache.spark.sql.penstockinternals.SparkInternals
import org.apache.spark.sql.types.DataType

import penstock.Errors
import penstock.contract._
import penstock.machine._
import penstock.plan.{BroadcastHint, TimeSweep}
import penstock.time.Durations
import penstock.transform.IntervalSides._
import penstock.transform.JoinSides.{all, by, duration, leftBy, nullsEqual, ordering, renamed, rightBy}

/** Joins rows whose intervals in time overlap, or lie in one another, per key.
  *
  * Plain-Spark equivalent: docs/transforms/interval_join.md, "By hand", run as an oracle in tests.
  */
object IntervalJoin extends ReadTransform("interval_join") {

  val summary = "Join the rows of two tables whose intervals in time overlap, per key."

  val inputs: Seq[String] = Seq("left", "right")

  val kind: Param[String] = Param.default(
    "kind",
    Kind.Choice(Seq("overlap", "within", "contains", "starts", "ends", "equal")),
    "overlap",
    "How the intervals must lie: sharing a time, the left within the right, the left containing the right, " +
      "starting together, ending together, or both."
  )
  val closed: Param[String] = Param.default(
    "closed",
    Kind.Choice(Seq("left", "both", "neither")),
    "left",
    "Which ends belong to an interval: by default its start, and not its end."
  )
  val minOverlap: Param[Any] = Param.optional(
    "min_overlap",
    Kind.Duration,
    "How long the time that two intervals share must be at least, with kind='overlap'."
  )
  val maxGap: Param[Any] = Param.optional(
    "max_gap",
    Kind.Duration,
    "How far apart two intervals may lie, inclusive, with kind='overlap'; 0: they may touch."
  )
  val how: Param[String] = Param.default(
    "how",
    Kind.Choice(Seq("inner", "left", "left_semi", "left_anti")),
    "inner",
    "inner: every pair; left: and left rows without one; left_semi / left_anti: left columns of those with / without one."
  )
  val mult: Param[String] = Param.default(
    "mult",
    Kind.Choice(Mult.all.map(_.name)),
    "all",
    "Which matches of a left row come out: all, the one that starts first, or the one that starts last."
  )
  val tieBreak: Param[Seq[String]] = Param.default(
    "tie_break",
    Kind.Columns,
    Nil,
    "Right columns, ascending, that decide between right rows of one interval, with mult='first' or 'last'."
  )
  val condition: Param[String] = Param.optional(
    "condition",
    Kind.SqlText,
    "Condition over left.* and right.* that a pair must meet to be a match."
  )

  val params: Seq[Param[_]] = Seq(
    start,
    end,
    leftStart,
    leftEnd,
    rightStart,
    rightEnd,
    leftOn,
    rightOn,
    by,
    leftBy,
    rightBy,
    kind,
    closed,
    minOverlap,
    maxGap,
    how,
    mult,
    tieBreak,
    condition,
    nullsEqual,
    JoinSides.suffixes
  )

  override val limits: Seq[String] = Seq(
    "A filter on the result's right columns is never moved below the join.",
    "Only rows that reach the join are asked whether they end before they start: not those that a filter, a key of null or a condition on one side keeps from it.",
    "A condition on both sides, and mult='first' or 'last', look at every pair whose intervals match.",
    "Active rows that outgrow memory are met in rounds, each of which reads again what starts while its rows live.",
    "Without a key, or with one key that holds most rows, one task does most of the work where time cannot be sliced: inputs that are not scans with projections and filters."
  )

  protected def read(in: Inputs, args: Args): Either[Seq[Refusal], ReadTransform.Call] = Call.read(in, args)

  /** A call that was found to be sound. `right` and its columns are renamed apart from the left. */
  private final case class Call(
      left: LogicalPlan,
      right: LogicalPlan,
      small: Boolean,
      spans: (Span, Span),
      keys: Seq[(Attribute, Attribute)],
      names: Seq[(Attribute, String)],
      tieBreak: Seq[Attribute],
      condition: JoinCondition,
      options: IntervalOptions
  ) extends ReadTransform.Call {
    private val (l, r) = spans

    def plan: LogicalPlan = {
      val (leftKeys, rightKeys) = (keys.map(_._1), keys.map(_._2))
      // Every right column decides where nothing else is said: named here, none is pruned.
      val ties =
        if (options.mult == Mult.All) Nil
        else if (tieBreak.isEmpty) right.output.filterNot(rightKeys.contains)
        else tieBreak
      val sweep =
        IntervalSweep(options, l.end, r.end, leftKeys, rightKeys, ties, condition.guard, condition.both)
      val swept =
        TimeSweep(left, matchable, leftKeys ++ bounds(l), rightKeys ++ bounds(r), l.start, r.start, sweep, small)
      val out = swept.output.map(a => a.exprId -> a).toMap
      Project(names.map { case (column, name) => JoinNames.as(out(column.exprId), name) }, swept)
    }

    /** Bounds that must be equal are keys: what differs there never meets. In structs, because open is equal to open.
      */
    private def bounds(span: Span): Seq[Expression] = {
      val starts = if (Set("starts", "equal")(options.kind)) Seq(span.start) else Nil
      val ends = if (Set("ends", "equal")(options.kind)) span.end.toSeq else Nil
      (starts ++ ends).map(bound => CreateNamedStruct(Seq(Literal("at"), bound)))
    }

    /** Right rows that can match at all: what else there is is dropped before it travels. */
    private def matchable: LogicalPlan = {
      val there = (if (options.nullsEqual) Nil else keys.map(_._2)) ++ (if (r.end.isEmpty) Some(r.start) else None)
      (there.map(IsNotNull(_)) ++ condition.right).reduceOption[Expression](And(_, _)).fold(right)(Filter(_, right))
    }
  }

  private object Call {

    def read(in: Inputs, args: Args): Either[Seq[Refusal], Call] = {
      val left = in.plan("left")
      val (unhinted, small) = BroadcastHint.take(in.plan("right"))
      val (right, to) = renamed(unhinted)
      val keep = Keep.all.find(_.name == args(how)).get
      val spans = IntervalSides.find(name, in, args)
      val keys = JoinSides.keys(name, in, args)
      val ties = ordering(name, in, "right", tieBreak.name, args(tieBreak))
      val ask = args.get(condition) match {
        case None => Right(JoinCondition.none)
        case Some(text) =>
          val known = in.plan("right").output.map(a => to(a).withName(a.name))
          JoinCondition.read(name, in, text, left.output, known).left.map(Seq(_))
      }
      val relation = spans.flatMap { case (l, r) => readRelation(args, l, r) }
      val named = keys.flatMap(JoinNames.read(name, in, args, _, keep))
      val moot = refusals(args, keep)
      all(Seq(spans, keys, ties, ask, relation, named, moot)).left.map(_.distinct).map { _ =>
        val (l, r) = spans.toOption.get
        val names = named.toOption.get
        Call(
          left,
          right,
          small,
          (l, Span(to(r.start), r.end.map(to))),
          keys.toOption.get.map { case (a, b) => (a, to(b)) },
          names.left ++ names.right.map { case (a, n) => to(a) -> n },
          ties.toOption.get.map(to),
          ask.toOption.get,
          IntervalOptions(
            name,
            args(kind),
            relation.toOption.get,
            Closed.all.find(_.name == args(closed)).get,
            keep,
            Mult.all.find(_.name == args(mult)).get,
            args(nullsEqual),
            Some(SparkInternals.timeZone(in.session))
          )
        )
      }
    }

    /** Options that say nothing beside others. */
    private def refusals(args: Args, keep: Keep): Either[Seq[Refusal], Unit] = {
      val one = args(mult) != Mult.All.name
      val idle =
        if (one && !keep.rightColumns)
          Seq(Errors.noEffect(name, mult.name, args(mult), "how='inner' or 'left'"))
        else if (!one && args(tieBreak).nonEmpty)
          Seq(Errors.noEffect(name, tieBreak.name, args(tieBreak), "mult='first' or 'last'"))
        else Nil
      if (idle.isEmpty) Right(()) else Left(idle)
    }

    private def readRelation(args: Args, l: Span, r: Span): Either[Seq[Refusal], Relation] = {
      val point = Seq(leftOn -> l, rightOn -> r).collectFirst { case (p, span) if span.end.isEmpty => p.name }
      val least = length(args, minOverlap, l.start.dataType)
      val most = length(args, maxGap, l.start.dataType)
      val measures = Seq(minOverlap, maxGap).filter(args.got)
      def against(p: Param[_], what: String, only: String): Refusal =
        Errors.needsKind(name, p.name, args.get(p).get, what, only)
      val wrong = point.toSeq.flatMap { on =>
        (if (args(kind) == "overlap") None
         else Some(against(kind, s"points ('$on')", "two intervals; a point in an interval is kind='overlap'"))) ++
          (if (args.got(minOverlap)) Some(against(minOverlap, s"points ('$on')", "two intervals")) else None)
      } ++
        (if (args(kind) == "overlap") Nil
         else measures.map(p => against(p, s"kind='${args(kind)}'", "kind='overlap'"))) ++
        (if (measures.size < 2) Nil
         else Seq(against(minOverlap, "max_gap", "max_gap left out: what lies apart shares nothing")))
      all(Seq(least, most, if (wrong.isEmpty) Right(()) else Left(wrong))).map { _ =>
        args(kind) match {
          case "within" => Relation.Within
          case "contains" => Relation.Contains
          case _ =>
            val shared = least.toOption.flatten.map(Relation.Shared(_))
            shared.orElse(most.toOption.flatten.map(Relation.Near(_))).getOrElse(Relation.Overlap)
        }
      }
    }

    private def length(args: Args, param: Param[Any], time: DataType): Either[Seq[Refusal], Option[Any]] =
      duration(name, param.name, args.get(param), time).flatMap {
        case Some(read) if Durations.isNegative(read) =>
          Left(Seq(Errors.negativeLength(name, param.name, args.get(param).get)))
        case read => Right(read)
      }
  }
}
