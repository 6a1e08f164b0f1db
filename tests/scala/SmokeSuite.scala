package penstock

import org.scalatest.funsuite.AnyFunSuite
import penstock.door.PyDoor
import penstock.syntax._

/** One question through every door that a JVM has, for the lines whose suites do not all run. */
class SmokeSuite extends AnyFunSuite with SharedSession {
  private lazy val session = {
    val fresh = spark.newSession()
    new PyDoor().attach(fresh)
    fresh
  }
  private lazy val trades = session.sql("SELECT * FROM VALUES ('a', 3), ('b', 3) AS t(sym, ts)")
  private lazy val quotes =
    session.sql("SELECT * FROM VALUES ('a', 1, 10), ('a', 2, 20), ('b', 4, 30) AS t(sym, ts, bid)")
  private val answer = Seq("a 20", "b null")

  test("Scala") {
    assert(rows(trades.asofJoin(quotes, on = "ts", by = Seq("sym")).select("sym", "bid")) == answer)
  }

  test("SQL") {
    trades.createOrReplaceTempView("trades")
    quotes.createOrReplaceTempView("quotes")
    val query = "SELECT sym, bid FROM penstock_asof_join(TABLE(trades), TABLE(quotes), on => 'ts', by => 'sym')"
    assert(rows(session.sql(query)) == answer)
  }

  test("py4j's side") {
    val arguments = new java.util.HashMap[String, Object]()
    arguments.put("on", "ts")
    arguments.put("by", java.util.Arrays.asList("sym"))
    val joined = new PyDoor().call(session, "asof_join", java.util.Arrays.asList(trades, quotes), arguments)
    assert(rows(joined.select("sym", "bid")) == answer)
  }

  test("a refusal") {
    val (codes, text) = refusal(trades.asofJoin(quotes, on = "tss", by = Seq("sym")))
    assert(codes.contains("column-not-found"))
    assert(text.contains("'tss'"))
  }
}
