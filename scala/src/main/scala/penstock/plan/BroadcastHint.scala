package penstock.plan

import org.apache.spark.sql.catalyst.plans.logical._

/** Which sides of a merge were hinted to be small. */
final case class Hints(left: Boolean, right: Boolean)

/** Spark's `broadcast` hint on an input. Spark keeps hints for its own joins and drops all others with a warning while
  * it optimises, so a node of ours reads them when it is built, and takes them off.
  */
object BroadcastHint {

  /** The plan without the hint, and whether it had one; found below projections, filters and aliases. */
  def take(plan: LogicalPlan): (LogicalPlan, Boolean) = plan match {
    case ResolvedHint(child, hints) if hints.strategy.contains(BROADCAST) => (take(child)._1, true)
    case through @ (_: Project | _: Filter | _: SubqueryAlias) =>
      take(through.children.head) match {
        case (child, true) => (through.withNewChildren(Seq(child)), true)
        case _ => (through, false)
      }
    case other => (other, false)
  }
}
