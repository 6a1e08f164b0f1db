package penstock.contract

import org.apache.spark.sql.DataFrame

/** What a transform's typed Scala method ends in: the same call by name that every door makes. */
trait ScalaSyntax {
  def callByName(name: String, frames: Seq[DataFrame], args: Map[String, Any]): DataFrame
}
