package penstock.door

import scala.collection.JavaConverters._

import org.apache.spark.sql.{Dataset, Row, SparkSession}
import penstock.registry.{Build, Json}

/** Where classic PySpark comes in, through py4j. Python loads it through the session's `jarClassLoader`. */
class PyDoor {

  /** Attaches the session; answers what can be called, as JSON. */
  def attach(session: SparkSession): String = {
    Gate.check(session)
    Attach(session).json(session)
  }

  /** What can be called, as JSON. Looks for new transforms of teams too, so it is the same as attaching. */
  def describe(session: SparkSession): String = attach(session)

  def call(
      session: SparkSession,
      name: String,
      tables: java.util.List[Dataset[Row]],
      args: java.util.Map[String, Object]
  ): Dataset[Row] = {
    Gate.check(session)
    Calls.frame(session, name, tables.asScala.toSeq, args.asScala.toMap)
  }

  /** What this JAR is, as JSON; asks no session. */
  def version(): String =
    Json.write(Json.Obj("version" -> Build.version, "spark" -> Build.spark, "scala" -> Build.scala))
}
