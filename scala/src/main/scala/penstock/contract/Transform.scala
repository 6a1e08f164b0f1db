package penstock.contract

import org.apache.spark.sql.DataFrame
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan

/** What can be called through every door: a name, tables in, named arguments, one table out.
  *
  * Reads top-down: promise, parameters, refusals, plan. `check` says everything that is wrong with a call, at once,
  * before any plan is made; `plan` builds the lazy plan and must not run a job.
  *
  * @param name
  *   SQL function, Python function, case folder and manual page alike
  */
abstract class Transform(val name: String) {

  /** One sentence, also the first line of the Python function's docstring. */
  def summary: String

  /** Names of the tables that come in, in positional order. */
  def inputs: Seq[String]

  def params: Seq[Param[_]]

  /** What the transform deliberately does not do; shown on the manual page. */
  def limits: Seq[String] = Nil

  /** Everything wrong with the call; empty where it may be planned. */
  def check(in: Inputs, args: Args): Seq[Refusal]

  /** The lazy plan of a call that `check` let through. */
  def plan(in: Inputs, args: Args): LogicalPlan
}

object Transform {

  /** A transform written with the public DataFrame API: what a team writes.
    *
    * {{{
    * Transform.of("add_vat", "Add the value added tax.", Seq("orders"), Seq(rate)) { (in, args) =>
    *   in("orders").withColumn("vat", col("net") * args(rate))
    * }
    * }}}
    */
  def of(name: String, summary: String, inputs: Seq[String], params: Seq[Param[_]])(
      body: (Inputs, Args) => DataFrame
  ): Transform = new FrameTransform(name, summary, inputs, params, body)

  private final class FrameTransform(
      name: String,
      val summary: String,
      val inputs: Seq[String],
      val params: Seq[Param[_]],
      body: (Inputs, Args) => DataFrame
  ) extends Transform(name) {
    def check(in: Inputs, args: Args): Seq[Refusal] = Nil
    def plan(in: Inputs, args: Args): LogicalPlan = body(in, args).queryExecution.analyzed
  }
}

/** A team's own transforms: implement it with a no-argument constructor and name the class in
  * `META-INF/services/penstock.contract.TransformProvider` of the team's JAR.
  */
trait TransformProvider {
  def transforms: Seq[Transform]
}
