package penstock.door

import org.apache.spark.SPARK_VERSION
import org.scalatest.funsuite.AnyFunSuite
import penstock.SharedSession

/** Calls that are refused, as a table: the call, the codes in order, words that the text must have. */
class SqlRefusalSuite extends AnyFunSuite with SharedSession {
  private lazy val session = {
    val fresh = spark.newSession()
    Demo.attach(fresh)
    fresh.range(3).selectExpr("id", "id * 10 AS net").createOrReplaceTempView("o")
    fresh.readStream.format("rate").load().createOrReplaceTempView("s")
    fresh
  }

  private def refuses(call: String)(codes: String*)(words: String*): Unit = test(call) {
    val (got, text) = refusal(session.sql(s"SELECT * FROM $call"))
    assert(got == codes, text)
    words.foreach(w => assert(text.contains(w)))
  }

  // tables
  refuses("demo_pass(on => 'id')")("missing-parameter")("demo_pass: the table 'rows' is missing")
  refuses("demo_pair(TABLE(o), by => 'id')")("missing-parameter")("'right'")
  refuses("demo_pass(TABLE(o), TABLE(o), on => 'id')")("sql-argument")("more tables", "It takes: rows.")
  refuses("demo_pass(TABLE(o), rows => TABLE(o), on => 'id')")("sql-argument")("table 'rows' is given twice")
  refuses("demo_pass(row => TABLE(o), on => 'id')")("sql-argument", "missing-parameter")("no table 'row'")
  refuses("demo_pass(rows => 'o', on => 'id')")("sql-argument")("'rows' must be a table", "rows => TABLE(")
  refuses("demo_pass(TABLE(o), on => TABLE(o))")("sql-argument")("parameter 'on' is not a table")
  refuses("demo_pass(TABLE(s), on => 'value')")("streaming")("the rows input is a stream", "batch", "foreachBatch")

  // scalars
  refuses("demo_pass(TABLE(o))")("missing-parameter")("parameter 'on' is missing")
  refuses("demo_pass(TABLE(o), NULL)")("missing-parameter")("parameter 'on' is missing")
  refuses("demo_pass(TABLE(o), 'id', 'all', 3)")("sql-argument")("more arguments", "It takes: on, keep.")
  refuses("demo_pass(TABLE(o), 'id', on => 'id')")("sql-argument")("parameter 'on' is given twice")
  refuses("demo_pass(TABLE(o), onn => 'id')")("unknown-parameter", "missing-parameter")("'onn'", "It has: on, keep.")
  refuses("demo_pass(TABLE(o), on => 'id', keep => 'al')")("wrong-value")("'all', 'none'", "got 'al'")
  refuses("demo_pass(TABLE(o), on => 1)")("wrong-value")("got 1")
  refuses("demo_pass(TABLE(o), on => string(rand()))")("sql-argument")("must be a constant")
  refuses("demo_pass(TABLE(o), on => (SELECT max('id') FROM o))")("sql-argument")("must be a constant")
  refuses("o, LATERAL demo_pass(TABLE(SELECT 1 AS id), on => string(o.id))")("sql-argument")("must be a constant")
  refuses("demo_pass(TABLE(o), on => string(1 / raise_error('no')))")("sql-argument")("must be a constant")
  refuses("demo_pass(TABLE(o), on => 'ids')")("column-not-found")("column 'ids' (parameter on)", "rows has: id, net")

  // everything at once, from the door, the reader and the inputs
  refuses("demo_pass(TABLE(s), TABLE(o), on => string(rand()), keep => 2, more => 1)")(
    "sql-argument",
    "sql-argument",
    "unknown-parameter",
    "wrong-value",
    "streaming"
  )("more tables", "'on' must be a constant", "'more'", "got 2")

  // 3.5 has no syntax for it
  if (!SPARK_VERSION.startsWith("3.")) {
    refuses("demo_pass(TABLE(o) PARTITION BY id, on => 'id')")("table-partitioning")("'rows'", "PARTITION BY")
    refuses("demo_pass(TABLE(o) PARTITION BY id ORDER BY net, on => 'id')")("table-partitioning")("by, on")
    refuses("demo_pair(TABLE(o) WITH SINGLE PARTITION, TABLE(o) PARTITION BY id, by => 'id')")(
      "table-partitioning",
      "table-partitioning"
    )("'left'", "'right'")
    refuses("demo_pass(TABLE(o) WITH SINGLE PARTITION ORDER BY id, on => 'id')")("table-partitioning")("ORDER BY")
  }

  test("a named argument before one without a name") {
    // Spark's own parser or ours: either way it does not run
    intercept[org.apache.spark.sql.AnalysisException](session.sql("SELECT * FROM demo_pass(on => 'id', TABLE(o))"))
  }

  test("a refusal stays one under a view and inside a larger query") {
    val (codes, _) = refusal(session.sql("SELECT a FROM (SELECT count(*) AS a FROM demo_pass(TABLE(o), on => 'ids'))"))
    assert(codes == Seq("column-not-found"))
  }
}
