package penstock.plan

import org.apache.spark.sql.catalyst.expressions.{And, Expression, PredicateHelper, SubqueryExpression}
import org.apache.spark.sql.catalyst.optimizer.PushDownPredicates
import org.apache.spark.sql.catalyst.plans.logical.{BinaryNode, Filter, LogicalPlan}
import org.apache.spark.sql.catalyst.rules.Rule

/** Moves filters on left columns below a merge or a sweep in time.
  *
  * Safe because what comes out for a left row depends on no other left row. A filter that names a right column stays:
  * below, it would change which right row is the nearest. Spark's own rules leave every filter above a node they do not
  * know.
  */
object PushLeftFilter extends Rule[LogicalPlan] with PredicateHelper {

  def apply(plan: LogicalPlan): LogicalPlan = plan.transform {
    case f @ Filter(_, merge: TimeMerge) if merge.way.isEmpty => moved(f, merge)
    case f @ Filter(_, sweep: TimeSweep) => moved(f, sweep)
  }

  private def moved(f: Filter, merge: BinaryNode): LogicalPlan = {
    val (down, up) = splitConjunctivePredicates(f.condition).partition(c => safe(c, merge))
    if (down.isEmpty) f
    else {
      // Registered at run time, this rule runs after Spark's pushdown, so it takes the filter all the way itself.
      val left = PushDownPredicates(Filter(down.reduce(And(_, _)), merge.left))
      val pushed = merge.withNewChildren(Seq(left, merge.right))
      up.reduceOption(And(_, _)).fold[LogicalPlan](pushed)(Filter(_, pushed))
    }
  }

  private def safe(conjunct: Expression, merge: BinaryNode): Boolean =
    conjunct.deterministic && conjunct.references.nonEmpty &&
      conjunct.references.subsetOf(merge.left.outputSet) && !SubqueryExpression.hasSubquery(conjunct)
}
