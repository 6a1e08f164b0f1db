package penstock.plan

import org.apache.spark.sql.catalyst.expressions.{Attribute, Expression}
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan
import org.apache.spark.sql.catalyst.rules.Rule
import org.apache.spark.sql.internal.SQLConf
import org.apache.spark.sql.penstockinternals.SparkInternals

import penstock.exec.{Meeting, Placing}
import penstock.machine.{Distance, Passes}
import penstock.time.TimeAxis

/** Where the left side is small and the right one is not: sends the left keys and times to the right rows, so that only
  * those are exchanged that may answer.
  *
  * Only where a few right rows say all there is to know of a stretch of time, which is what a halo's memory is: an
  * as-of join in one direction, without a condition over both sides.
  */
object ShortlistRight extends Rule[LogicalPlan] {

  def apply(plan: LogicalPlan): LogicalPlan = plan.transformUp {
    case m: TimeMerge if m.way.isEmpty && possible(m) && wanted(m) =>
      val (leftTime, rightTime) = (column(m.leftTime), column(m.rightTime))
      val short = TimeShortlist(
        m.leftKeys.map(SparkInternals.normalizedKey),
        m.rightKeys.map(SparkInternals.normalizedKey),
        leftTime,
        rightTime,
        Placing.Haloed(m.spec, m.left.output, leftTime),
        Reread.apart(m.left, m.leftKeys :+ m.leftTime),
        m.right
      )
      m.copy(right = short, way = Some(Meeting.BroadcastLeft))
  }

  private def column(e: Expression): Attribute = e.asInstanceOf[Attribute]

  private def possible(m: TimeMerge): Boolean = {
    val halo = m.spec.halo
    val once = m.spec.passes match {
      case _: Passes.Once => true
      case _ => false
    }
    once && halo.earliest == Distance.None && halo.latest == Distance.None &&
    TimeAxis(m.rightTime.dataType, None).faithful && Reread.cheap(m.left) && !m.right.isStreaming
  }

  private def wanted(m: TimeMerge): Boolean = {
    val conf = SQLConf.get
    Meeting.asked(conf) match {
      case Some(asked) => asked == Meeting.BroadcastLeft
      case None =>
        Meeting.chosen(m.broadcastHint, m.right.stats.sizeInBytes, conf) == Meeting.Hash &&
        (m.leftHint || small(m, conf))
    }
  }

  private def small(m: TimeMerge, conf: SQLConf): Boolean = {
    val sent = Reread.only(m.left, m.leftKeys :+ m.leftTime).stats.sizeInBytes
    sent <= conf.autoBroadcastJoinThreshold && m.left.stats.sizeInBytes * Fewer <= m.right.stats.sizeInBytes
  }

  /** How many times larger the right side must be: each of its partitions keeps a row for each left one, at worst. */
  private val Fewer = 10
}
