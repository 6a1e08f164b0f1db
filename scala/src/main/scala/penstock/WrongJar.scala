package penstock

/** What is said of a JAR that does not fit: text joined by the JDK alone, because on another Scala than the JAR's
  * neither a case class nor string interpolation may work.
  */
object WrongJar {

  def spark(version: String, jar: String, runtime: String, fits: String): String =
    "penstock: the JAR that is attached (Penstock " + version + ") is for Spark " + jar + ", and this is Spark " +
      runtime + "." + remedy(fits) + "[penstock.wrong-spark]"

  def scala(version: String, jar: String, runtime: String, fits: String): String =
    "penstock: the JAR that is attached (Penstock " + version + ") is for Scala " + jar + ", and this Spark runs on Scala " +
      runtime + "." + remedy(fits) + "[penstock.wrong-scala]"

  private def remedy(fits: String): String =
    "\n  Attach " + fits + ": penstock.jar_path() in Python picks the one that fits.  "
}
