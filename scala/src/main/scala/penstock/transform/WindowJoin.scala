package penstock.transform

import scala.language.implicitConversions

import org.apache.spark.sql.{Column, DataFrame}
import org.apache.spark.sql.catalyst.expressions.{Alias, Attribute, AttributeReference, AttributeSet}
import org.apache.spark.sql.catalyst.expressions.aggregate._
import org.apache.spark.sql.catalyst.plans.logical.{LogicalPlan, Project}
import org.apache.spark.sql.penstockinternals.SparkInternals
import org.apache.spark.sql.types.DataType

import penstock.Errors
import penstock.contract._
import penstock.machine.{Aggregated, Closed, Window, WindowMerge, WindowOptions}
import penstock.plan.{BroadcastHint, Hints, TimeMerge}
import penstock.time.Durations
import penstock.transform.JoinSides._

/** Gives each left row aggregates of the right rows in windows round its time, per key.
  *
  * Plain-Spark equivalent: docs/transforms/window_join.md, "By hand", run as an oracle in tests.
  */
object WindowJoin extends ReadTransform("window_join") {

  val summary = "Aggregate, for each left row, the right rows in windows round its time, per key."

  val inputs: Seq[String] = Seq("left", "right")

  val lower: Param[Any] = Param.optional(
    "lower",
    Kind.Duration,
    "Where the window begins, as a distance from the left time: negative is before it. None: at the beginning of time."
  )
  val upper: Param[Any] =
    Param.optional("upper", Kind.Duration, "Where the window ends, likewise. None: at the end of time.")
  val windows: Param[Seq[(String, (Option[Any], Option[Any]))]] = Param.optional(
    "windows",
    Kind.Windows,
    "Several windows at once, by the suffix that their columns' names get: (lower, upper) each."
  )
  val aggs: Param[Seq[(String, Any)]] = Param.required(
    "aggs",
    Kind.Aggregates,
    "Names of new columns, and the Spark SQL aggregate over right columns that each holds."
  )
  val closed: Param[String] =
    Param.default("closed", Kind.Choice(Closed.all.map(_.name)), "both", "Which ends belong to the window.")
  val includePrevailing: Param[Boolean] = Param.default(
    "include_prevailing",
    Kind.Flag,
    false,
    "Whether the right row that held when the window began takes part: the last one at or before its beginning."
  )
  val tieBreak: Param[Seq[String]] = Param.default(
    "tie_break",
    Kind.Columns,
    Nil,
    "Right columns, ascending, that order right rows of one key and time for aggregates in which order counts."
  )

  val params: Seq[Param[_]] = Seq(
    on,
    leftOn,
    rightOn,
    by,
    leftBy,
    rightBy,
    lower,
    upper,
    windows,
    aggs,
    closed,
    includePrevailing,
    tieBreak,
    nullsEqual
  )

  override val limits: Seq[String] = Seq(
    "A left row whose time or, unless nulls_equal, key is null or whose time is NaN stays, with empty windows; such a right row is in none.",
    "DISTINCT goes with count only; Python aggregates are refused.",
    "Lists, exact percentiles, sketches and a team's own Aggregator are made anew from the window's rows for each left row, unless the window has no lower end.",
    "A window without an upper end keeps a key's rows in memory, unless it has no lower end either.",
    "Without a key, or with one key that holds most rows, one task does most of the work where time cannot be sliced: inputs that are not scans with projections and filters, or a window without an end on one side."
  )

  protected def read(in: Inputs, args: Args): Either[Seq[Refusal], ReadTransform.Call] = Call.read(in, args)

  /** A call that was found to be sound; `right` is renamed apart from the left. */
  private final case class Call(
      left: LogicalPlan,
      right: LogicalPlan,
      hints: Hints,
      found: Found,
      texts: AggregateTexts,
      tieBreak: Seq[Attribute],
      options: WindowOptions
  ) extends ReadTransform.Call {
    def plan: LogicalPlan = {
      val columns =
        for (window <- options.windows; (name, result) <- texts.results)
          yield AttributeReference(named(name, window), result.dataType, result.nullable)()
      val spec = WindowMerge(options, texts.functions, texts.results.map(_._2), columns, ties)
      // No distance can be measured from NaN, and a window's ends are distances.
      val candidates = matchable(right, found, options.nullsEqual, noNaN = true, Nil)
      val merged =
        TimeMerge(left, candidates, found.leftKeys, found.rightKeys, found.leftTime, found.rightTime, spec, hints)
      // Under new ids: a plan that holds the call twice (a self-join) renews the ids of projections.
      Project(left.output ++ columns.map(c => Alias(c, c.name)()), merged)
    }

    /** What orders rows of one time: every right column where order counts, else those that the aggregates read, so
      * that a sum of doubles has the same bits whatever the order of the input.
      */
    private def ties: Seq[Attribute] = {
      val read = AttributeSet(texts.functions.flatMap(_.children))
      val all = right.output.filterNot(found.rightKeys.contains)
      if (tieBreak.isEmpty && (options.prevailing || !texts.functions.forall(orderless))) all
      else (tieBreak ++ all.filter(read.contains)).distinct
    }
  }

  private def named(name: String, window: Window): String =
    if (window.suffix.isEmpty) name else s"${name}_${window.suffix}"

  /** Whether the result is the same in whatever order rows come, but for rounding. */
  private def orderless(a: Aggregated): Boolean = a.function match {
    case _: Count | _: Sum | _: Average | _: Min | _: Max | _: CentralMomentAgg | _: Covariance |
        _: PearsonCorrelation | _: HyperLogLogPlusPlus | _: BitAggregate =>
      true
    case _ => false
  }

