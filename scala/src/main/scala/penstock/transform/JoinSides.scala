package penstock.transform

import org.apache.spark.sql.catalyst.expressions.{Alias, And, Attribute, Expression, IsNaN, IsNotNull, Not, RowOrdering}
import org.apache.spark.sql.catalyst.plans.logical.{Filter, LogicalPlan, Project}
import org.apache.spark.sql.types._

import penstock.Errors
import penstock.contract._
import penstock.time.{Durations, TimeAxis}

/** The parameters by which a join in time says what its time and keys are: shared by every transform of two inputs. */
object JoinSides {
  val on: Param[String] = Param.optional("on", Kind.Column, "Time column of both sides, where it has one name.")
  val leftOn: Param[String] = Param.optional("left_on", Kind.Column, "Time column of the left side.")
  val rightOn: Param[String] = Param.optional("right_on", Kind.Column, "Time column of the right side.")
  val by: Param[Seq[String]] =
    Param.default("by", Kind.Columns, Nil, "Key columns of both sides; none: one sequence of rows.")
  val leftBy: Param[Seq[String]] = Param.default("left_by", Kind.Columns, Nil, "Key columns of the left side.")
  val rightBy: Param[Seq[String]] =
    Param.default("right_by", Kind.Columns, Nil, "Key columns of the right side, in the same order.")
  val nullsEqual: Param[Boolean] = Param.default("nulls_equal", Kind.Flag, false, "Whether null keys match null keys.")
  val suffixes: Param[(String, String)] =
    Param.default("suffixes", Kind.Pair, ("", "_right"), "Appended to column names that both sides have.")

  /** Time and keys of both sides, found and of one type each. */
  final case class Found(leftTime: Attribute, rightTime: Attribute, leftKeys: Seq[Attribute], rightKeys: Seq[Attribute])

  /** What the arguments mean, or everything that is wrong with them. */
  def find(transform: String, in: Inputs, args: Args): Either[Seq[Refusal], Found] = {
    val times = pair(transform, args, on, leftOn, rightOn).flatMap { case ((lp, l), (rp, r)) =>
      both(column(transform, in, "left", lp, l), column(transform, in, "right", rp, r))
    }
    both(times.flatMap(checkTimes(transform, _)), keys(transform, in, args)).map { case ((lt, rt), ks) =>
      Found(lt, rt, ks.map(_._1), ks.map(_._2))
    }
  }

  /** The keys of both sides in pairs, of one type each. */
  def keys(transform: String, in: Inputs, args: Args): Either[Seq[Refusal], Seq[(Attribute, Attribute)]] =
    keyNames(transform, args)
      .flatMap { case ((lp, ls), (rp, rs)) =>
        all(ls.zip(rs).map { case (l, r) =>
          both(column(transform, in, "left", lp, l), column(transform, in, "right", rp, r))
        })
      }
      .flatMap(checkKeys(transform, _))

  /** The one column of an input that a name means. */
  def column(
      transform: String,
      in: Inputs,
      input: String,
      param: String,
      name: String
  ): Either[Seq[Refusal], Attribute] =
    in.columns(input, name) match {
      case Seq(one) => Right(one)
      case Seq() =>
        Left(Seq(Errors.columnNotFound(transform, param, name, input, in.plan(input).output.map(_.name))))
      case many => Left(Seq(Errors.columnAmbiguous(transform, param, name, input, many.map(_.name))))
    }

  def columns(
      transform: String,
      in: Inputs,
      input: String,
      param: String,
      names: Seq[String]
  ): Either[Seq[Refusal], Seq[Attribute]] =
    all(names.map(column(transform, in, input, param, _)))

  /** As [[columns]], of which each can be ordered by. */
  def ordering(
      transform: String,
      in: Inputs,
      input: String,
      param: String,
      names: Seq[String]
  ): Either[Seq[Refusal], Seq[Attribute]] =
    columns(transform, in, input, param, names).flatMap { found =>
      val unordered = found.filterNot(a => RowOrdering.isOrderable(a.dataType))
      if (unordered.isEmpty) Right(found)
      else Left(unordered.map(a => Errors.notOrderable(transform, param, a.name, a.dataType)))
    }

  /** The right side under other names and ids: in a self-join both sides' columns have the same ids, and an alias of
    * the same name would be optimised away again.
    */
  def renamed(right: LogicalPlan): (LogicalPlan, Attribute => Attribute) = {
    val aliases = right.output.map(a => a -> Alias(a, s"right.${a.name}")())
    val to = aliases.map { case (a, alias) => a.exprId -> alias.toAttribute }.toMap
    (Project(aliases.map(_._2), right), a => to(a.exprId))
  }

  /** Right rows that can match at all: what else there is is dropped before it travels. */
  def matchable(
      right: LogicalPlan,
      found: Found,
      nullsEqual: Boolean,
      noNaN: Boolean,
      more: Seq[Expression]
  ): LogicalPlan = {
    val there = (found.rightTime +: (if (nullsEqual) Nil else found.rightKeys)).map(IsNotNull(_))
    val floating = Set[DataType](FloatType, DoubleType)(found.rightTime.dataType)
    val placed = if (noNaN && floating) Seq(Not(IsNaN(found.rightTime))) else Nil
    Filter((there ++ placed ++ more).reduce[Expression](And(_, _)), right)
  }

