package penstock.door

import scala.util.control.NonFatal

import org.apache.spark.sql.SparkSession
import org.apache.spark.sql.catalyst.expressions.{Expression, ExpressionInfo}
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan
import org.apache.spark.sql.penstockinternals.{RefusalException, SparkInternals}
import org.slf4j.LoggerFactory
import penstock.Errors
import penstock.contract.{Refusal, Transform}
import penstock.registry.{Build, Describe, Planning, Providers, Transforms}

/** Registers Penstock on a session that is already running: its table functions, and what plans their nodes.
  *
  * Idempotent, and safe from several threads. A refused attach leaves the session as it was. Works again after the
  * classes were loaded once more by another class loader, as Spark Connect does after every `addArtifacts`: the
  * functions then become the newest loader's, and the older loader's strategies stay, because a temporary view may hold
  * its nodes.
  */
object Attach {

  /** What a session has after attaching. */
  final case class Attached(own: Seq[Transform], team: Seq[Transform], problems: Seq[Refusal]) {
    def json(session: SparkSession): String = Describe.json(session.version, own, team, problems)
  }

  private type Builder = Seq[Expression] => LogicalPlan
  private final case class Change(name: String, door: SqlDoor, before: Option[(ExpressionInfo, Builder)])

  private val log = LoggerFactory.getLogger("penstock")

  def apply(session: SparkSession): Attached = apply(session, Transforms.all, Planning.own)

  def apply(session: SparkSession, own: Seq[Transform], planning: Planning): Attached = {
    Gate.check(session)
    SelfCheck.guarded(session)(SparkInternals.lock(session).synchronized(register(session, own, planning)))
  }

  /** Whether every transform of Penstock's own is there, from this very class loader. */
  def done(session: SparkSession): Boolean =
    Transforms.all.forall(t => SqlDoor.lookup(session, Names.always(t)).isDefined)

  private def register(session: SparkSession, own: Seq[Transform], planning: Planning): Attached = {
    val found = Providers.find(loaders(session), own)
    val ours =
      own.flatMap(t => judge(session, Names.always(t), SqlDoor.own(t), mustHave = true) +: bare(session, t).toSeq)
    val teams =
      found.offers.map(o => o -> judge(session, o.transform.name, new SqlDoor(o.transform, o.by), mustHave = false))

    val refusals = ours.collect { case Left(r) => r }
    if (refusals.nonEmpty) throw RefusalException(refusals)

    val ourChanges = ours.collect { case Right(Some(change)) => change }
    val changes = ourChanges ++ teams.collect { case (_, Right(Some(change))) => change }
    val undo = Undo(session)
    try {
      changes.foreach(c => SparkInternals.register(session, c.name, SqlDoor.info(c.name, c.door.transform), c.door))
      val planned = addPlanning(session, planning)
      if (ourChanges.nonEmpty || planned) SelfCheck.plan(session, planning.probes)
    } catch {
      case e: Throwable => // whatever it was, also an error of the JVM: a refused attach has done nothing
        undo(changes)
        throw e
    }

    val problems = found.problems ++ teams.collect { case (_, Left(r)) => r }
    problems.foreach(p => log.warn(p.text))
    Attached(own, teams.collect { case (o, Right(_)) => o.transform }, problems)
  }

  /** The short name, where nobody has it. */
  private def bare(session: SparkSession, t: Transform): Option[Either[Refusal, Option[Change]]] =
    Some(judge(session, t.name, SqlDoor.own(t), mustHave = false)).filterNot(_.left.exists(_.code == "function-exists"))

  /** What registering this name takes: a refusal, nothing (it is there), or a change. */
  private def judge(
      session: SparkSession,
      name: String,
      door: SqlDoor,
      mustHave: Boolean
  ): Either[Refusal, Option[Change]] =
    SparkInternals.tableFunction(session, name) match {
      case Some((_, there: SqlDoor)) if there.by eq door.by => Right(None)
      case Some((info, _)) if SqlDoor.wrote(info) && info.getSince != Build.version =>
        Left(Errors.otherVersion(name, info.getSince, Build.version))
      case Some(before @ (info, _)) if SqlDoor.wrote(info) => Right(Some(Change(name, door, Some(before))))
      case Some((info, _)) => Left(Errors.functionExists(name, info.getClassName))
      case None if !mustHave && permanent(session, name) => Left(Errors.functionExists(name, "a permanent function"))
      case None => Right(Some(Change(name, door, None)))
    }

  // A catalog that cannot be asked says nothing about its functions; attaching does not depend on it.
  private def permanent(session: SparkSession, name: String): Boolean =
    try SparkInternals.permanentFunction(session, name)
    catch { case NonFatal(_) => false }

  /** Adds what the planner lacks; whether there was anything to add. An extension has brought both or neither. */
  private def addPlanning(session: SparkSession, planning: Planning): Boolean = {
    val there = SparkInternals.strategies(session).map(_.getClass).toSet[Class[_]]
    val missing = planning.strategies.filterNot(s => there(s.getClass))
    if (missing.nonEmpty) {
      val extra = SparkInternals.experimental(session)
      extra.extraStrategies = extra.extraStrategies ++ missing
      extra.extraOptimizations = extra.extraOptimizations ++ planning.rules ++ planning.lastRules
    }
    missing.nonEmpty
  }

  /** Puts a session back as it was when this was made. */
  private final case class Undo(session: SparkSession) {
    private val extra = SparkInternals.experimental(session)
    private val strategies = extra.extraStrategies
    private val rules = extra.extraOptimizations

    def apply(changes: Seq[Change]): Unit = {
      extra.extraStrategies = strategies
      extra.extraOptimizations = rules
      changes.foreach {
        case Change(name, _, Some((info, build))) => SparkInternals.register(session, name, info, build)
        case Change(name, _, None) => SparkInternals.unregister(session, name)
      }
    }
  }

  private def loaders(session: SparkSession): Seq[ClassLoader] =
    Seq(getClass.getClassLoader, Thread.currentThread.getContextClassLoader, SparkInternals.jarLoader(session))
}
