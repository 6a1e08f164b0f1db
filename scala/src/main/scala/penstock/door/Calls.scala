package penstock.door

import org.apache.spark.sql.{DataFrame, SparkSession}
import org.apache.spark.sql.catalyst.expressions.Alias
import org.apache.spark.sql.catalyst.plans.logical.{LogicalPlan, Project}
import org.apache.spark.sql.penstockinternals.{RefusalException, SparkInternals}
import penstock.{Conf, Errors}
import penstock.contract.{Args, Inputs, Refusal, Transform}

/** The one road behind all doors: read the arguments, check the inputs, let the transform check, plan. */
object Calls {

  /** The lazy plan of a call, or every reason against it at once.
    *
    * @param earlier
    *   what the door itself found wrong
    * @param unreadable
    *   parameters the door has refused already, so that they are not also missing
    */
  def plan(
      session: SparkSession,
      transform: Transform,
      tables: Seq[(String, LogicalPlan)],
      values: Map[String, Any],
      earlier: Seq[Refusal] = Nil,
      unreadable: Set[String] = Set.empty
  ): LogicalPlan = {
    val said = transform.params.filter(p => unreadable(p.name)).map(Errors.missingParameter(transform.name, _))
    val (args, unreadableValues) = Args.bind(transform, values)
    val streams = tables.collect { case (input, plan) if plan.isStreaming => Errors.streaming(transform.name, input) }
    val early = earlier ++ unreadableValues.filterNot(said.contains) ++ streams
    // What else is wrong is said at once too, unless it could only be a consequence of what is known already.
    val complete =
      tables.size == transform.inputs.size && unreadable.isEmpty && Args.soundEnough(transform, args, values)
    if (early.nonEmpty && !complete) throw RefusalException(early)

    val aside = tables.map { case (input, plan) => input -> StandIn.putAside(plan) }
    val inputs = new Inputs(session, distinct(aside))
    val refusals = early ++ transform.check(inputs, args)
    if (refusals.nonEmpty) throw RefusalException(refusals)
    val planned = transform.plan(inputs, args)
    if (aside == tables) planned else StandIn.putBack(planned)
  }

  /** A call by name, from a door that has frames. */
  def frame(session: SparkSession, name: String, tables: Seq[DataFrame], values: Map[String, Any]): DataFrame = {
    val transform = find(session, name)
    val plans = tables.map(SparkInternals.plan)
    val missing = transform.inputs.drop(tables.size).map(Errors.missingInput(transform.name, _))
    val extra =
      if (tables.size > transform.inputs.size) Seq(Errors.tooManyInputs(transform.name, transform.inputs, tables.size))
      else Nil
    SparkInternals.frame(session, plan(session, transform, transform.inputs.zip(plans), values, missing ++ extra))
  }

  /** The transform of a name in this session; attaches the session first where it may. */
  def find(session: SparkSession, name: String): Transform = {
    def registered: Option[Transform] =
      SqlDoor.lookup(session, Names.prefix + name).orElse(SqlDoor.lookup(session, name))
    if (Attach.done(session) && registered.isDefined) registered.get
    else {
      if (!mayAttach(session) && !Attach.done(session)) throw RefusalException(Seq(Errors.notAttached(name)))
      val attached = Attach(session)
      registered.getOrElse {
        val known = (attached.own ++ attached.team).map(_.name)
        throw RefusalException(Errors.unknownTransform(name, known) +: attached.problems)
      }
    }
  }

  /** `spark.penstock.autoAttach`: whether a first call may attach the session; true unless set. */
  private def mayAttach(session: SparkSession): Boolean =
    session.conf.getOption(Conf.AutoAttach.name).forall(_.trim.toLowerCase != "false")

  /** Gives a table that comes in twice (a self-join) columns of its own, as Spark does for its joins. */
  private def distinct(tables: Seq[(String, LogicalPlan)]): Seq[(String, LogicalPlan)] =
    tables.foldLeft(Vector.empty[(String, LogicalPlan)]) { case (before, (input, plan)) =>
      val clash = before.exists(_._2.outputSet.intersect(plan.outputSet).nonEmpty)
      before :+ (input -> (if (clash) Project(plan.output.map(a => Alias(a, a.name)()), plan) else plan))
    }
}
