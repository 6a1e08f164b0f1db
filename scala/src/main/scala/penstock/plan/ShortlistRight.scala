package penstock.plan

import org.apache.spark.sql.catalyst.expressions.{Attribute, Expression}
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan
import org.apache.spark.sql.catalyst.rules.Rule
import org.apache.spark.sql.internal.SQLConf
import org.apache.spark.sql.penstockinternals.SparkInternals

import penstock.exec.{Meeting, Placing}
import penstock.machine.Distance

/** Where the left side is small and the right one is not: sends the left keys and times to the right rows, so that only
  * those are exchanged that may answer.
  *
  * Where a few right rows say all there is to know of a stretch of time, which is what a halo's memory is, those are
  * sent: an as-of join in one direction, without a condition over both sides. Else those within a bounded reach of some
  * left row: a tolerance, windows with two ends.
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
    (remembers(m) || bounded(m)) && Reread.cheap(m.left) && !m.right.isStreaming
  }

  private def remembers(m: TimeMerge): Boolean = m.spec.remembers(m.rightTime.dataType)

  private def bounded(m: TimeMerge): Boolean = {
    val (earliest, latest) = m.spec.reach
    earliest != Distance.Endless && latest != Distance.Endless
  }

  private def wanted(m: TimeMerge): Boolean = {
    val conf = SQLConf.get
    Meeting.asked(conf) match {
      case Some(asked) => asked == Meeting.BroadcastLeft
      case None =>
        Meeting.chosen(m.hints.right, m.right.stats.sizeInBytes, conf) == Meeting.Hash &&
        (m.hints.left || small(m, conf) && (remembers(m) || m.leftKeys.nonEmpty)) // else slices keep all cores busy
    }
  }

  private def small(m: TimeMerge, conf: SQLConf): Boolean = {
    val sent = Reread.only(m.left, m.leftKeys :+ m.leftTime).stats.sizeInBytes
    // At worst each partition of the right side keeps a row for each left one.
    sent <= conf.autoBroadcastJoinThreshold && Reread.fewer(m.left, m.right)
  }
}
