package penstock.exec

import org.apache.spark.sql.catalyst.expressions.UnsafeRow

/** The rows of one side of a sweep, from the table and, in later rounds, again from where they wait.
  *
  * @param width
  *   columns of a row that waits
  */
private[exec] final class SweepSource(
    rows: Iterator[UnsafeRow],
    val fromLeft: Boolean,
    logs: SpillingLogs,
    width: Int
) {

  private final class Part(val rows: Iterator[UnsafeRow], log: SpillingLog) {
    def close(): Unit = if (log != null) log.close()
  }

  private val parts = new java.util.ArrayDeque[Part]
  private var waiting: SpillingLog = _
  parts.add(new Part(rows, null))

  /** The row whose turn is next; null at the end. Lent until [[advance]]. */
  var head: UnsafeRow = _
  advance()

  def advance(): Unit = {
    while (!parts.isEmpty && !parts.peek.rows.hasNext) parts.poll().close()
    head = if (parts.isEmpty) null else parts.peek.rows.next()
  }

  /** Lets a row wait for the next round. */
  def defer(row: UnsafeRow): Unit = {
    if (waiting == null) waiting = logs.open(width).asInstanceOf[SpillingLog]
    waiting.append(row)
  }

  def waits: Boolean = waiting != null

  /** Begins the next round: what waits comes first, then what has not had its turn. */
  def restart(): Unit = if (waiting != null) {
    if (head != null) parts.addFirst(new Part(Iterator.single(head), null))
    parts.addFirst(new Part(waiting.takeOldestFirst(), waiting))
    waiting = null
    advance()
  }
}
