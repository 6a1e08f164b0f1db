package penstock.exec

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.UnsafeRow

import penstock.machine.{KeyIndex, SeekMachine}

/** Answers left rows in whatever order they come, from right rows that are all here and stay: those of a broadcast.
  *
  * An index holds references only; the rows are the broadcast's.
  *
  * @param right
  *   rows in the order of the pass
  * @param leftTime
  *   place of the time in the left rows
  */
private[exec] final class SeekPass(
    left: Iterator[UnsafeRow],
    right: Array[InternalRow],
    leftTime: Int,
    keys: MergeKeys,
    machine: SeekMachine,
    emit: Emit
) extends Iterator[InternalRow] {

  private val indexes: java.util.HashMap[UnsafeRow, KeyIndex] = {
    val made = new java.util.HashMap[UnsafeRow, KeyIndex]
    right.foreach { r =>
      val row = r.asInstanceOf[UnsafeRow]
      val key = keys.right(row)
      var index = made.get(key)
      if (index == null) {
        index = machine.newIndex()
        made.put(key.copy(), index)
      }
      machine.add(index, row)
    }
    made
  }

  private var ready: InternalRow = _

  def hasNext: Boolean = {
    while (ready == null && left.hasNext) {
      val row = left.next()
      ready = emit(row, answer(row))
    }
    ready != null
  }

  def next(): InternalRow = {
    if (!hasNext) throw new NoSuchElementException("no more rows in the join")
    val row = ready
    ready = null
    row
  }

  private def answer(row: UnsafeRow): InternalRow =
    if (row.isNullAt(leftTime)) null
    else {
      val key = keys.left(row)
      val index = if (keys.matchable(key)) indexes.get(key) else null
      if (index == null) null else machine.answer(index, row)
    }
}
