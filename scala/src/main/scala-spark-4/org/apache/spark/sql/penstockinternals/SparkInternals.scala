package org.apache.spark.sql.penstockinternals

import org.apache.spark.sql.{AnalysisException, DataFrame, SparkSession}
import org.apache.spark.sql.catalyst.expressions.{CollationKey, Expression}
import org.apache.spark.sql.catalyst.optimizer.NormalizeFloatingNumbers
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan
import org.apache.spark.sql.classic
import org.apache.spark.sql.internal.SessionState
import org.apache.spark.sql.types.StringType

/** The only file that names what Spark keeps private, for the 4.x lines. It lives in Spark's package because
  * Scala's `private[sql]` is checked by the compiler only.
  */
object SparkInternals {

  /** A frame over a logical plan. */
  def frame(session: SparkSession, plan: LogicalPlan): DataFrame =
    classic.Dataset.ofRows(session.asInstanceOf[classic.SparkSession], plan)

  /** Whether two names mean one column in this session. */
  def resolver(session: SparkSession): (String, String) => Boolean =
    session.asInstanceOf[classic.SparkSession].sessionState.conf.resolver

  /** A join key whose equal values have equal bytes: −0.0 is 0.0, NaN is NaN, collated text is its collation key. */
  def normalizedKey(key: Expression): Expression = key.dataType match {
    case s: StringType if !s.supportsBinaryEquality => CollationKey(key)
    case _                                          => NormalizeFloatingNumbers.normalize(key)
  }

  def parseExpression(session: SparkSession, text: String): Expression = state(session).sqlParser.parseExpression(text)

  /** A plan with every name and type resolved and checked; throws what Spark's own analysis throws. */
  def analyze(session: SparkSession, plan: LogicalPlan): LogicalPlan = {
    val analyzed = state(session).analyzer.execute(plan)
    state(session).analyzer.checkAnalysis(analyzed)
    analyzed
  }

  def timeZone(session: SparkSession): String = state(session).conf.sessionLocalTimeZone

  /** The first sentence of a Spark error, without the plan that follows it. */
  def sentence(error: Throwable): String = error match {
    case a: AnalysisException => a.getSimpleMessage.linesIterator.next()
    case other                => String.valueOf(other.getMessage).linesIterator.next()
  }

  private def state(session: SparkSession): SessionState = session.asInstanceOf[classic.SparkSession].sessionState
}
