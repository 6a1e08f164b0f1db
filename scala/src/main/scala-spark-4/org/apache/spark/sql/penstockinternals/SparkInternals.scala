package org.apache.spark.sql.penstockinternals

import org.apache.spark.SPARK_VERSION
import org.apache.spark.sql.{classic, Column, DataFrame, ExperimentalMethods, SparkSession}
import org.apache.spark.sql.catalyst.FunctionIdentifier
import org.apache.spark.sql.catalyst.analysis.TableFunctionRegistry
import org.apache.spark.sql.catalyst.expressions.{
  CollationKey,
  CommonExpressionRef,
  Expression,
  ExpressionInfo,
  FunctionTableSubqueryArgumentExpression,
  NamedExpression,
  With
}
import org.apache.spark.sql.catalyst.optimizer.NormalizeFloatingNumbers
import org.apache.spark.sql.catalyst.plans.logical.{LogicalPlan, Subquery}
import org.apache.spark.sql.catalyst.util.toPrettySQL
import org.apache.spark.sql.execution.{SparkPlan, SparkStrategy}
import org.apache.spark.sql.internal.SessionState
import org.apache.spark.sql.types.StringType

/** The only file that names what Spark keeps private, for the 4.x lines. It lives in Spark's package because Scala's
  * `private[sql]` is checked by the compiler only.
  */
object SparkInternals {

  private def own(session: SparkSession): classic.SparkSession = session.asInstanceOf[classic.SparkSession]
  private def state(session: SparkSession): SessionState = own(session).sessionState

  // From 4.2 on the registry holds every name by the place it belongs to.
  private val qualified = SPARK_VERSION.split('.').take(2).map(_.toInt) match {
    case Array(major, minor) => major > 4 || major == 4 && minor >= 2
  }
  private def in(place: String, name: String): FunctionIdentifier =
    FunctionIdentifier(name, Some(place), Some("system"))
  private def builtin(name: String): FunctionIdentifier =
    if (qualified) in("builtin", name) else FunctionIdentifier(name)

  /** The name a session's table function is registered under. */
  private def identifier(name: String): FunctionIdentifier =
    if (qualified) in("session", name) else FunctionIdentifier(name)

  /** Whether a `TABLE(...)` argument asks Spark to distribute or order it. */
  def redistributed(table: FunctionTableSubqueryArgumentExpression): Boolean =
    table.hasRepartitioning || table.orderByExpressions.nonEmpty

  /** A frame over a logical plan. */
  def frame(session: SparkSession, plan: LogicalPlan): DataFrame = classic.Dataset.ofRows(own(session), plan)

  /** The plan behind a frame, with commands already run. */
  def plan(frame: DataFrame): LogicalPlan = frame.asInstanceOf[classic.Dataset[_]].logicalPlan

  /** The operators a frame is planned as. */
  def physical(frame: DataFrame): SparkPlan = frame.asInstanceOf[classic.Dataset[_]].queryExecution.executedPlan

  def session(frame: DataFrame): SparkSession = frame.sparkSession

  /** The session a plan is being analysed in. */
  def active: SparkSession = classic.SparkSession.active

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
    Seq(identifier(name), builtin(name)).find(functions.functionExists).flatMap { place =>
      functions.lookupFunction(place).zip(functions.lookupFunctionBuilder(place))
    }
  }

  def tableFunctions(session: SparkSession): Seq[String] =
    state(session).tableFunctionRegistry.listFunction().map(_.funcName)

  def register(session: SparkSession, name: String, info: ExpressionInfo, build: Seq[Expression] => LogicalPlan): Unit =
    state(session).tableFunctionRegistry.registerFunction(identifier(name), info, build)

  def unregister(session: SparkSession, name: String): Unit = {
    state(session).tableFunctionRegistry.dropFunction(identifier(name))
    ()
  }

  def builtinTableFunction(name: String): Boolean = TableFunctionRegistry.builtin.functionExists(builtin(name))

  /** Whether the current database of the catalog has a permanent function of that name. */
  def permanentFunction(session: SparkSession, name: String): Boolean =
    state(session).catalog.isPersistentFunction(FunctionIdentifier(name))

  /** A join key whose equal values have equal bytes: −0.0 is 0.0, NaN is NaN, collated text is its collation key. */
  def normalizedKey(key: Expression): Expression = key.dataType match {
    case s: StringType if !s.supportsBinaryEquality => CollationKey(key)
    case _ => NormalizeFloatingNumbers.normalize(key)
  }

  /** What a column of Spark's Scala interface means. */
  def expression(column: Column): Expression = classic.ColumnNodeToExpressionConverter(column.node)

  /** The name a column would have in a frame. */
  def nameOf(column: Column): String = expression(column) match {
    case named: NamedExpression => named.name
    case other => toPrettySQL(other)
  }

  def parseExpression(session: SparkSession, text: String): Expression = state(session).sqlParser.parseExpression(text)

  /** An expression in which what Spark would compute once for several places stands in each of them: the rule that
    * takes it out knows Spark's own operators only.
    */
  def inlined(expression: Expression): Expression = expression.transformUp { case With(child, definitions) =>
    val meaning = definitions.map(d => d.id -> d.child).toMap
    child.transform { case ref: CommonExpressionRef if meaning.contains(ref.id) => meaning(ref.id) }
  }

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
