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
    right: Array[InternalRow],
    leftTime: Int,
    keys: MergeKeys,
    machine: SeekMachine,
    emit: Emit
) {

  private val indexes: KeyTable[KeyIndex] = {
    val made = new KeyTable[KeyIndex]
    right.foreach { r =>
      val row = r.asInstanceOf[UnsafeRow]
      val key = keys.right(row)
      var index = made.get(key)
      if (index == null) {
        index = machine.newIndex()
        made.put(key, index)
      }
      machine.add(index, row)
    }
    made
  }

  /** Answered left rows, in the order they came. */
  def run(left: Iterator[UnsafeRow]): Iterator[InternalRow] =
    left.map(row => emit(row, answer(row))).filter(_ != null)

  private def answer(row: UnsafeRow): InternalRow =
    if (row.isNullAt(leftTime)) null
    else {
      val key = keys.left(row)
      val index = if (keys.matchable(key)) indexes.get(key) else null
      if (index == null) null else machine.answer(index, row)
    }
}
