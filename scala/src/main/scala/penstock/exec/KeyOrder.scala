package penstock.exec

import org.apache.spark.TaskContext
import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.{UnsafeProjection, UnsafeRow, XXH64}
import org.apache.spark.sql.execution.UnsafeExternalRowSorter
import org.apache.spark.sql.penstockinternals.TaskInternals
import org.apache.spark.sql.types.StructType
import org.apache.spark.util.collection.unsafe.sort.PrefixComparators

import penstock.machine.MergeMachine

/** The way on when the states of all keys together outgrow their limit: both sides are sorted by (hash of the key,
  * time) and the keys run one after another, so that one state at a time is all that is held. The sorts spill.
  *
  * A hash of 64 bits is the finest bucket there is: a limit of one row still holds. It costs the comparator sort that
  * the order by time alone avoids, and only in tasks that need it.
  */
private[exec] final class KeyOrder(
    leftSchema: StructType,
    rightSchema: StructType,
    order: MergeOrder,
    keys: MergeKeys,
    machine: MergeMachine,
    states: KeyedStates,
    emit: Emit
) {

  def run(left: Iterator[UnsafeRow], right: Iterator[UnsafeRow]): Iterator[InternalRow] = {
    // Right first: what the states remember is lent until they are cleared.
    val rights = sorted(right, rightSchema, keys.right, order.rightTime)
    states.clear()
    val lefts = sorted(left, leftSchema, keys.left, order.leftTime)
    new ByKey(lefts, rights).flatMap(Option(_))
  }

  private def sorted(
      rows: Iterator[UnsafeRow],
      schema: StructType,
      key: UnsafeProjection,
      time: Int
  ): Iterator[UnsafeRow] = {
    val hashed = new UnsafeExternalRowSorter.PrefixComputer {
      private val prefix = new UnsafeExternalRowSorter.PrefixComputer.Prefix
      def computePrefix(row: InternalRow): UnsafeExternalRowSorter.PrefixComputer.Prefix = {
        prefix.isNull = false
        prefix.value = hash(key(row))
        prefix
      }
    }
    val sorter = UnsafeExternalRowSorter.create(
      schema,
      order.within(time),
      PrefixComparators.LONG,
      hashed,
      TaskInternals.pageSize,
      false
    )
    TaskContext.get().addTaskCompletionListener[Unit](_ => sorter.cleanupResources())
    rows.foreach(sorter.insertRow)
    sorter.sort().asInstanceOf[Iterator[UnsafeRow]]
  }

  private def hash(key: UnsafeRow): Long =
    XXH64.hashUnsafeBytes(key.getBaseObject, key.getBaseOffset, key.getSizeInBytes, KeyOrder.Seed)

  /** Gives null for a left row that does not come out, so that the caller's iterator stays simple. */
  private final class ByKey(left: Iterator[UnsafeRow], right: Iterator[UnsafeRow]) extends Iterator[InternalRow] {
    private var head: UnsafeRow = _
    private var headHash = 0L
    private var current = 0L
    private var started = false
    advance()

    def hasNext: Boolean = left.hasNext

    def next(): InternalRow = {
      val row = left.next()
      val key = keys.left(row)
      val at = hash(key)
      if (!started || at != current) {
        states.clear()
        current = at
        started = true
      }
      if (row.isNullAt(order.leftTime) || !keys.matchable(key)) emit(row, null)
      else {
        while (head != null && (headHash < at || (headHash == at && order.precedes(head, row)))) {
          // The limit has done its work: a single key's log spills by itself.
          if (headHash == at) states.absorb(keys.right(head), head): Unit
          advance()
        }
        emit(row, machine.answer(states.of(key), row))
      }
    }

    private def advance(): Unit = {
      head = if (right.hasNext) right.next() else null
      if (head != null) headHash = hash(keys.right(head))
    }
  }
}

private[exec] object KeyOrder {
  // Not the seed of Spark's own hash partitioning: keys of one partition must still spread.
  private val Seed = 0x70656e73746f636bL

  /** Rows of `schema` brought back into time order, in a sort that spills. */
  def restored(rows: Iterator[InternalRow], schema: StructType, order: Ordering[InternalRow]): Iterator[InternalRow] = {
    val none = new UnsafeExternalRowSorter.PrefixComputer {
      private val prefix = new UnsafeExternalRowSorter.PrefixComputer.Prefix
      def computePrefix(row: InternalRow): UnsafeExternalRowSorter.PrefixComputer.Prefix = prefix
    }
    val sorter =
      UnsafeExternalRowSorter.create(schema, order, PrefixComparators.LONG, none, TaskInternals.pageSize, false)
    TaskContext.get().addTaskCompletionListener[Unit](_ => sorter.cleanupResources())
    rows.foreach(r => sorter.insertRow(r.asInstanceOf[UnsafeRow]))
    sorter.sort()
  }
}
