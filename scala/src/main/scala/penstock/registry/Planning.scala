package penstock.registry

import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan
import org.apache.spark.sql.catalyst.rules.Rule
import org.apache.spark.sql.execution.SparkStrategy
import penstock.plan.{PruneRight, PushLeftFilter, ShortlistRight, SliceInTime, TimeMergeStrategy, TimeSweepStrategy}

/** What Penstock's nodes bring to Spark's planner, the same for both ways of registering.
  *
  * @param strategies
  *   turn the logical nodes into operators
  * @param rules
  *   move filters past the logical nodes
  * @param lastRules
  *   rewrite the logical nodes when Spark's own rules are done with them
  * @param probes
  *   queries, as SQL text, that the self-check plans and never runs
  */
final case class Planning(
    strategies: Seq[SparkStrategy],
    rules: Seq[Rule[LogicalPlan]],
    probes: Seq[String],
    lastRules: Seq[Rule[LogicalPlan]] = Nil
)

object Planning {
  val own: Planning = Planning(
    strategies = Seq(TimeMergeStrategy, TimeSweepStrategy),
    rules = Seq(PushLeftFilter),
    probes = Seq(
      "SELECT * FROM penstock_asof_join(TABLE(SELECT 1 AS k, 2L AS t, 3D AS v), TABLE(SELECT 1 AS k, 2L AS t, 4D AS w), " +
        "on => 't', by => 'k', direction => 'nearest', condition => 'left.v < right.w') WHERE v > 0",
      "SELECT * FROM penstock_interval_join(TABLE(SELECT 1 AS k, 2L AS s, 3L AS e), TABLE(SELECT 1 AS k, 2L AS s, 4L AS e), " +
        "start => 's', end => 'e', by => 'k')"
    ),
    lastRules = Seq(PruneRight, ShortlistRight, SliceInTime)
  )
}
