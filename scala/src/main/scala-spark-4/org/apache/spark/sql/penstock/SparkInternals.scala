package org.apache.spark.sql.penstock

import org.apache.spark.sql.{DataFrame, SparkSession}
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan
import org.apache.spark.sql.classic

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
}
