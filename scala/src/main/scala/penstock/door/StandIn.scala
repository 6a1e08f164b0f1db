package penstock.door

import org.apache.spark.sql.catalyst.analysis.MultiInstanceRelation
import org.apache.spark.sql.catalyst.expressions.Attribute
import org.apache.spark.sql.catalyst.plans.logical.{AnalysisHelper, CTERelationRef, LeafNode, LogicalPlan, Statistics}
import org.apache.spark.sql.catalyst.trees.TreePattern

/** Stands where a table comes from a WITH clause of the query around the call.
  *
  * Such a table is only a reference: what it refers to is known to that query and not to the frame that a transform
  * builds on it, which Spark would refuse to analyse. So the reference is put aside while the transform plans, and put
  * back into what it planned.
  */
final case class StandIn(reference: CTERelationRef) extends LeafNode with MultiInstanceRelation {
  override def output: Seq[Attribute] = reference.output
  override def newInstance(): LogicalPlan = StandIn(reference.newInstance().asInstanceOf[CTERelationRef])
  override def computeStats(): Statistics = Statistics(conf.defaultSizeInBytes)
}

object StandIn {

  def putAside(plan: LogicalPlan): LogicalPlan =
    if (!plan.containsPattern(TreePattern.CTE)) plan
    else replace(plan) { case reference: CTERelationRef => StandIn(reference) }

  def putBack(plan: LogicalPlan): LogicalPlan = replace(plan) { case StandIn(reference) => reference }

  private def replace(plan: LogicalPlan)(rule: PartialFunction[LogicalPlan, LogicalPlan]): LogicalPlan =
    AnalysisHelper.allowInvokingTransformsInAnalyzer(plan.transformUpWithSubqueries(rule))
}
