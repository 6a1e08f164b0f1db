package penstock.door

import org.scalatest.funsuite.AnyFunSuite

class GateSuite extends AnyFunSuite {

  private def fits(jarSpark: String, jarScala: String)(spark: String, scala: String): Unit =
    test(s"the JAR of $jarSpark on $jarScala serves Spark $spark on $scala") {
      assert(Gate.problem("0.1.0", jarSpark, jarScala, spark, scala) == null)
    }

  private def refused(jarSpark: String, jarScala: String)(spark: String, scala: String)(words: String*): Unit =
    test(s"the JAR of $jarSpark on $jarScala does not serve Spark $spark on $scala") {
      val text = Gate.problem("0.1.0", jarSpark, jarScala, spark, scala)
      words.foreach(w => assert(text.contains(w)))
    }

  fits("4.1", "2.13")("4.1.3", "2.13.17")
  fits("3.5", "2.12")("3.5.0-amzn-1", "2.12.15")
  fits("4.0", "2.13")("4.0.0.dev0", "2.13.16")
  fits("4.2", "2.13")("4.3.0", "2.13.18")

  refused("4.1", "2.13")("4.0.1", "2.13.16")(
    "wrong-spark",
    "for Spark 4.1",
    "is Spark 4.0.1",
    "penstock-spark-4.0_2.13-0.1.0.jar"
  )
  refused("4.1", "2.13")("4.3.0", "2.13.16")("wrong-spark")
  refused("4.2", "2.13")("4.4.0", "2.13.16")("wrong-spark")
  refused("4.2", "2.13")("4.30.0", "2.13.16")("wrong-spark")
  refused("3.5", "2.13")("3.5.9", "2.12.18")(
    "wrong-scala",
    "Scala 2.13",
    "Scala 2.12.18",
    "penstock-spark-3.5_2.12-0.1.0.jar"
  )
  refused("4.1", "2.13")("3.5.9", "2.12.18")("wrong-spark", "wrong-scala")
}
