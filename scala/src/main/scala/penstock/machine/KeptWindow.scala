package penstock.machine

import org.apache.spark.sql.catalyst.expressions.UnsafeRow

/** What is kept of one key for one window, over the rows in the ring. */
private[machine] trait KeptWindow {

  /** A row of a later time comes: what no left row to come can tell apart any more is let go. */
  def advance(newest: UnsafeRow): Unit

  /** Writes the results for a left row, whose time is never before that of the last one. */
  def answer(left: UnsafeRow, into: Array[Any], at: Int): Unit

  /** The first row that is still needed. */
  def needs: Long

  /** Bytes held beside the rows. */
  def bytes: Long
}
