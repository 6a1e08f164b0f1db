package penstock.door

import org.apache.spark.sql.SparkSession
import org.apache.spark.sql.penstockinternals.RefusalException
import penstock.WrongJar
import penstock.registry.Build

/** Refuses a Spark or a Scala that the JAR was not built for, before anything that would not link is touched.
  *
  * So it names nothing of Scala's library that differs between its versions: no collection, no case class, no default
  * argument, no interpolated text. The same holds for the classes that ask it first, PyDoor and ConnectBootstrap.
  */
object Gate {

  def check(session: SparkSession): Unit = check(session.version)

  def check(sparkVersion: String): Unit = {
    val text = problem(Build.version, Build.spark, Build.scala, sparkVersion, util.Properties.versionNumberString)
    if (text != null) throw new RefusalException(text)
  }

  /** What does not fit, or null. */
  def problem(version: String, jarSpark: String, jarScala: String, spark: String, scala: String): String = {
    val fits = "penstock-spark-" + line(spark) + "_" + line(scala) + "-" + version + ".jar"
    val bySpark = if (serves(jarSpark, line(spark))) null else WrongJar.spark(version, jarSpark, spark, fits)
    val byScala = if (jarScala == line(scala)) null else WrongJar.scala(version, jarScala, scala, fits)
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
