package penstock.door

import scala.collection.mutable

import org.apache.spark.sql.catalyst.expressions.{
  Expression,
  FunctionTableSubqueryArgumentExpression,
  NamedArgumentExpression
}
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan
import org.apache.spark.sql.penstockinternals.SparkInternals
import penstock.Errors
import penstock.contract.{Refusal, Transform}

/** What a SQL call brought, sorted by what the transform declares.
  *
  * @param tables
  *   the inputs in declared order; complete unless there are refusals
  * @param values
  *   scalar arguments by name, as plain Scala values
  * @param refusals
  *   everything wrong so far
  * @param unreadable
  *   parameters that were given, but whose value could not be read
  */
final case class SqlArguments(
    tables: Seq[(String, LogicalPlan)],
    values: Map[String, Any],
    refusals: Seq[Refusal],
    unreadable: Set[String]
)

object SqlArguments {

  /** Tables fill the inputs and scalars the parameters, each in order; named ones go where they say. */
  def read(transform: Transform, arguments: Seq[Expression]): SqlArguments = {
    val reader = new Reader(transform)
    arguments.foreach {
      case NamedArgumentExpression(name, table: FunctionTableSubqueryArgumentExpression) =>
        reader.namedTable(name, table)
      case NamedArgumentExpression(name, scalar) => reader.namedScalar(name, scalar)
      case table: FunctionTableSubqueryArgumentExpression => reader.nextTable(table)
      case scalar => reader.nextScalar(scalar)
    }
    reader.result()
  }

  /** Collects in one pass, because each argument's place depends on those before it. */
  private final class Reader(transform: Transform) {
    private val tables = mutable.Map.empty[String, LogicalPlan]
    private val values = mutable.LinkedHashMap.empty[String, Any]
    private val unreadable = mutable.Set.empty[String]
    private val refusals = mutable.ArrayBuffer.empty[Refusal]
    private var nextInput = 0
    private var nextParam = 0
    private var named = false

    private val inputs = transform.inputs
    private val params = transform.params.map(_.name)
    private def say(problem: String, exists: String = "", remedy: String = ""): Unit =
      refusals += Errors.sqlArgument(transform.name, problem, exists, remedy)

    def nextTable(table: FunctionTableSubqueryArgumentExpression): Unit = {
      positional()
      if (nextInput < inputs.size) take(inputs(nextInput), table)
      else if (nextInput == inputs.size)
        say("it got more tables than it takes.", s"It takes: ${inputs.mkString(", ")}.")
      nextInput += 1
    }

    def nextScalar(scalar: Expression): Unit = {
      positional()
      if (nextParam < params.size) keep(params(nextParam), scalar)
      else if (nextParam == params.size)
        say("it got more arguments than it takes.", s"It takes: ${params.mkString(", ")}.")
      nextParam += 1
    }

    def namedTable(name: String, table: FunctionTableSubqueryArgumentExpression): Unit = {
      named = true
      known(inputs, name) match {
        case Some(input) => take(input, table)
        case None if known(params, name).isDefined =>
          unreadable += known(params, name).get
          say(s"parameter '$name' is not a table.", s"Its tables are: ${inputs.mkString(", ")}.")
        case None => say(s"there is no table '$name'.", s"Its tables are: ${inputs.mkString(", ")}.")
      }
    }

    def namedScalar(name: String, scalar: Expression): Unit = {
      named = true
      known(inputs, name) match {
        case Some(input) =>
          tables.getOrElseUpdate(input, null) // given, though not as a table: not also missing
          say(s"'$input' must be a table.", remedy = s"Write $input => TABLE(name) or TABLE(SELECT ...).")
        case None => keep(known(params, name).getOrElse(name), scalar)
      }
    }

    private def known(names: Seq[String], name: String): Option[String] = names.find(_.equalsIgnoreCase(name))

    private def positional(): Unit = if (named) {
      say("an argument without a name comes after one with a name.", remedy = "Give the named ones last.")
      named = false // said once
    }

    private def take(input: String, table: FunctionTableSubqueryArgumentExpression): Unit = {
      if (tables.contains(input)) say(s"table '$input' is given twice.")
      if (SparkInternals.redistributed(table)) refusals += Errors.tablePartitioning(transform.name, input)
      tables(input) = table.plan
    }

    private def keep(param: String, scalar: Expression): Unit = {
      if (values.contains(param) || unreadable(param)) say(s"parameter '$param' is given twice.")
      SqlValues.read(scalar) match {
        case Right(value) => values(param) = value
        case Left(why) =>
          unreadable += param
          say(s"parameter '$param' must be a constant, got ${scalar.sql}$why.")
      }
    }

    def result(): SqlArguments = {
      val missing = inputs.filterNot(tables.contains).map(Errors.missingInput(transform.name, _))
      val complete = inputs.flatMap(i => tables.get(i).filter(_ != null).map(i -> _))
      SqlArguments(complete, values.toMap, refusals.toSeq ++ missing, unreadable.toSet)
    }
  }
}
