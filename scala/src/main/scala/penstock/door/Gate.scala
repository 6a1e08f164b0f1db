package penstock.door

import org.apache.spark.sql.SparkSession
import org.apache.spark.sql.penstockinternals.RefusalException
import penstock.Errors
import penstock.registry.Build

/** Refuses a Spark or a Scala that the JAR was not built for, before anything that would not link is touched.
  *
  * So it names nothing of Scala's library that differs between its versions: no collection, no default argument.
  */
object Gate {

  def check(session: SparkSession): Unit = check(session.version)

  def check(sparkVersion: String): Unit = {
    val text = problem(Build.version, Build.spark, Build.scala, sparkVersion, util.Properties.versionNumberString)
    if (text != null) throw new RefusalException(text)
  }

  /** What does not fit, or null. */
  def problem(version: String, jarSpark: String, jarScala: String, spark: String, scala: String): String = {
    val wrongSpark = !serves(jarSpark, line(spark))
    val wrongScala = jarScala != line(scala)
    val bySpark = if (wrongSpark) Errors.wrongSpark(version, jarSpark, spark, line(spark), line(scala)).text else null
    val byScala = if (wrongScala) Errors.wrongScala(version, jarScala, scala, line(spark), line(scala)).text else null
    if (bySpark == null) byScala else if (byScala == null) bySpark else bySpark + "\n" + byScala
  }

  // No JAR of its own for 4.3: it runs 4.2's.
  private def serves(jar: String, runtime: String): Boolean = jar == runtime || jar == "4.2" && runtime == "4.3"

  /** `4.1` of `4.1.3`, also where a vendor's version goes on differently. */
  def line(version: String): String = {
    val minor = version.indexOf('.') + 1
    var end = minor
    while (end < version.length && Character.isDigit(version.charAt(end))) end += 1
    version.substring(0, end)
  }
}
