package penstock.door

import scala.util.control.NonFatal

import org.apache.spark.sql.SparkSession
import org.apache.spark.sql.penstockinternals.{RefusalException, SparkInternals}
import penstock.Errors

/** Finds out, while attaching, whether this Spark's Catalyst is the one the JAR was compiled against. A vendor's fork
  * may bear the same version and differ: without this, the first call would end in a NoSuchMethodError.
  */
object SelfCheck {

  /** Plans each query, down to operators; runs none. */
  def plan(session: SparkSession, probes: Seq[String]): Unit =
    probes.foreach(probe => SparkInternals.physical(session.sql(probe)))

  /** Turns whatever goes wrong while attaching into a refusal: it is either one already, or a Spark that differs. */
  def guarded[A](session: SparkSession)(body: => A): A =
    try body
    catch {
      case e: RefusalException => throw e
      case e: LinkageError => refuse(session, e)
      case NonFatal(e) => refuse(session, e)
    }

  private def refuse(session: SparkSession, cause: Throwable): Nothing =
    throw new RefusalException(Errors.changedCatalyst(session.version, difference(root(cause))).text, cause)

  /** Spark wraps what planning throws, and the JVM what an initialiser throws. */
  private def root(e: Throwable): Throwable = if (e.getCause == null) e else root(e.getCause)

  private def difference(e: Throwable): String = {
    val said = Option(e.getMessage).fold("")(_.linesIterator.next())
    e match {
      case _: NoSuchMethodError | _: NoSuchMethodException => s"the method $said is missing"
      case _: NoSuchFieldError | _: NoSuchFieldException => s"the field $said is missing"
      case _: NoClassDefFoundError | _: ClassNotFoundException => s"the class ${said.replace('/', '.')} is missing"
      case _: AbstractMethodError => s"a method asks for another shape: $said"
      case _: LinkageError => s"${e.getClass.getSimpleName}: $said"
      case _ => s"its registry or planner says: $said"
    }
  }
}
