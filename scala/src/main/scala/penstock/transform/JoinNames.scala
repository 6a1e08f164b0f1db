package penstock.transform

import org.apache.spark.sql.catalyst.expressions.{Alias, Attribute, NamedExpression}
import org.apache.spark.sql.penstockinternals.SparkInternals

import penstock.Errors
import penstock.contract.{Args, Inputs, Refusal}
import penstock.machine.Keep

/** The columns that leave a join, with their names. */
final case class JoinNames(left: Seq[(Attribute, String)], right: Seq[(Attribute, String)])

object JoinNames {

  /** The names that leave a call.
    *
    * @param keys
    *   of both sides, in pairs
    */
  def read(
      transform: String,
      in: Inputs,
      args: Args,
      keys: Seq[(Attribute, Attribute)],
      keep: Keep
  ): Either[Seq[Refusal], JoinNames] = {
    val right = if (keep.rightColumns) in.plan("right").output else Nil
    val same = SparkInternals.resolver(in.session)
    val paired = keys.collect { case (l, r) if same(l.name, r.name) => r.exprId }.toSet
    val left = in.plan("left").output
    apply(transform, left, right, a => paired.contains(a.exprId), args(JoinSides.suffixes), same).left.map(Seq(_))
  }

  /** Left columns, then right ones; a right key that pairs with a left key of the same name is not said twice; names
    * that both sides have take their suffix.
    *
    * @param left
    *   left columns as they are
    * @param right
    *   right columns with the names they came with
    * @param paired
    *   right keys that are not repeated
    */
  def apply(
      transform: String,
      left: Seq[Attribute],
      right: Seq[Attribute],
      paired: Attribute => Boolean,
      suffixes: (String, String),
      same: (String, String) => Boolean
  ): Either[Refusal, JoinNames] = {
    val kept = right.filterNot(paired)
    def name(a: Attribute, others: Seq[Attribute], suffix: String): (Attribute, String) =
      a -> (if (others.exists(o => same(o.name, a.name))) a.name + suffix else a.name)
    val lefts = left.map(name(_, kept, suffixes._1))
    val rights = kept.map(name(_, left, suffixes._2))
    // Names that one side says twice by itself are that input's own business; a clash is what the join would add.
    val clashes = lefts.map(_._2).filter(l => rights.exists(r => same(l, r._2))) ++
      doubled(lefts, same) ++ doubled(rights, same)
    if (clashes.nonEmpty) Left(Errors.nameClash(transform, clashes.distinct, suffixes))
    else Right(JoinNames(lefts, rights))
  }

  private def doubled(side: Seq[(Attribute, String)], same: (String, String) => Boolean): Seq[String] =
    side.collect {
      case (a, name) if side.exists { case (b, other) => (a ne b) && same(name, other) && !same(a.name, b.name) } =>
        name
    }

  def as(column: Attribute, name: String): NamedExpression = if (column.name == name) column else Alias(column, name)()
}
