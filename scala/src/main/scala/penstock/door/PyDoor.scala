package penstock.door

import scala.collection.JavaConverters._

import org.apache.spark.sql.{Dataset, Row, SparkSession}
import penstock.registry.Build

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
    PyCalls.frame(session, name, tables, args)
  }

  /** What this JAR is, as JSON; asks no session. */
  def version(): String =
    "{\"version\":\"" + Build.version + "\",\"spark\":\"" + Build.spark + "\",\"scala\":\"" + Build.scala + "\"}"
}

/** Java's collections become Scala's here, behind the gate: merely to load this takes the Scala of the JAR. */
private object PyCalls {
  def frame(
      session: SparkSession,
      name: String,
      tables: java.util.List[Dataset[Row]],
      args: java.util.Map[String, Object]
  ): Dataset[Row] = Calls.frame(session, name, tables.asScala.toSeq, args.asScala.toMap)
}
