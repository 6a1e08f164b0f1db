package penstock.cases

import java.io.File

import org.scalatest.funsuite.AnyFunSuite
import penstock.SharedSession

/** Every case file through the Scala door, and the parser against what it must not take. */
class CaseFilesSuite extends AnyFunSuite with SharedSession {

  // of its own: case files set what they need and make views
  private lazy val session = spark.newSession()

  private lazy val line = {
    val Array(major, minor) = org.apache.spark.SPARK_VERSION.split('.').take(2).map(_.toInt)
    (major, minor)
  }

  CaseFiles.in(new File("tests/cases")).filter(_.doors.contains("scala")).foreach { file =>
    test(file.name) {
      assume(Ordering[(Int, Int)].gteq(line, file.since), s"needs Spark ${file.since}")
      val wrong = new CaseFilesRun(session).differences(file)
      assert(wrong.isEmpty, wrong.mkString("\n", "\n\n", ""))
    }
  }

  Seq(
    "an indented line first" -> "  1 | 2",
    "an unknown statement" -> "given a | x int\nfetch a",
    "a call without an outcome" -> "given a | x int\ncall f(a)",
    "an outcome without a call" -> "expect | x int",
    "a row with a cell too few" -> "given a | x int, y int\n  1\ncall f(a)\nexpect | x int",
    "a column without a type" -> "given a | x\ncall f(a)\nexpect | x int",
    "a refusal without a text" -> "given a | x int\ncall f(a)\nrefuse wrong-value",
    "no check at all" -> "given a | x int"
  ).foreach { case (what, text) =>
    test(s"the parser refuses $what")(intercept[CaseError](CaseFiles.parse("broken", text)))
  }
}
