package penstock.registry

import java.util.Properties

/** What this JAR is: Penstock's version and the Spark line and Scala it was built for.
  *
  * Needs the JDK only, so that it still answers on a Spark or Scala that the rest of the JAR does not fit.
  */
object Build {
  private val properties: Properties = {
    val read = new Properties()
    val in = getClass.getResourceAsStream("/penstock/build.properties")
    try read.load(in)
    finally in.close()
    read
  }

  val version: String = properties.getProperty("version")
  val spark: String = properties.getProperty("spark")
  val scala: String = properties.getProperty("scala")
}
