package penstock.transform

import org.apache.spark.sql.DataFrame
import org.apache.spark.sql.catalyst.expressions.Attribute
import org.apache.spark.sql.catalyst.plans.logical.{LogicalPlan, Project}
import org.apache.spark.sql.penstockinternals.SparkInternals
import org.apache.spark.sql.types.DataType

import penstock.Errors
import penstock.contract._
import penstock.machine.{Asof, AsofOptions, Direction, Keep}
import penstock.plan.{BroadcastHint, Hints, TimeMerge}
import penstock.time.Durations
import penstock.transform.JoinSides._

/** Gives each left row the nearest right row in time, per key.
  *
  * Plain-Spark equivalent: docs/transforms/asof_join.md, "By hand", run as an oracle in tests.
  */
object AsofJoin extends ReadTransform("asof_join") {

  val summary = "Join each left row with the nearest right row in time, per key."

  val inputs: Seq[String] = Seq("left", "right")

  val direction: Param[String] = Param.default(
    "direction",
    Kind.Choice(Direction.all.map(_.name)),
    "backward",
    "Which right row is looked for: the last at or before the left time, the first at or after it, or the nearer of both."
  )
  val nearestTie: Param[String] = Param.default(
    "nearest_tie",
    Kind.Choice(Seq("earlier", "later")),
    "earlier",
    "Which row direction='nearest' takes of two at the same distance."
  )
  val allowExactMatches: Param[Boolean] =
    Param.default("allow_exact_matches", Kind.Flag, true, "Whether a right row of the very same time matches.")
  val tolerance: Param[Any] = Param.optional(
    "tolerance",
    Kind.Duration,
    "How far apart the times may lie, inclusive; 0 allows exact matches only. None: any distance."
  )
  val how: Param[String] = Param.default(
    "how",
    Kind.Choice(Keep.all.map(_.name)),
    "left",
    "left: every left row once; inner: those with a match; left_semi / left_anti: left columns of those with / without one."
  )
  val tieBreak: Param[Seq[String]] = Param.default(
    "tie_break",
    Kind.Columns,
    Nil,
    "Right columns, ascending, that decide between right rows of one key and time: backward takes the last, forward the first."
  )
  val onTies: Param[String] = Param.default(
    "on_ties",
    Kind.Choice(Seq("order", "any", "error")),
    "order",
    "What decides a tie after tie_break: the right columns in schema order, chance, or nothing (the job fails)."
  )
  val condition: Param[String] = Param.optional(
    "condition",
    Kind.SqlText,
    "Condition over left.* and right.* that a right row must meet to be a candidate."
  )
  val skipNulls: Param[Boolean] = Param.default(
    "skip_nulls",
    Kind.Flag,
    false,
    "Whether each right value column takes its own nearest value that is not null, instead of one row whole."
  )

  val params: Seq[Param[_]] = Seq(
    on,
    leftOn,
    rightOn,
    by,
    leftBy,
    rightBy,
    direction,
    nearestTie,
    allowExactMatches,
    tolerance,
    how,
    tieBreak,
    onTies,
    condition,
    skipNulls,
    nullsEqual,
    suffixes
  )

  override val limits: Seq[String] = Seq(
    "A filter on the result's right columns is never moved below the join.",
    "A left row whose time or, unless nulls_equal, key is null stays unmatched; a right row with either matches nothing.",
    "A NaN time matches nothing under direction='nearest' or a tolerance.",
    "Without tie_break every right column takes part in deciding ties, so none is pruned; on_ties='any' lifts that.",
    "Without a key, or with one key that holds most rows, one task does most of the work where time cannot be sliced: inputs that are not scans with projections and filters, or a condition over both sides without a tolerance."
  )

  protected def read(in: Inputs, args: Args): Either[Seq[Refusal], ReadTransform.Call] = Call.read(in, args)

  /** A call that was found to be sound. `right` is renamed apart from the left; `names` is what leaves. */
  private final case class Call(
      left: LogicalPlan,
      right: LogicalPlan,
      hints: Hints,
      found: Found,
      names: Seq[(Attribute, String)],
      tieBreak: Seq[Attribute],
      condition: JoinCondition,
      options: AsofOptions
  ) extends ReadTransform.Call {
    def plan: LogicalPlan = {
      // Every right column decides where nothing else is said: named here, none is pruned.
      val ties =
        if (options.onTies == "order" && tieBreak.isEmpty) right.output.filterNot(found.rightKeys.contains)
        else tieBreak
      val asof = Asof(options, found.leftKeys, found.rightKeys, ties, condition.guard, condition.both)
      val (l, r) = (found.leftKeys, found.rightKeys)
      val merged = TimeMerge(left, candidates, l, r, found.leftTime, found.rightTime, asof, hints)
      val out = merged.output.map(a => a.exprId -> a).toMap
      Project(names.map { case (column, name) => JoinNames.as(out(column.exprId), name) }, merged)
    }

    private def candidates: LogicalPlan = {
      val measured = options.tolerance.isDefined || options.direction == Direction.Nearest
      matchable(right, found, options.nullsEqual, measured, condition.right.toSeq)
    }
  }

