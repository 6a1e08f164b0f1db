package penstock.machine

import org.apache.spark.sql.catalyst.expressions.UnsafeRow

/** Rows in the order they came, read back from either end. The operator's own may spill; a machine does not notice. */
trait RowLog {

  /** Keeps a copy of the row. */
  def append(row: UnsafeRow): Unit

  /** The rows from the newest back. Each is lent until the next. */
  def newestFirst: Iterator[UnsafeRow]

  /** The rows as they came. Each is lent until the next. */
  def oldestFirst: Iterator[UnsafeRow]

  /** May drop rows from the old end for which `stale` holds; keeps all others. */
  def forget(stale: UnsafeRow => Boolean): Unit

  def size: Int

  /** Bytes held on the heap that cannot move to disk. */
  def bytes: Long

  def close(): Unit
}

/** Where machines get their logs from. */
trait RowLogs {

  /** A new, empty log of rows of so many columns. */
  def open(columns: Int): RowLog
}