  /** A distance on the time axis, where one is given. */
  def duration(
      transform: String,
      param: String,
      value: Option[Any],
      time: DataType
  ): Either[Seq[Refusal], Option[Any]] = value match {
    case None => Right(None)
    case Some(v) =>
      Durations.read(v, time).left.map(expects => Seq(Errors.badDuration(transform, param, v, expects))).map(Some(_))
  }

  private type Names[A] = ((String, A), (String, A))

  private def pair(
      transform: String,
      args: Args,
      one: Param[String],
      l: Param[String],
      r: Param[String]
  ): Either[Seq[Refusal], Names[String]] =
    (args.get(one), args.get(l), args.get(r)) match {
      case (Some(c), None, None) => Right(((one.name, c), (one.name, c)))
      case (None, Some(a), Some(b)) => Right(((l.name, a), (r.name, b)))
      case (None, None, None) => Left(Seq(Errors.missingOneOf(transform, Seq(one.name), Seq(l.name, r.name))))
      case (None, a, _) =>
        Left(Seq(Errors.halfGiven(transform, if (a.isEmpty) r.name else l.name, if (a.isEmpty) l.name else r.name)))
      case _ => Left(Seq(Errors.conflicting(transform, one.name, Seq(l.name, r.name))))
    }

  private def keyNames(transform: String, args: Args): Either[Seq[Refusal], Names[Seq[String]]] =
    (args(by), args(leftBy), args(rightBy)) match {
      case (_, Seq(), Seq()) => Right(((by.name, args(by)), (by.name, args(by))))
      case (Seq(), ls, rs) if ls.size == rs.size => Right(((leftBy.name, ls), (rightBy.name, rs)))
      case (Seq(), _, Seq()) => Left(Seq(Errors.halfGiven(transform, leftBy.name, rightBy.name)))
      case (Seq(), Seq(), _) => Left(Seq(Errors.halfGiven(transform, rightBy.name, leftBy.name)))
      case (Seq(), ls, rs) => Left(Seq(Errors.unequalKeys(transform, ls, rs)))
      case _ => Left(Seq(Errors.conflicting(transform, by.name, Seq(leftBy.name, rightBy.name))))
    }

  private[transform] def checkTimes(
      transform: String,
      found: (Attribute, Attribute)
  ): Either[Seq[Refusal], (Attribute, Attribute)] = {
    val (l, r) = found
    val unsupported = Seq("left" -> l, "right" -> r).collect {
      case (side, a) if !TimeAxis.supports(a.dataType) => Errors.notATime(transform, side, a.name, a.dataType)
    }
    if (unsupported.nonEmpty) Left(unsupported)
    else if (l.dataType != r.dataType) Left(Seq(Errors.timesDiffer(transform, l.name, l.dataType, r.name, r.dataType)))
    else Right(found)
  }

  private def checkKeys(
      transform: String,
      keys: Seq[(Attribute, Attribute)]
  ): Either[Seq[Refusal], Seq[(Attribute, Attribute)]] = {
    val refusals = keys.flatMap { case (l, r) =>
      val unsupported = Seq("left" -> l, "right" -> r).collect {
        case (side, a) if !mayBeKey(a.dataType) => Errors.notAKey(transform, side, a.name, a.dataType)
      }
      if (unsupported.nonEmpty) unsupported
      else if (!DataType.equalsStructurally(l.dataType, r.dataType, ignoreNullability = true))
        Seq(Errors.keysDiffer(transform, l.name, l.dataType, r.name, r.dataType))
      else Nil
    }
    if (refusals.nonEmpty) Left(refusals) else Right(keys)
  }

  // Maps and variants have no equality that a hash could agree with.
  private def mayBeKey(dataType: DataType): Boolean = dataType match {
    case _: MapType => false
    case ArrayType(e, _) => mayBeKey(e)
    case s: StructType => s.fields.forall(f => mayBeKey(f.dataType))
    case other => !Set("variant", "interval", "geometry", "geography").contains(other.typeName)
  }

  private[transform] def both[A, B](
      a: Either[Seq[Refusal], A],
      b: Either[Seq[Refusal], B]
  ): Either[Seq[Refusal], (A, B)] =
    (a, b) match {
      case (Right(x), Right(y)) => Right((x, y))
      case _ => Left(a.left.getOrElse(Nil) ++ b.left.getOrElse(Nil))
    }

  private[transform] def all[A](each: Seq[Either[Seq[Refusal], A]]): Either[Seq[Refusal], Seq[A]] = {
    val refusals = each.collect { case Left(r) => r }.flatten
    if (refusals.nonEmpty) Left(refusals) else Right(each.collect { case Right(a) => a })
  }
}
