package penstock.plan

import org.apache.spark.sql.catalyst.expressions.Attribute
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan
import org.apache.spark.sql.execution.{SparkPlan, SparkStrategy}
import org.apache.spark.sql.internal.SQLConf
import org.apache.spark.sql.penstockinternals.SparkInternals

import penstock.Conf
import penstock.exec.{Meeting, TimeSweepExec}

/** Plans a sweep in time as [[TimeMergeStrategy]] plans a merge: both sides clustered by the normalised keys and
  * ordered by start alone, or the right side broadcast.
  */
object TimeSweepStrategy extends SparkStrategy {
  def apply(plan: LogicalPlan): Seq[SparkPlan] = plan match {
    case s: TimeSweep =>
      TimeSweepExec(
        s.leftKeys.map(SparkInternals.normalizedKey),
        s.rightKeys.map(SparkInternals.normalizedKey),
        s.leftStart.asInstanceOf[Attribute],
        s.rightStart.asInstanceOf[Attribute],
        s.spec,
        s.output,
        Conf.stateMaxRows(SQLConf.get),
        if (s.sliced) Meeting.Slices else TimeMergeStrategy.meeting(s.right, s.broadcastHint),
        planLater(s.left),
        planLater(s.right)
      ) :: Nil
    case _ => Nil
  }
}
