package penstock.door

import java.util.{Arrays, Collections, HashMap => JavaMap}

import org.apache.spark.sql.{Dataset, Row}
import org.apache.spark.sql.penstockinternals.SparkInternals
import org.scalatest.funsuite.AnyFunSuite
import penstock.SharedSession

/** What py4j and Spark Connect call, with the types they bring. */
class PyDoorSuite extends AnyFunSuite with SharedSession {
  private val door = new PyDoor
  private lazy val session = {
    val fresh = spark.newSession()
    Demo.attach(fresh)
    fresh
  }
  private lazy val orders: Dataset[Row] = session.range(3).selectExpr("id", "id * 10 AS net")

  private def args(pairs: (String, Object)*): JavaMap[String, Object] = {
    val map = new JavaMap[String, Object]
    pairs.foreach { case (k, v) => map.put(k, v) }
    map
  }

  test("a call with tables and arguments as py4j gives them") {
    val twice = Arrays.asList(orders, orders)
    assert(
      rows(door.call(session, "demo_pair", twice, args("by" -> Arrays.asList("id")))) == Seq(
        "0 0 0",
        "1 10 10",
        "2 20 20"
      )
    )
    val said = door.call(
      session,
      "demo_echo",
      Collections.singletonList(orders),
      args(
        "columns" -> Arrays.asList("a", "b"),
        "flag" -> java.lang.Boolean.TRUE,
        "duration" -> java.time.Duration.ofSeconds(5),
        "whole" -> Integer.valueOf(3),
        "real" -> new java.math.BigDecimal("0.5"),
        "text" -> null,
        "pair" -> Arrays.asList("x", "y")
      )
    )
    assert(rows(said) == Seq("columns=[a, b];flag=true;duration=PT5S;whole=3;real=0.5;pair=(x,y)"))
  }

  test("refusals are the same as in SQL") {
    val none = Collections.emptyList[Dataset[Row]]
    assert(refusal(door.call(session, "demo_pass", none, args("on" -> "id")))._1 == Seq("missing-parameter"))
    val (codes, text) =
      refusal(door.call(session, "demo_pass", Arrays.asList(orders, orders), args("onn" -> "id", "keep" -> "al")))
    assert(codes == Seq("unknown-parameter", "unknown-parameter", "missing-parameter", "wrong-value"), text)
    assert(refusal(door.call(session, "demo_pas", none, args()))._1 == Seq("unknown-transform"))
    val stream = session.readStream.format("rate").load()
    assert(
      refusal(door.call(session, "demo_pass", Arrays.asList(stream), args("on" -> "value")))._1 == Seq("streaming")
    )
  }

  test("what the JAR is, and what can be called") {
    assert(door.version().startsWith("{\"version\":\""))
    assert(door.describe(session).contains("\"sparkRuntime\":\"" + session.version))
    assert(door.attach(session) == door.describe(session))
  }

  test("no attaching where it is forbidden") {
    val forbidden = spark.newSession()
    forbidden.conf.set("spark.penstock.autoAttach", "false")
    val attached = Attach.done(forbidden)
    val (codes, _) = refusal(Calls.frame(forbidden, "nothing", Seq(orders), Map()))
    assert(codes.head == (if (attached) "unknown-transform" else "not-attached"))
  }

  test("Connect's function attaches the active session when it is made, and can be serialised") {
    val before = SparkInternals.active
    val fresh = spark.newSession()
    try {
      org.apache.spark.sql.SparkSession.setActiveSession(fresh)
      val bootstrap = new ConnectBootstrap
      assert(bootstrap.call().startsWith("{\"version\""))
      val out = new java.io.ObjectOutputStream(new java.io.ByteArrayOutputStream)
      out.writeObject(bootstrap)
    } finally org.apache.spark.sql.SparkSession.setActiveSession(before)
  }
}
