package penstock.door

import org.apache.spark.sql.api.java.UDF0
import org.apache.spark.sql.penstockinternals.{RefusalException, SparkInternals}

/** Where Spark Connect comes in: a client sends the JAR with `addArtifacts` and registers this class as a Java
  * function; the server makes an instance from the session's artifacts, and that attaches the session.
  *
  * Calling the function gives what attaching gave: the registry as JSON, or `{"refusal": "..."}`. A refusal is not
  * thrown from the constructor, since the server would show only that it could not make an instance.
  */
class ConnectBootstrap extends UDF0[String] {

  private val answer: String = {
    val session = SparkInternals.active
    try {
      Gate.check(session)
      Attach(session).json(session)
    } catch { case e: RefusalException => ConnectBootstrap.refused(e.getMessage) }
  }

  def call(): String = answer
}

object ConnectBootstrap {

  // With the JDK alone: the refusal may be that this Scala does not fit.
  private def refused(text: String): String =
    "{\"refusal\":\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", " ") + "\"}"
}
