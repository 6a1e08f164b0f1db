package penstock.door

import org.apache.spark.sql.SparkSession
import org.apache.spark.sql.penstockinternals.{RefusalException, SparkInternals}
import org.scalatest.funsuite.AnyFunSuite
import penstock.SharedSession
import penstock.registry.Planning

/** A Catalyst that differs is refused while attaching, and the refused attach has done nothing. */
class SelfCheckSuite extends AnyFunSuite with SharedSession {

  private def untouched(session: SparkSession): Unit = {
    assert(!SparkInternals.tableFunctions(session).exists(_.contains("demo")))
    assert(SparkInternals.experimental(session).extraStrategies.isEmpty)
    assert(SparkInternals.experimental(session).extraOptimizations.isEmpty)
  }

  private def differs(what: String, loader: => SecondLoader)(words: String*): Unit = test(what) {
    val session = spark.newSession()
    // the refusal is of the second loader, so its class is not the one this suite knows
    val e = intercept[Exception](loader.attach(session))
    assert(e.getClass.getName == classOf[RefusalException].getName)
    (words :+ "[penstock.changed-catalyst]" :+ session.version).foreach(w => assert(e.getMessage.contains(w)))
    untouched(session)
  }

  differs(
    "a class that is missing",
    new SecondLoader(hidden = Set("org.apache.spark.sql.execution.UnaryExecNode"))
  )("the class org.apache.spark.sql.execution.UnaryExecNode is missing")

  differs(
    "a class that is missing in the doors themselves",
    new SecondLoader(hidden = Set("org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression"))
  )("the class org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression is missing")

  differs(
    "a method that is missing",
    new SecondLoader(doctor = renaming("penstock.door.PassStrategy$", "planLater", "planSoonr"))
  )("planSoonr", "is missing")

  differs(
    "a method that asks for another shape",
    new SecondLoader(doctor = renaming("penstock.door.PassStrategy$", "apply", "applx"))
  )("a method asks for another shape", "apply")

  test("a probe that cannot be planned") {
    val session = spark.newSession()
    val planning = Demo.planning.copy(strategies = Seq())
    val (codes, text) = refusal(Attach(session, Demo.transforms, planning))
    assert(codes == Seq("changed-catalyst"))
    assert(text.contains("No plan for PassNode"))
    untouched(session)
  }

  test("a refused attach puts back what another class loader's copy had registered") {
    val session = spark.newSession()
    Demo.attach(session)
    val before = SparkInternals.tableFunction(session, "demo_pass").get._2
    intercept[Exception](new SecondLoader(hidden = Set("org.apache.spark.sql.execution.UnaryExecNode")).attach(session))
    assert(SparkInternals.tableFunction(session, "demo_pass").get._2 eq before)
    assert(rows(session.sql("SELECT * FROM demo_pass(TABLE(SELECT 5 AS x), on => 'x')")) == Seq("5"))
  }

  test("nothing of ours, nothing to check") {
    assert(Attach(spark.newSession(), Seq(), Planning(Seq(), Seq(), Seq())).own.isEmpty)
  }

  /** Renames what one class file refers to. Names of equal length keep the file's structure. */
  private def renaming(in: String, from: String, to: String)(name: String, bytes: Array[Byte]): Array[Byte] =
    if (name != in) bytes
    else {
      val latin = java.nio.charset.StandardCharsets.ISO_8859_1
      new String(bytes, latin).replace(from, to).getBytes(latin)
    }
}
