package penstock.transform

import scala.util.control.NonFatal

import org.apache.spark.sql.catalyst.expressions.{
  And,
  Attribute,
  AttributeSet,
  Expression,
  PredicateHelper,
  SubqueryExpression
}
import org.apache.spark.sql.catalyst.plans.Inner
import org.apache.spark.sql.catalyst.plans.logical._
import org.apache.spark.sql.penstockinternals.SparkInternals
import org.apache.spark.sql.types.BooleanType

import penstock.Errors
import penstock.contract.{Inputs, Refusal}

/** A condition over both sides, told apart by what each part of it speaks of.
  *
  * @param guard
  *   on the left side only (or on neither): such a left row has candidates, or has none
  * @param right
  *   on the right side only: filters candidates before they travel
  * @param both
  *   ties the sides together
  */
final case class JoinCondition(guard: Option[Expression], right: Option[Expression], both: Option[Expression])

object JoinCondition extends PredicateHelper {

  val none: JoinCondition = JoinCondition(None, None, None)

  /** Reads SQL text in which columns are `left.x`, `right.y`, or bare where only one side has them.
    *
    * @param right
    *   the right columns, with the names the user knows and the ids of the plan
    */
  def read(
      transform: String,
      in: Inputs,
      text: String,
      left: Seq[Attribute],
      right: Seq[Attribute]
  ): Either[Refusal, JoinCondition] =
    try {
      val sides = Join(
        SubqueryAlias("left", LocalRelation(left)),
        SubqueryAlias("right", LocalRelation(right)),
        Inner,
        None,
        JoinHint.NONE
      )
      val parsed = SparkInternals.parseExpression(in.session, text)
      SparkInternals.analyze(in.session, Filter(parsed, sides)).collectFirst { case Filter(c, _) => c } match {
        case None => Left(Errors.badCondition(transform, text, "it is not a condition on a row"))
        case Some(c) if c.dataType != BooleanType =>
          Left(Errors.badCondition(transform, text, s"it is of type ${c.dataType.sql}, not BOOLEAN"))
        case Some(c) if !c.deterministic => Left(Errors.badCondition(transform, text, "it is not deterministic"))
        case Some(c) if SubqueryExpression.hasSubquery(c) =>
          Left(Errors.badCondition(transform, text, "it holds a subquery"))
        case Some(c) => Right(split(SparkInternals.inlined(c), AttributeSet(left), AttributeSet(right)))
      }
    } catch {
      case NonFatal(e) => Left(Errors.badCondition(transform, text, SparkSays.of(e)))
    }

  private def split(condition: Expression, left: AttributeSet, right: AttributeSet): JoinCondition = {
    val parts = splitConjunctivePredicates(condition)
    val (guards, others) = parts.partition(_.references.subsetOf(left))
    val (rights, mixed) = others.partition(_.references.subsetOf(right))
    JoinCondition(guards.reduceOption(And(_, _)), rights.reduceOption(And(_, _)), mixed.reduceOption(And(_, _)))
  }
}
