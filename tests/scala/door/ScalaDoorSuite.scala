package penstock.door

import org.scalatest.funsuite.AnyFunSuite
import penstock.{Errors, SharedSession}
import penstock.syntax._

class ScalaDoorSuite extends AnyFunSuite with SharedSession {
  private lazy val session = {
    val fresh = spark.newSession()
    Demo.attach(fresh)
    fresh
  }
  private lazy val orders = session.range(3).selectExpr("id", "id * 10 AS net")

  test("a call by name") {
    assert(rows(orders.callTransform("demo_pass")("on" -> "id")) == Seq("0 0", "1 10", "2 20"))
    assert(rows(orders.callTransform("demo_pair", orders)("by" -> Seq("id", "net"))) == Seq("0 0", "1 10", "2 20"))
  }

  test("Scala's own values, with None for not given") {
    import scala.concurrent.duration._
    val said = orders.callTransform("demo_echo")(
      "duration" -> 5.minutes,
      "pair" -> ("x" -> "y"),
      "text" -> None,
      "sql" -> Some("a")
    )
    assert(rows(said) == Seq("duration=PT5M;sql=a;pair=(x,y)"))
  }

  test("refusals are the same as in SQL") {
    assert(refusal(orders.callTransform("demo_pass")("on" -> "ids"))._1 == Seq("column-not-found"))
    assert(refusal(orders.callTransform("demo_pair")("by" -> "id"))._1 == Seq("missing-parameter"))
  }

  test("a frame of Spark Connect's Scala client is refused with the SQL form") {
    val text = Errors.scalaConnect("asof_join", 2, Map("on" -> "ts", "by" -> Seq("a", "b"))).text
    assert(text.contains("SELECT * FROM asof_join(TABLE(view1), TABLE(view2), by => array('a', 'b'), on => 'ts')"))
    assert(text.contains("[penstock.scala-connect]"))
  }
}
