package penstock.exec

import org.apache.spark.TaskContext
import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions._
import org.apache.spark.sql.catalyst.expressions.codegen.GenerateUnsafeRowJoiner
import org.apache.spark.sql.execution.metric.SQLMetric
import org.apache.spark.sql.penstockinternals.TaskInternals
import org.apache.spark.sql.types.{DataType, StructField, StructType}

import penstock.machine.{Keep, Sides, Sweep}
import penstock.time.TimeAxis

/** One task of a sweep: what is sent to the executors, and how a pair of partitions is swept there. */
private[exec] final case class SweepTask(
    sides: Sides,
    leftKeys: Seq[Expression],
    rightKeys: Seq[Expression],
    keep: Keep,
    rightFirst: Boolean,
    nullsEqual: Boolean,
    maker: Sweep.Maker,
    maxRows: Long,
    outputRows: SQLMetric,
    stateRows: SQLMetric,
    stateBytes: SQLMetric,
    spilledRows: SQLMetric,
    rounds: SQLMetric
) {

  def run(lefts: Iterator[InternalRow], rights: Iterator[InternalRow]): Iterator[InternalRow] = {
    val context = TaskContext.get()
    val memory = TaskInternals.memory(context)
    val logs = new SpillingLogs(memory, n => spilledRows.add(n))
    val machine = maker.make()
    val states = new SweepStates(machine, memory, maxRows)
    context.addTaskCompletionListener[Unit] { _ =>
      stateRows.add(states.peakRows)
      stateBytes.add(states.peakBytes)
      states.clear()
      logs.close()
    }
    val order = new SweepOrder(
      TimeAxis(sides.rightTime.dataType, None),
      sides.ordinal(sides.left, sides.leftTime),
      sides.ordinal(sides.right, sides.rightTime),
      rightFirst
    )
    val keys = new MergeKeys(
      UnsafeProjection.create(leftKeys, sides.left),
      UnsafeProjection.create(rightKeys, sides.right),
      nullsEqual
    )
    val pass = new SweepPass(
      source(lefts, fromLeft = true, logs, sides.left.size + machine.carried),
      source(rights, fromLeft = false, logs, sides.right.size),
      order,
      keys,
      machine,
      states,
      emit,
      () => rounds.add(1)
    )
    Emit.counted(pass, outputRows)
  }

  private def source(rows: Iterator[InternalRow], fromLeft: Boolean, logs: SpillingLogs, width: Int): SweepSource =
    new SweepSource(rows.asInstanceOf[Iterator[UnsafeRow]], fromLeft, logs, width)

  /** Copies both rows' bytes behind each other: pairs are many, and no column of theirs need be looked at. */
  private def emit: Emit =
    if (!keep.rightColumns) (left, _) => left
    else {
      val types = sides.right.map(_.dataType)
      val joiner = GenerateUnsafeRowJoiner.create(schema(sides.left.map(_.dataType)), schema(types))
      val nothing = UnsafeProjection.create(types.toArray)(new GenericInternalRow(types.size)).copy()
      (left, right) => joiner.join(left, if (right == null) nothing else right.asInstanceOf[UnsafeRow])
    }

  private def schema(types: Seq[DataType]): StructType =
    StructType(types.zipWithIndex.map { case (t, i) => StructField(s"c$i", t) })
}
