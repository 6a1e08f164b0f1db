package penstock.door

import org.scalatest.funsuite.AnyFunSuite
import penstock.SharedSession

/** What a SQL call may look like. Each expected text is one row of the answer. */
class SqlDoorSuite extends AnyFunSuite with SharedSession {
  private lazy val session = {
    val fresh = spark.newSession()
    Demo.attach(fresh)
    fresh.range(3).selectExpr("id", "id * 10 AS net").createOrReplaceTempView("o")
    fresh.range(1, 4).selectExpr("id", "concat('r', id) AS r").createOrReplaceTempView("p")
    fresh
  }

  private def answers(sql: String)(expected: String*): Unit = test(sql) {
    assert(rows(session.sql(sql)) == expected)
  }

  private val all = Seq("0 0", "1 10", "2 20")

  answers("SELECT * FROM demo_pass(TABLE(o), on => 'id')")(all: _*)
  answers("SELECT * FROM penstock_demo_pass(TABLE(o), 'id')")(all: _*)
  answers("SELECT * FROM DEMO_PASS(TABLE(o), 'id', 'all')")(all: _*)
  answers("SELECT * FROM demo_pass(rows => TABLE(o), on => 'id')")(all: _*)
  answers("SELECT * FROM demo_pass(ON => 'id', ROWS => TABLE(o))")(all: _*)
  answers("SELECT * FROM demo_pass(TABLE(SELECT id FROM o WHERE id > 0), on => concat('i', 'd'))")("1", "2")
  answers("SELECT a.net FROM demo_pass(TABLE(o), 'id') AS a WHERE a.id = 1")("10")
  answers("SELECT x FROM demo_pass(TABLE(o), 'id') AS a(x, y)")("0", "1", "2")
  answers("SELECT * FROM demo_pass(TABLE(SELECT * FROM demo_pass(TABLE(o), 'id')), 'id', keep => NULL)")(all: _*)
  answers("SELECT count(*) FROM demo_pass(TABLE(o), 'id') UNION ALL SELECT sum(net) FROM demo_pass(TABLE(o), 'id')")(
    "3",
    "30"
  )
  answers("SELECT net FROM o WHERE id IN (SELECT id FROM demo_pass(TABLE(p), 'id'))")("10", "20")

  answers("SELECT * FROM demo_pair(TABLE(o), TABLE(p), by => 'id')")("1 10 r1", "2 20 r2")
  answers("SELECT * FROM demo_pair(right => TABLE(o), left => TABLE(p), by => array('id'))")("1 r1 10", "2 r2 20")
  answers("SELECT * FROM demo_pair(TABLE(o), TABLE(o), by => array('id', 'net'))")(all: _*)

  // a table of the query's own WITH clause, which Spark knows outside of the call only
  answers("WITH c AS (SELECT * FROM o WHERE id > 1) SELECT * FROM demo_pass(TABLE(c), 'id')")("2 20")
  answers("WITH c AS (SELECT * FROM o WHERE id > 1) SELECT * FROM demo_pair(TABLE(c), TABLE(p), 'id')")("2 20 r2")
  answers("WITH c AS (SELECT * FROM o WHERE id > 1) SELECT * FROM demo_pair(TABLE(c), TABLE(c), 'id')")("2 20 20")
  answers(
    "WITH c AS (SELECT id FROM o WHERE id > 1) " +
      "SELECT p.r FROM demo_pair(TABLE(SELECT * FROM o WHERE id IN (SELECT id FROM c)), TABLE(c), 'id') q JOIN p USING (id)"
  )("r2")
  answers(
    "WITH c AS (SELECT id, rand() AS x FROM o) SELECT count(*) FROM demo_pair(TABLE(c), TABLE(c), array('id', 'x'))"
  )(
    "3"
  )

  private def says(arguments: String)(said: String): Unit =
    answers(s"SELECT * FROM demo_echo(TABLE(o), $arguments)")(said)

  says("column => 'a'")("column=a")
  says("columns => 'a'")("columns=[a]")
  says("columns => array('a', 'b')")("columns=[a, b]")
  says("choice => lower('TWO')")("choice=two")
  says("flag => true")("flag=true")
  says("flag => 1 = 2")("flag=false")
  says("duration => '5 minutes'")("duration=5 minutes")
  says("duration => INTERVAL '5' MINUTE")("duration=PT5M")
  says("duration => INTERVAL '1 02:03:04.000005' DAY TO SECOND")("duration=PT26H3M4.000005S")
  says("duration => INTERVAL 1 DAY")("duration=PT24H")
  says("duration => make_interval(0, 0, 0, 1, 2)")("duration=PT26H")
  says("duration => make_interval(0, 14)")("duration=P14M")
  says("duration => INTERVAL '2' MONTH")("duration=P2M")
  says("duration => 3")("duration=3")
  says("duration => 1.5")("duration=1.5")
  says("whole => 7, real => 0.25")("whole=7;real=0.25")
  says("whole => 7L, real => 2.5e0")("whole=7;real=2.5")
  says("text => NULL, sql => 'a > 1'")("sql=a > 1")
  says("pair => array('x', 'y')")("pair=(x,y)")
  says("text => date_format(current_date(), '\\'day\\'')")("text=day")

  test("a temporary view keeps the call") {
    session.sql("CREATE OR REPLACE TEMP VIEW v AS SELECT * FROM demo_pass(TABLE(o), 'id')")
    assert(rows(session.table("v")) == all)
  }

  test("a call runs no job") {
    import org.apache.spark.scheduler.{SparkListener, SparkListenerJobStart}
    val jobs = new java.util.concurrent.atomic.AtomicInteger
    val listener = new SparkListener {
      override def onJobStart(job: SparkListenerJobStart): Unit = jobs.incrementAndGet()
    }
    spark.sparkContext.addSparkListener(listener)
    try {
      val frame = session.sql("SELECT * FROM demo_pair(TABLE(o), TABLE(p), by => 'id')")
      frame.explain(true)
      Thread.sleep(200) // the listener bus is asynchronous
      assert(jobs.get == 0)
    } finally spark.sparkContext.removeSparkListener(listener)
  }

  test("the strategy plans our node") {
    assert(session.sql("SELECT * FROM demo_pass(TABLE(o), 'id')").queryExecution.executedPlan.toString.contains("Pass"))
  }

  test("Spark describes the function") {
    val said = session.sql("DESCRIBE FUNCTION demo_pair").collect().map(_.getString(0)).mkString("\n")
    assert(said.contains("demo_pair(TABLE(left), TABLE(right), by => ...) - Join two tables."))
  }
}
