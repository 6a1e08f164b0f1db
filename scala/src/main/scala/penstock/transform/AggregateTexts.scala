package penstock.transform

import scala.util.control.NonFatal

import org.apache.spark.sql.Column
import org.apache.spark.sql.catalyst.expressions.{Alias, Attribute, BoundReference, Expression, SubqueryExpression}
import org.apache.spark.sql.catalyst.expressions.aggregate._
import org.apache.spark.sql.catalyst.optimizer.{ComputeCurrentTime, ReplaceExpressions}
import org.apache.spark.sql.catalyst.plans.logical.{Aggregate, LocalRelation, LogicalPlan, SubqueryAlias}
import org.apache.spark.sql.penstockinternals.SparkInternals

import penstock.Errors
import penstock.contract.{Inputs, Refusal}
import penstock.machine.Aggregated

/** Aggregates that were given as SQL text, or from Scala as columns.
  *
  * @param functions
  *   Spark's functions in them, each once
  * @param results
  *   what each text makes of the functions' values, by their place
  */
final case class AggregateTexts(functions: Seq[Aggregated], results: Seq[(String, Expression)])

object AggregateTexts {

  /** Reads texts, or columns, over the right columns.
    *
    * @param columns
    *   with the names the user knows and the ids of the plan
    */
  def read(
      transform: String,
      in: Inputs,
      texts: Seq[(String, Any)],
      columns: Seq[Attribute]
  ): Either[Seq[Refusal], AggregateTexts] = {
    val from = SubqueryAlias("right", LocalRelation(columns))
    val read = texts.map { case (name, text) =>
      analyzed(in, from, name, text).left.map(
        Errors.badAggregate(transform, name, text.toString, _, columns.map(_.name))
      )
    }
    val refusals = read.collect { case Left(refusal) => refusal }
    if (refusals.nonEmpty) Left(refusals)
    else {
      val expressions = read.collect { case Right(e) => e }
      val found = expressions.flatMap(_.collect { case a: AggregateExpression => a })
      val distinct = found.map(_.canonicalized).distinct
      val each = distinct.map(c => found.find(_.canonicalized == c).get)
      val results = expressions.map(_.transform { case a: AggregateExpression =>
        BoundReference(distinct.indexOf(a.canonicalized), a.dataType, a.nullable)
      })
      Right(AggregateTexts(each.map(aggregated), texts.map(_._1).zip(results)))
    }
  }

  /** The expression of a text, resolved; or why it is none, as the end of a sentence. */
  private def analyzed(in: Inputs, from: LogicalPlan, name: String, text: Any): Either[String, Expression] =
    try {
      val parsed = text match {
        case column: Column => SparkInternals.expression(column)
        case other => SparkInternals.parseExpression(in.session, other.toString)
      }
      SparkInternals.analyze(in.session, Aggregate(Nil, Seq(Alias(parsed, name)()), from)) match {
        case plan: Aggregate =>
          val ready = ComputeCurrentTime(ReplaceExpressions(plan)).asInstanceOf[Aggregate]
          val expression = SparkInternals.inlined(unnamed(ready.aggregateExpressions.head))
          refused(expression).toLeft(expression)
        case _ => Left("it is not an aggregate alone")
      }
    } catch {
      case NonFatal(e) =>
        val said = SparkSays.of(e)
        // Of a grouping that a call does not have Spark would speak.
        val outside = Seq("[MISSING_GROUP_BY]", "[MISSING_AGGREGATION]").exists(said.startsWith)
        Left(
          if (outside) "it reads a column outside an aggregate function, or aggregates over another window" else said
        )
    }

  private def unnamed(expression: Expression): Expression = expression match {
    case Alias(child, _) => unnamed(child)
    case other => other
  }

  private def refused(expression: Expression): Option[String] = {
    val found = expression.collect { case a: AggregateExpression => a }
    if (found.isEmpty) Some("it holds no aggregate function")
    else if (SubqueryExpression.hasSubquery(expression)) Some("it holds a subquery")
    else if (!expression.deterministic) Some("it is not deterministic")
    else
      found.map(a => a -> a.aggregateFunction).collectFirst {
        case (a, f) if a.isDistinct && !f.isInstanceOf[Count] =>
          s"DISTINCT goes with count only, not with ${f.prettyName}"
        case (_, f) if !f.isInstanceOf[DeclarativeAggregate] && !f.isInstanceOf[ImperativeAggregate] =>
          s"${f.prettyName} does not run in Spark itself"
      }
  }

  private def aggregated(a: AggregateExpression): Aggregated = a.aggregateFunction match {
    // Counted by their bytes, so equal values must have equal ones.
    case Count(values) if a.isDistinct => Aggregated(Count(values.map(SparkInternals.normalizedKey)), true, a.filter)
    case function => Aggregated(function, false, a.filter)
  }
}
