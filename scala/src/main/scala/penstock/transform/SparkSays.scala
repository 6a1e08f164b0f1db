package penstock.transform

import org.apache.spark.sql.AnalysisException

/** What Spark says of a text that it cannot analyse, without the plan that follows. */
private[transform] object SparkSays {
  def of(error: Throwable): String = {
    val text = error match {
      case a: AnalysisException => a.getSimpleMessage
      case other => String.valueOf(other.getMessage)
    }
    text.linesIterator.next()
  }
}
