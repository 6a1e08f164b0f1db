package penstock.transform

import org.apache.spark.sql.catalyst.expressions.Attribute

import penstock.Errors
import penstock.contract._
import penstock.transform.JoinSides.{all, both, checkTimes, column}

/** The parameters by which an interval join says where its intervals, or points, are. */
object IntervalSides {
  val start: Param[String] =
    Param.optional("start", Kind.Column, "Where intervals start, on each side that does not say it by itself.")
  val end: Param[String] = Param.optional("end", Kind.Column, "Where they end, likewise.")
  val leftStart: Param[String] = Param.optional("left_start", Kind.Column, "Where left intervals start.")
  val leftEnd: Param[String] = Param.optional("left_end", Kind.Column, "Where left intervals end.")
  val rightStart: Param[String] = Param.optional("right_start", Kind.Column, "Where right intervals start.")
  val rightEnd: Param[String] = Param.optional("right_end", Kind.Column, "Where right intervals end.")
  val leftOn: Param[String] = Param.optional(
    "left_on",
    Kind.Column,
    "Time column of a left side that has points in time instead of intervals."
  )
  val rightOn: Param[String] = Param.optional("right_on", Kind.Column, "The same of a right side.")

  /** From `start` to `end`; without an end, the point `start`. */
  final case class Span(start: Attribute, end: Option[Attribute])

  /** A side's own parameters. */
  private final case class Side(name: String, on: Param[String], start: Param[String], end: Param[String])
  private val left = Side("left", leftOn, leftStart, leftEnd)
  private val right = Side("right", rightOn, rightStart, rightEnd)

  /** What the arguments mean, left and right, all of one type; or everything that is wrong with them. */
  def find(transform: String, in: Inputs, args: Args): Either[Seq[Refusal], (Span, Span)] =
    if (args.got(leftOn) && args.got(rightOn)) Left(Seq(Errors.twoPoints(transform)))
    else
      all(Seq(unused(transform, args), sound(transform, in, args))).left
        .map(_.distinct)
        .flatMap(_ => sound(transform, in, args))

  private def sound(transform: String, in: Inputs, args: Args): Either[Seq[Refusal], (Span, Span)] =
    both(span(transform, in, args, left), span(transform, in, args, right)).flatMap { case (l, r) =>
      checkTimes(transform, (l.start, r.start)).map(_ => (l, r))
    }

  /** `start` and `end` that no side would read. */
  private def unused(transform: String, args: Args): Either[Seq[Refusal], Unit] = {
    def ownSay(side: Side, own: Param[String]): Boolean = args.got(side.on) || args.got(own)
    val idle = Seq(
      start -> (ownSay(left, leftStart) && ownSay(right, rightStart)),
      end -> (ownSay(left, leftEnd) && ownSay(right, rightEnd))
    ).collect { case (p, true) if args.got(p) => p.name }
    if (idle.isEmpty) Right(()) else Left(Seq(Errors.startEndUnused(transform, idle)))
  }

  private def span(transform: String, in: Inputs, args: Args, side: Side): Either[Seq[Refusal], Span] = {
    val own = Seq(side.start, side.end).filter(args.got)
    if (args.got(side.on))
      if (own.nonEmpty) Left(Seq(Errors.pointAndInterval(transform, side.on.name, own.map(_.name))))
      else column(transform, in, side.name, side.on.name, args(side.on)).map(Span(_, None))
    else {
      def named(mine: Param[String], shared: Param[String]): Option[Param[String]] =
        Seq(mine, shared).find(args.got)
      (named(side.start, start), named(side.end, end)) match {
        case (Some(s), Some(e)) =>
          both(
            column(transform, in, side.name, s.name, args(s)),
            column(transform, in, side.name, e.name, args(e))
          ).flatMap { case (from, to) => ofOneType(transform, side.name, from, to) }
        case (s, e) =>
          val missing = Seq("start" -> s, "end" -> e).collect { case (what, None) => what }
          Left(Seq(Errors.noInterval(transform, side.name, missing)))
      }
    }
  }

  private def ofOneType(transform: String, side: String, from: Attribute, to: Attribute): Either[Seq[Refusal], Span] =
    if (from.dataType == to.dataType) Right(Span(from, Some(to)))
    else Left(Seq(Errors.endsDiffer(transform, side, from.name, from.dataType, to.name, to.dataType)))
}