  private object Call {

    def read(in: Inputs, args: Args): Either[Seq[Refusal], Call] = {
      val (left, smallLeft) = BroadcastHint.take(in.plan("left"))
      val (unhinted, small) = BroadcastHint.take(in.plan("right"))
      val (right, to) = renamed(unhinted)
      val keep = Keep.all.find(_.name == args(how)).get
      val found = JoinSides.find(name, in, args)
      val ties = readTies(in, args)
      val ask = args.get(condition) match {
        case None => Right(JoinCondition.none)
        case Some(text) =>
          val known = in.plan("right").output.map(a => to(a).withName(a.name))
          JoinCondition.read(name, in, text, left.output, known).left.map(Seq(_))
      }
      val reach = found.flatMap(f => readTolerance(args, f.leftTime.dataType))
      val named = found.flatMap(f => JoinNames.read(name, in, args, f.leftKeys.zip(f.rightKeys), keep))
      val moot =
        if (args(nearestTie) == "later" && args(direction) != "nearest")
          Left(Seq(Errors.noEffect(name, nearestTie.name, "later", "direction='nearest'")))
        else Right(())
      // `reach` and `named` repeat what is wrong with `found`: each refusal is said once.
      all(Seq(found, ties, ask, reach, named, moot)).left.map(_.distinct).map { _ =>
        val f = found.toOption.get
        Call(
          left,
          right,
          Hints(smallLeft, small),
          f.copy(rightTime = to(f.rightTime), rightKeys = f.rightKeys.map(to)),
          named.toOption.get.left ++ named.toOption.get.right.map { case (a, n) => to(a) -> n },
          ties.toOption.get.map(to),
          ask.toOption.get,
          AsofOptions(
            name,
            Direction.all.find(_.name == args(direction)).get,
            args(nearestTie) == "earlier",
            args(allowExactMatches),
            reach.toOption.get,
            keep,
            args(onTies),
            args(skipNulls),
            args(nullsEqual),
            Some(SparkInternals.timeZone(in.session))
          )
        )
      }
    }

    private def readTies(in: Inputs, args: Args): Either[Seq[Refusal], Seq[Attribute]] =
      if (args(onTies) == "any" && args(tieBreak).nonEmpty)
        Left(Seq(Errors.noEffect(name, tieBreak.name, args(tieBreak), "on_ties='order' or 'error'")))
      else ordering(name, in, "right", tieBreak.name, args(tieBreak))

    private def readTolerance(args: Args, time: DataType): Either[Seq[Refusal], Option[Any]] =
      duration(name, tolerance.name, args.get(tolerance), time).flatMap {
        case Some(read) if Durations.isNegative(read) =>
          Left(Seq(Errors.negative(name, tolerance.name, args.get(tolerance).get)))
        case read => Right(read)
      }
  }
}

/** `asofJoin` as a method of a frame, for Scala. */
trait AsofJoinSyntax extends ScalaSyntax {
  implicit class AsofJoinFrame(left: DataFrame) {

    /** Joins each row with the nearest row of `right` in time, per key; see [[AsofJoin]] for the parameters. Lazy. */
    def asofJoin(
        right: DataFrame,
        on: String = null,
        leftOn: String = null,
        rightOn: String = null,
        by: Seq[String] = Nil,
        leftBy: Seq[String] = Nil,
        rightBy: Seq[String] = Nil,
        direction: String = "backward",
        nearestTie: String = "earlier",
        allowExactMatches: Boolean = true,
        tolerance: Any = null,
        how: String = "left",
        tieBreak: Seq[String] = Nil,
        onTies: String = "order",
        condition: String = null,
        skipNulls: Boolean = false,
        nullsEqual: Boolean = false,
        suffixes: (String, String) = ("", "_right")
    ): DataFrame = callByName(
      AsofJoin.name,
      Seq(left, right),
      Map(
        "on" -> on,
        "left_on" -> leftOn,
        "right_on" -> rightOn,
        "by" -> by,
        "left_by" -> leftBy,
        "right_by" -> rightBy,
        "direction" -> direction,
        "nearest_tie" -> nearestTie,
        "allow_exact_matches" -> allowExactMatches,
        "tolerance" -> tolerance,
        "how" -> how,
        "tie_break" -> tieBreak,
        "on_ties" -> onTies,
        "condition" -> condition,
        "skip_nulls" -> skipNulls,
        "nulls_equal" -> nullsEqual,
        "suffixes" -> suffixes
      )
    )
  }
}
