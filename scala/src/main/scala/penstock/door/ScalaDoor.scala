package penstock.door

import org.apache.spark.sql.DataFrame
import org.apache.spark.sql.penstockinternals.{RefusalException, SparkInternals}
import penstock.Errors
import penstock.contract.ScalaSyntax

/** Where Scala comes in: a method on frames that calls any transform by name, a team's as well.
  *
  * {{{
  * import penstock.syntax._
  * trades.callTransform("asof_join", quotes)("on" -> "ts", "by" -> Seq("sym"))
  * }}}
  *
  * A transform's typed method lives in the transform's own file and ends in `callByName`.
  */
trait ScalaDoor extends ScalaSyntax {
  def callByName(name: String, frames: Seq[DataFrame], args: Map[String, Any]): DataFrame =
    ScalaDoor.call(name, frames, args)

  implicit class PenstockFrame(frame: DataFrame) {

    /** The transform `name` of this frame and, for transforms of several inputs, of `others`. */
    def callTransform(name: String, others: DataFrame*)(args: (String, Any)*): DataFrame =
      ScalaDoor.call(name, frame +: others, args.toMap)
  }
}

object ScalaDoor {

  /** A lazy call; `null` and None count as not given. */
  def call(name: String, frames: Seq[DataFrame], args: Map[String, Any]): DataFrame = {
    val values = args.map {
      case (param, Some(value)) => param -> value
      case (param, None) => param -> null
      case given => given
    }
    if (frames.exists(remote))
      throw RefusalException(Seq(Errors.scalaConnect(name, frames.size, values.filter(_._2 != null))))
    Calls.frame(SparkInternals.session(frames.head), name, frames, values)
  }

  /** Whether a frame belongs to Spark Connect's Scala client, which has no plans to work on. From 4.0 on its class says
    * so; on 3.5 the client brings another Dataset of the same name and nothing of Spark's engine.
    */
  private def remote(frame: DataFrame): Boolean =
    frame.getClass.getName.startsWith("org.apache.spark.sql.connect.") || !engine

  private lazy val engine: Boolean =
    try {
      Class.forName("org.apache.spark.sql.execution.QueryExecution", false, getClass.getClassLoader)
      true
    } catch { case _: ClassNotFoundException => false }
}
