package org.apache.spark.sql.penstockinternals

import org.apache.spark.QueryContext
import org.apache.spark.sql.AnalysisException
import org.apache.spark.sql.catalyst.trees.Origin
import _root_.penstock.contract.Refusal

/** A call that Penstock refuses, as Spark's own kind of error, so that every client shows it as one.
  *
  * Its message is the refusals' texts, one per line. It is the same class on every line: of AnalysisException's
  * constructors it uses the one that all of them have.
  */
class RefusalException(text: String, cause: Throwable)
    extends AnalysisException(
      text,
      None,
      None,
      Option(cause),
      None,
      Map.empty[String, String],
      Array.empty[QueryContext]
    ) {

  def this(text: String) = this(text, null)

  /** Stays what it is: Spark would replace it by a plain AnalysisException that knows the line in the SQL text. */
  override def withPosition(origin: Origin): AnalysisException = this

  override def getMessage: String = text
  override def getSimpleMessage: String = text
}

object RefusalException {
  def apply(refusals: Seq[Refusal]): RefusalException = new RefusalException(refusals.map(_.text).mkString("\n"))
}
