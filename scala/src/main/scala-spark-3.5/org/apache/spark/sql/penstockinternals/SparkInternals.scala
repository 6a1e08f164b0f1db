package org.apache.spark.sql.penstockinternals

import org.apache.spark.sql.{Column, DataFrame, Dataset, ExperimentalMethods, SparkSession}
import org.apache.spark.sql.catalyst.FunctionIdentifier
import org.apache.spark.sql.catalyst.analysis.TableFunctionRegistry
import org.apache.spark.sql.catalyst.expressions.{
  Expression,
  ExpressionInfo,
  FunctionTableSubqueryArgumentExpression,
  NamedExpression
}
import org.apache.spark.sql.catalyst.optimizer.NormalizeFloatingNumbers
import org.apache.spark.sql.catalyst.plans.logical.{LogicalPlan, Subquery}
import org.apache.spark.sql.catalyst.util.toPrettySQL
import org.apache.spark.sql.execution.{SparkPlan, SparkStrategy}
import org.apache.spark.sql.internal.SessionState

/** The only file that names what Spark keeps private, for the 3.5 line. It lives in Spark's package because
  * Scala's `private[sql]` is checked by the compiler only.
  */
object SparkInternals {

  private def own(session: SparkSession): SparkSession = session
  private def state(session: SparkSession): SessionState = session.sessionState

  /** The name a session's table function is registered under. */
  private def identifier(name: String): FunctionIdentifier = FunctionIdentifier(name)

  /** Whether a `TABLE(...)` argument asks Spark to distribute or order it: 3.5 has no syntax for that. */
  def redistributed(table: FunctionTableSubqueryArgumentExpression): Boolean = false

  /** A frame over a logical plan. */
  def frame(session: SparkSession, plan: LogicalPlan): DataFrame = Dataset.ofRows(session, plan)

  /** The plan behind a frame, with commands already run. */
  def plan(frame: DataFrame): LogicalPlan = frame.logicalPlan

  /** The operators a frame is planned as. */
  def physical(frame: DataFrame): SparkPlan = frame.queryExecution.executedPlan

  def session(frame: DataFrame): SparkSession = frame.sparkSession

  /** The session a plan is being analysed in. */
  def active: SparkSession = SparkSession.active

  /** Whether two names mean one column in this session. */
  def resolver(session: SparkSession): (String, String) => Boolean = state(session).conf.resolver

  /** The class loader that `ADD JAR` extends. */
  def jarLoader(session: SparkSession): ClassLoader = own(session).sharedState.jarClassLoader

  /** Something that is one per session and on which Spark itself never locks. */
  def lock(session: SparkSession): AnyRef = experimental(session)

  /** Strategies and optimiser rules added at run time. */
  def experimental(session: SparkSession): ExperimentalMethods = own(session).experimental

  /** Every strategy the session's planner has, however it came. */
  def strategies(session: SparkSession): Seq[SparkStrategy] = state(session).planner.strategies

  /** The table function of a name: what it is, and what builds its plan. */
  def tableFunction(session: SparkSession, name: String): Option[(ExpressionInfo, Seq[Expression] => LogicalPlan)] = {
    val functions = state(session).tableFunctionRegistry
    for {
      info <- functions.lookupFunction(identifier(name))
      build <- functions.lookupFunctionBuilder(identifier(name))
    } yield (info, build)
  }

  def tableFunctions(session: SparkSession): Seq[String] =
    state(session).tableFunctionRegistry.listFunction().map(_.funcName)

  def register(session: SparkSession, name: String, info: ExpressionInfo, build: Seq[Expression] => LogicalPlan): Unit =
    state(session).tableFunctionRegistry.registerFunction(identifier(name), info, build)

  def unregister(session: SparkSession, name: String): Unit = {
    state(session).tableFunctionRegistry.dropFunction(identifier(name))
    ()
  }

  def builtinTableFunction(name: String): Boolean = TableFunctionRegistry.builtin.functionExists(FunctionIdentifier(name))

  /** Whether the current database of the catalog has a permanent function of that name. */
  def permanentFunction(session: SparkSession, name: String): Boolean =
    state(session).catalog.isPersistentFunction(FunctionIdentifier(name))

  /** A join key whose equal values have equal bytes: −0.0 is 0.0, NaN is NaN. */
  def normalizedKey(key: Expression): Expression = NormalizeFloatingNumbers.normalize(key)

  /** What a column of Spark's Scala interface means. */
  def expression(column: Column): Expression = column.expr

  /** The name a column would have in a frame. */
  def nameOf(column: Column): String = expression(column) match {
    case named: NamedExpression => named.name
    case other => toPrettySQL(other)
  }

  def parseExpression(session: SparkSession, text: String): Expression = state(session).sqlParser.parseExpression(text)

  /** An expression in which nothing is computed once for several places: Spark 3.5 never does. */
  def inlined(expression: Expression): Expression = expression

  /** A plan with every name and type resolved and checked; throws what Spark's own analysis throws. */
  def analyze(session: SparkSession, plan: LogicalPlan): LogicalPlan = {
    val analyzed = state(session).analyzer.execute(plan)
    state(session).analyzer.checkAnalysis(analyzed)
    analyzed
  }

  /** A plan of a subquery that is made when Spark has optimised its own. */
  def optimized(plan: LogicalPlan): LogicalPlan =
    state(active).optimizer.execute(Subquery(plan, correlated = false)) match {
      case Subquery(done, _) => done
      case other => other
    }

  def timeZone(session: SparkSession): String = state(session).conf.sessionLocalTimeZone
}
