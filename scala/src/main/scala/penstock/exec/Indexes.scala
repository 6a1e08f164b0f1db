package penstock.exec

import org.apache.spark.sql.catalyst.InternalRow

/** What is made of broadcast rows, as long as the rows are there: a JVM runs many tasks over one broadcast. */
private[exec] object Indexes {
  private val made = new java.util.WeakHashMap[Array[InternalRow], java.util.Map[String, AnyRef]]

  /** @param id
    *   of an execution: another one may ask something else of the same rows
    */
  def of[A <: AnyRef](rows: Array[InternalRow], id: String)(make: => A): A = {
    val of = made.synchronized(made.computeIfAbsent(rows, _ => new java.util.HashMap))
    // one task makes it, the others wait for it
    of.synchronized(of.computeIfAbsent(id, _ => make)).asInstanceOf[A]
  }
}