  private object Call {

    def read(in: Inputs, args: Args): Either[Seq[Refusal], Call] = {
      val (left, smallLeft) = BroadcastHint.take(in.plan("left"))
      val (unhinted, small) = BroadcastHint.take(in.plan("right"))
      val (right, to) = renamed(unhinted)
      val known = in.plan("right").output.map(a => to(a).withName(a.name))
      val found = JoinSides.find(name, in, args)
      val ends = found.flatMap(f => readWindows(args, f.leftTime.dataType))
      val texts = AggregateTexts.read(name, in, args(aggs), known)
      val ties = ordering(name, in, "right", tieBreak.name, args(tieBreak))
      val fresh = ends.flatMap(w => readNames(in, w, args(aggs).map(_._1)))
      val moot =
        if (args(includePrevailing) && ends.exists(_.exists(_.lower.isEmpty)))
          Left(Seq(Errors.noEffect(name, includePrevailing.name, true, "a lower end of every window")))
        else Right(())
      all(Seq(found, ends, texts, ties, fresh, moot)).left.map(_.distinct).map { _ =>
        val f = found.toOption.get
        Call(
          left,
          right,
          Hints(smallLeft, small),
          f.copy(rightTime = to(f.rightTime), rightKeys = f.rightKeys.map(to)),
          texts.toOption.get,
          ties.toOption.get.map(to),
          WindowOptions(
            name,
            ends.toOption.get,
            Closed.all.find(_.name == args(closed)).get,
            args(includePrevailing),
            args(nullsEqual)
          )
        )
      }
    }

    private def readWindows(args: Args, time: DataType): Either[Seq[Refusal], Seq[Window]] = {
      val single = Seq(lower, upper).filter(args.got)
      args.get(windows) match {
        case Some(_) if single.nonEmpty => Left(Seq(Errors.windowsAndBounds(name, single.map(_.name))))
        case Some(several) =>
          all(several.map { case (suffix, (from, to)) =>
            readWindow(args, time, suffix, s"${windows.name}['$suffix']", from, to)
          })
        case None if single.isEmpty => Left(Seq(Errors.noWindow(name)))
        case None => readWindow(args, time, "", "the window", args.get(lower), args.get(upper)).map(Seq(_))
      }
    }

    private def readWindow(
        args: Args,
        time: DataType,
        suffix: String,
        shown: String,
        from: Option[Any],
        to: Option[Any]
    ): Either[Seq[Refusal], Window] = {
      def end(value: Option[Any], param: String): Either[Seq[Refusal], Option[Any]] =
        duration(name, if (suffix.isEmpty) param else s"${windows.name}['$suffix']", value, time)
      both(end(from, lower.name), end(to, upper.name)).flatMap {
        case (Some(l), Some(u)) if Durations.less(u, l) || (!Durations.less(l, u) && args(closed) != "both") =>
          Left(Seq(Errors.emptyWindow(name, shown, from.get, to.get, args(closed))))
        case (l, u) => Right(Window(suffix, l, u))
      }
    }

    private def readNames(in: Inputs, ends: Seq[Window], names: Seq[String]): Either[Seq[Refusal], Unit] = {
      val same = SparkInternals.resolver(in.session)
      val left = in.plan("left").output.map(_.name)
      val made = for (window <- ends; aggregate <- names) yield named(aggregate, window)
      val clashes = made.filter(m => left.exists(same(_, m)) || made.count(same(_, m)) > 1).distinct
      if (clashes.isEmpty) Right(()) else Left(Seq(Errors.resultClash(name, clashes, left)))
    }
  }
}

/** What `windowJoin` takes in Scala: SQL texts by name, or columns, which bring their names. */
final case class WindowAggregates(byName: Seq[(String, Any)])

object WindowAggregates {
  implicit def ofTexts(texts: Seq[(String, String)]): WindowAggregates = WindowAggregates(texts)

  /** {{{aggs = Seq(avg("bid").as("bid_avg"), count("*"))}}} */
  implicit def ofColumns(columns: Seq[Column]): WindowAggregates =
    WindowAggregates(columns.map(c => SparkInternals.nameOf(c) -> c))
}

/** `windowJoin` as a method of a frame, for Scala. */
trait WindowJoinSyntax extends ScalaSyntax {
  implicit class WindowJoinFrame(left: DataFrame) {

    /** Aggregates, for each row, the rows of `right` in windows round its time, per key; see [[WindowJoin]] for the
      * parameters. Lazy.
      */
    def windowJoin(
        right: DataFrame,
        on: String = null,
        leftOn: String = null,
        rightOn: String = null,
        by: Seq[String] = Nil,
        leftBy: Seq[String] = Nil,
        rightBy: Seq[String] = Nil,
        lower: Any = null,
        upper: Any = null,
        windows: Seq[(String, (Any, Any))] = null,
        closed: String = "both",
        includePrevailing: Boolean = false,
        aggs: WindowAggregates = WindowAggregates(Nil),
        tieBreak: Seq[String] = Nil,
        nullsEqual: Boolean = false
    ): DataFrame = callByName(
      WindowJoin.name,
      Seq(left, right),
      Map(
        "on" -> on,
        "left_on" -> leftOn,
        "right_on" -> rightOn,
        "by" -> by,
        "left_by" -> leftBy,
        "right_by" -> rightBy,
        "lower" -> lower,
        "upper" -> upper,
        "windows" -> windows,
        "closed" -> closed,
        "include_prevailing" -> includePrevailing,
        "aggs" -> aggs.byName,
        "tie_break" -> tieBreak,
        "nulls_equal" -> nullsEqual
      )
    )
  }
}
