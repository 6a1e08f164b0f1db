package penstock.exec

import org.apache.spark.broadcast.Broadcast
import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.{Expression, UnsafeProjection, UnsafeRow}
import org.apache.spark.sql.execution.metric.SQLMetric
import org.apache.spark.unsafe.types.UTF8String

import penstock.machine.{KeyIndex, Passes, SeekMachine, Sides}

/** What is sent to the executors to look left rows up.
  *
  * @param rights
  *   in the order of the pass
  * @param id
  *   of this execution
  */
private[exec] final case class SeekTask(
    sides: Sides,
    leftKeys: Seq[Expression],
    rightKeys: Seq[Expression],
    nullsEqual: Boolean,
    seeking: Passes.Seeking,
    rights: Broadcast[Array[InternalRow]],
    id: String,
    tasks: SQLMetric,
    sought: SQLMetric
) {

  /** Made in each task; what is looked up is indexed once for all tasks of a JVM. */
  def open(): Seek = {
    tasks.add(1)
    sought.add(1)
    val machine = seeking.machine(sides)
    val keys = new MergeKeys(
      UnsafeProjection.create(leftKeys, sides.left),
      UnsafeProjection.create(rightKeys, sides.right),
      nullsEqual
    )
    val rows = rights.value
    val index = Indexes.of(rows, id)(SeekTask.index(rows, keys, machine))
    new Seek(index, machine, keys, sides.ordinal(sides.left, sides.leftTime))
  }
}

private[exec] object SeekTask {

  private def index(rows: Array[InternalRow], keys: MergeKeys, machine: SeekMachine): KeyTable[KeyIndex] = {
    val made = new KeyTable[KeyIndex]
    rows.foreach { r =>
      val row = r.asInstanceOf[UnsafeRow]
      val key = keys.right(row)
      var index = made.get(key)
      if (index == null) {
        index = machine.newIndex()
        made.put(key, index)
      }
      machine.add(index, row)
    }
    made.values.foreach(machine.close)
    made
  }
}

/** Answers left rows in whatever order they come; called by generated code, so it is public there. */
final class Seek private[exec] (
    index: KeyTable[KeyIndex],
    machine: SeekMachine,
    keys: MergeKeys,
    leftTime: Int
) {

  /** The answer of a whole row. */
  private[exec] def find(row: UnsafeRow): InternalRow =
    if (row.isNullAt(leftTime)) null
    else {
      val found = of(keys.left(row))
      if (found == null) null else machine.answer(found, row)
    }

  /** The same where the time is all that counts. */
  def find(key: UnsafeRow, time: Long): UnsafeRow = {
    val found = of(key)
    if (found == null) null else machine.answerAt(found, time)
  }

  /** The same where the key is one string, not null. */
  def find(key: UTF8String, time: Long): UnsafeRow = {
    val found = index.get(key)
    if (found == null) null else machine.answerAt(found, time)
  }

  /** The same where the key is one number of eight bytes, not null. */
  def find(key: Long, time: Long): UnsafeRow = {
    val found = index.get(key)
    if (found == null) null else machine.answerAt(found, time)
  }

  private def of(key: UnsafeRow): KeyIndex = if (keys.matchable(key)) index.get(key) else null
}
