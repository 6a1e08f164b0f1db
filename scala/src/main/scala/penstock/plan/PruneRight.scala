package penstock.plan

import org.apache.spark.sql.catalyst.expressions._
import org.apache.spark.sql.catalyst.expressions.aggregate.{AggregateFunction, Max, Min}
import org.apache.spark.sql.catalyst.optimizer.PushDownPredicates
import org.apache.spark.sql.catalyst.plans.logical.{Aggregate, Filter, LogicalPlan}
import org.apache.spark.sql.catalyst.rules.Rule
import org.apache.spark.sql.internal.SQLConf

import penstock.Conf
import penstock.machine.Distance
import penstock.time.TimeAxis

/** Bounds a big right side's time by the range of a much smaller left side's, found while the query runs: files and row
  * groups beyond it are not read, rows beyond it not exchanged.
  *
  * A backward join without a tolerance bounds the upper end only, a forward one the lower. An interval join is left
  * alone: what ends before it starts must fail wherever it lies.
  */
object PruneRight extends Rule[LogicalPlan] {

  def apply(plan: LogicalPlan): LogicalPlan = plan.transformUp {
    case m: TimeMerge if m.way.isEmpty && !m.pruned && wanted(m, SQLConf.get) =>
      val right = bounds(m).reduceOption(And(_, _)).fold(m.right)(b => PushDownPredicates(Filter(b, m.right)))
      m.copy(right = right, pruned = true)
  }

  private def wanted(m: TimeMerge, conf: SQLConf): Boolean = {
    val (least, big) = (Conf.pruneMinBytes(conf), m.right.stats.sizeInBytes)
    least >= 0 && big >= least && Reread.fewer(m.left, m.right) &&
    TimeAxis(m.rightTime.dataType, None).whole && Reread.cheap(m.left) && !m.right.isStreaming
  }

  private def bounds(m: TimeMerge): Seq[Expression] = {
    val (earliest, latest) = m.spec.reach
    def bound(distance: Distance, of: AggregateFunction): Option[Expression] = distance match {
      case Distance.Endless => None
      case Distance.None => Some(found(m, of.toAggregateExpression()))
      case Distance.By(by) => Some(found(m, TimeLess(of.toAggregateExpression(), by.asInstanceOf[Long])))
    }
    bound(latest, Min(m.leftTime)).map(GreaterThanOrEqual(m.rightTime, _)).toSeq ++
      bound(earliest, Max(m.leftTime)).map(LessThanOrEqual(m.rightTime, _))
  }

  private def found(m: TimeMerge, value: Expression): Expression = {
    val bound = Aggregate(Nil, Seq(Alias(value, "bound")()), _: LogicalPlan)
    ScalarSubquery(Reread.apart(m.left, Seq(m.leftTime), bound))
  }
}
