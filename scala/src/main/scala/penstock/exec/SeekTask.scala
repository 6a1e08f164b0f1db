package penstock.exec

import java.util.function.{LongFunction, Supplier}

import org.apache.spark.broadcast.Broadcast
import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.{Expression, UnsafeProjection, UnsafeRow}
import org.apache.spark.sql.execution.metric.SQLMetric
import org.apache.spark.unsafe.types.UTF8String

import penstock.machine.{KeyIndex, Passes, SeekMachine, Sides}

/** What is sent to the executors to look left rows up.
  *
  * @param rights
  *   in the order of the pass, as [[SentRows]] has them
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
) extends Supplier[Seek] {

  /** Made in each task; what is looked up is indexed once for all tasks of a JVM. */
  override def get(): Seek = {
    tasks.add(1)
    sought.add(1)
    val machine = seeking.machine(sides)
    val keys = new MergeKeys(
      UnsafeProjection.create(leftKeys, sides.left),
      UnsafeProjection.create(rightKeys, sides.right),
      nullsEqual
    )
    val rows = rights.value
    val index = Indexes.of(rows, id)(SeekTask.index(SentRows.read(rows, sides.right.size), keys, machine))
    new Seek(index, machine, keys, sides.ordinal(sides.left, sides.leftTime))
  }
}

private[exec] object SeekTask {

  private def index(rows: Iterator[UnsafeRow], keys: MergeKeys, machine: SeekMachine): KeyTable[KeyIndex] = {
    val made = new KeyTable[KeyIndex]
    rows.foreach { row =>
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

/** Answers left rows in whatever order they come.
  *
  * Generated code takes it for what the JDK knows, functions from a key to a function from a time to a right row: it is
  * compiled by the class loader of whichever thread runs an action, and a thread of the user's own may know of no JAR
  * that was attached since.
  */
private[exec] final class Seek(
    index: KeyTable[KeyIndex],
    machine: SeekMachine,
    keys: MergeKeys,
    leftTime: Int
) extends java.util.function.Function[AnyRef, LongFunction[UnsafeRow]]
    with LongFunction[LongFunction[UnsafeRow]] {

  /** The key that was found last. */
  private final class Found extends LongFunction[UnsafeRow] {
    var at: KeyIndex = _
    override def apply(time: Long): UnsafeRow = machine.answerAt(at, time)
  }
  private val last = new Found

  /** The answer of a whole row. */
  def find(row: UnsafeRow): InternalRow =
    if (row.isNullAt(leftTime)) null
    else {
      val found = of(keys.left(row))
      if (found == null) null else machine.answer(found, row)
    }

  /** A key as a row, or as its one string, which is not null; null where no right row has it. */
  override def apply(key: AnyRef): LongFunction[UnsafeRow] = key match {
    case text: UTF8String => found(index.get(text))
    case row: UnsafeRow => found(of(row))
  }

  /** A key of one number of eight bytes, not null. */
  override def apply(key: Long): LongFunction[UnsafeRow] = found(index.get(key))

  private def found(of: KeyIndex): LongFunction[UnsafeRow] =
    if (of == null) null
    else {
      last.at = of
      last
    }

  private def of(key: UnsafeRow): KeyIndex = if (keys.matchable(key)) index.get(key) else null
}
