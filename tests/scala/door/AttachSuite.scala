package penstock.door

import java.util.concurrent.{Callable, Executors}

import scala.collection.JavaConverters._

import org.apache.spark.sql.SparkSession
import org.apache.spark.sql.catalyst.expressions.{Expression, ExpressionInfo}
import org.apache.spark.sql.catalyst.plans.logical.{LogicalPlan, OneRowRelation}
import org.apache.spark.sql.penstockinternals.SparkInternals
import org.scalatest.funsuite.AnyFunSuite
import penstock.SharedSession

class AttachSuite extends AnyFunSuite with SharedSession {
  private val call = "SELECT * FROM penstock_demo_pass(TABLE(SELECT 5 AS x), on => 'x')"

  private def strategies(session: SparkSession): Int =
    SparkInternals.experimental(session).extraStrategies.count(_.getClass.getName.contains("PassStrategy"))

  private def foreign(session: SparkSession, name: String, className: String, since: String): Unit =
    SparkInternals.register(
      session,
      name,
      new ExpressionInfo(className, null, name, "", "", "", "", "", since, "", ""),
      (_: Seq[Expression]) => OneRowRelation(): LogicalPlan
    )

  test("attaching twice is attaching once") {
    val session = spark.newSession()
    val first = Demo.attach(session)
    val function = SparkInternals.tableFunction(session, "demo_pass").get._2
    assert(Demo.attach(session) == first)
    assert(strategies(session) == 1)
    assert(SparkInternals.tableFunction(session, "demo_pass").get._2 eq function)
    assert(rows(session.sql(call)) == Seq("5"))
  }

  test("many threads, two sessions") {
    val sessions = Seq(spark.newSession(), spark.newSession())
    val pool = Executors.newFixedThreadPool(8)
    try {
      val tasks = (1 to 16).map(i =>
        new Callable[String] {
          def call(): String = { Demo.attach(sessions(i % 2)); rows(sessions(i % 2).sql(AttachSuite.this.call)).head }
        }
      )
      assert(pool.invokeAll(tasks.asJava).asScala.map(_.get).toSet == Set("5"))
    } finally pool.shutdown()
    assert(sessions.map(strategies) == Seq(1, 1))
  }

  test("another session is left alone") {
    Demo.attach(spark.newSession())
    assert(SparkInternals.tableFunction(spark.newSession(), "demo_pass").isEmpty)
  }

  test("classes loaded again by another class loader take over, and views over the older ones still run") {
    val session = spark.newSession()
    Demo.attach(session)
    session.sql(call).createOrReplaceTempView("older")
    val again = new SecondLoader()
    val json = again.attach(session)
    assert(json.contains("\"demo_pass\""))
    assert(again.owns(SparkInternals.tableFunction(session, "demo_pass").get._2))
    assert(again.owns(SparkInternals.tableFunction(session, "penstock_demo_pass").get._2))
    assert(strategies(session) == 2)
    assert(rows(session.sql(call)) == Seq("5"))
    assert(rows(session.table("older")) == Seq("5"))
    again.attach(session)
    assert(strategies(session) == 2)
  }

  test("a short name that somebody has is left to them") {
    val session = spark.newSession()
    foreign(session, "demo_pass", "theirs.Function", "")
    Demo.attach(session)
    assert(SparkInternals.tableFunction(session, "demo_pass").get._1.getClassName == "theirs.Function")
    assert(rows(session.sql(call)) == Seq("5"))
  }

  test("our own name that somebody has is refused, and nothing is registered") {
    val session = spark.newSession()
    foreign(session, "penstock_demo_pair", "theirs.Function", "")
    val (codes, text) = refusal(Demo.attach(session))
    assert(codes == Seq("function-exists"))
    assert(text.contains("penstock_demo_pair") && text.contains("theirs.Function"))
    assert(SparkInternals.tableFunction(session, "penstock_demo_pass").isEmpty && strategies(session) == 0)
  }

  test("another version of Penstock is refused, naming both") {
    val session = spark.newSession()
    foreign(session, "penstock_demo_pass", "penstock.door.SqlDoor", "9.8.7")
    val (codes, text) = refusal(Demo.attach(session))
    assert(codes.distinct == Seq("version-mismatch"))
    assert(text.contains("9.8.7") && text.contains(penstock.registry.Build.version))
    assert(strategies(session) == 0)
  }

  test("a permanent function keeps its short name") {
    val session = spark.newSession()
    session.sql("CREATE FUNCTION demo_echo AS 'theirs.Function'")
    try {
      Demo.attach(session)
      assert(SparkInternals.tableFunction(session, "demo_echo").isEmpty)
      assert(SparkInternals.tableFunction(session, "penstock_demo_echo").isDefined)
    } finally session.sql("DROP FUNCTION demo_echo")
  }
}
