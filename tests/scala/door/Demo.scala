package penstock.door

import org.apache.spark.rdd.RDD
import org.apache.spark.sql.SparkSession
import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.Attribute
import org.apache.spark.sql.catalyst.plans.logical.{LogicalPlan, UnaryNode}
import org.apache.spark.sql.execution.{SparkPlan, SparkStrategy, UnaryExecNode}
import org.apache.spark.sql.functions.lit
import penstock.contract.{Args, Inputs, Kind, Param, Refusal, Transform}
import penstock.registry.Planning

/** Transforms and planning that stand for Penstock's own in the tests of the doors. */
object Demo {
  private val on = Param.required("on", Kind.Column, "A column.")
  private val keep = Param.default("keep", Kind.Choice(Seq("all", "none")), "all", "What stays.")

  /** As Penstock's own are: a logical node, a check, and a strategy. */
  object Pass extends Transform("demo_pass") {
    val summary = "Give the rows as they are."
    val inputs: Seq[String] = Seq("rows")
    val params: Seq[Param[_]] = Seq(on, keep)
    def check(in: Inputs, args: Args): Seq[Refusal] =
      if (in.columns("rows", args(on)).nonEmpty) Nil
      else Seq(penstock.Errors.columnNotFound(name, "on", args(on), "rows", in.plan("rows").output.map(_.name)))
    def plan(in: Inputs, args: Args): LogicalPlan = PassNode(in.plan("rows"))
  }

  private val by = Param.required("by", Kind.Columns, "The keys.")

  /** Two inputs. */
  val pair: Transform = Transform.of("demo_pair", "Join two tables.", Seq("left", "right"), Seq(by)) { (in, args) =>
    in("left").as("l").join(in("right").as("r"), args(by))
  }

  private val kinds: Seq[Param[_]] = Seq(
    Param.optional("column", Kind.Column, "A column."),
    Param.optional("columns", Kind.Columns, "Columns."),
    Param.optional("choice", Kind.Choice(Seq("one", "two")), "A choice."),
    Param.optional("flag", Kind.Flag, "A flag."),
    Param.optional("duration", Kind.Duration, "A duration."),
    Param.optional("sql", Kind.SqlText, "SQL."),
    Param.optional("text", Kind.Text, "Text."),
    Param.optional("whole", Kind.Whole, "A whole number."),
    Param.optional("real", Kind.Real, "A number."),
    Param.default("pair", Kind.Pair, ("a", "b"), "Two texts.")
  )

  private def shown(value: Any): String = value match {
    case s: scala.collection.Seq[_] => s.mkString("[", ", ", "]")
    case other => other.toString
  }

  /** Says what its arguments were read as: one row, one column. */
  val echo: Transform = Transform.of("demo_echo", "Say what came in.", Seq("rows"), kinds) { (in, args) =>
    val said = kinds.filter(args.got).map(p => s"${p.name}=${shown(args.get(p).get)}")
    in("rows").limit(1).select(lit(said.mkString(";")).as("said"))
  }

  val transforms: Seq[Transform] = Seq(Pass, pair, echo)

  val planning: Planning = Planning(
    strategies = Seq(PassStrategy),
    rules = Seq(),
    probes = Seq("SELECT * FROM penstock_demo_pass(TABLE(SELECT 1 AS x), on => 'x')")
  )

  def attach(session: SparkSession): Attach.Attached = Attach(session, transforms, planning)
}

final case class PassNode(child: LogicalPlan) extends UnaryNode {
  override def output: Seq[Attribute] = child.output
  override protected def withNewChildInternal(newChild: LogicalPlan): LogicalPlan = copy(child = newChild)
}

final case class PassExec(child: SparkPlan) extends UnaryExecNode {
  override def output: Seq[Attribute] = child.output
  override protected def doExecute(): RDD[InternalRow] = child.execute()
  override protected def withNewChildInternal(newChild: SparkPlan): SparkPlan = copy(child = newChild)
}

object PassStrategy extends SparkStrategy {
  def apply(plan: LogicalPlan): Seq[SparkPlan] = plan match {
    case PassNode(child) => Seq(PassExec(planLater(child)))
    case _ => Nil
  }
}

/** For a second class loader: everything by plain Java types. */
class DemoAttach {
  def attach(session: SparkSession): String = Demo.attach(session).json(session)
}
