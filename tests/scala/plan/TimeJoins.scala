package penstock.plan

import org.apache.spark.sql.DataFrame
import org.apache.spark.sql.execution.SparkPlan
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanHelper

import penstock.exec.{Meeting, TimeMergeExec, TimeSeekExec}

/** Finds the joins in time of a plan. */
trait TimeJoins extends AdaptiveSparkPlanHelper {

  /** The topmost one. */
  def timeJoin(frame: DataFrame): SparkPlan = collect(frame.queryExecution.executedPlan) {
    case m: TimeMergeExec => m
    case s: TimeSeekExec => s
  }.head

  /** How its sides meet. */
  def met(frame: DataFrame): Meeting = timeJoin(frame) match {
    case m: TimeMergeExec => m.meeting
    case _ => Meeting.Broadcast
  }
}
