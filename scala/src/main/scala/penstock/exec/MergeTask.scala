package penstock.exec

import org.apache.spark.TaskContext
import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions._
import org.apache.spark.sql.execution.metric.SQLMetric
import org.apache.spark.sql.penstockinternals.TaskInternals
import org.apache.spark.sql.types.{DataType, StructField, StructType}

import penstock.machine._
import penstock.time.TimeAxis

/** One task of a merge: what is sent to the executors, and how a pair of partitions is merged there. */
private[exec] final case class MergeTask(
    left: Seq[Attribute],
    right: Seq[Attribute],
    leftKeys: Seq[Expression],
    rightKeys: Seq[Expression],
    leftTime: Attribute,
    rightTime: Attribute,
    spec: Merge,
    output: Seq[Attribute],
    maxRows: Long,
    outputRows: SQLMetric,
    stateRows: SQLMetric,
    stateBytes: SQLMetric,
    spilledRows: SQLMetric,
    timeOrdered: SQLMetric,
    keyOrdered: SQLMetric
) {

  def run(lefts: Iterator[InternalRow], rights: Iterator[InternalRow]): Iterator[InternalRow] = {
    val context = TaskContext.get()
    val logs = new SpillingLogs(TaskInternals.memory(context), n => spilledRows.add(n))
    context.addTaskCompletionListener[Unit](_ => logs.close())
    timeOrdered.add(1)
    val l = lefts.asInstanceOf[Iterator[UnsafeRow]]
    val r = rights.asInstanceOf[Iterator[UnsafeRow]]
    val sides = Sides(left, right, leftTime, rightTime)
    val rows = spec.passes match {
      case once: Passes.Once =>
        pass(
          l,
          r,
          sides,
          once.machine(sides).make(logs),
          spec.reverse,
          Emit.kept(spec, sides, output, left.size),
          Some(output)
        )
      case twice: Passes.Twice => bothWays(l, r, sides, twice, logs)
    }
    Emit.counted(rows, outputRows)
  }

  private def keys(sides: Sides): MergeKeys = new MergeKeys(
    UnsafeProjection.create(leftKeys, sides.left),
    UnsafeProjection.create(rightKeys, sides.right),
    spec.nullsEqual
  )

  /** First pass with time running up; its answers behind the left rows and the right rows themselves go into logs,
    * which the second pass reads from the end: no second sort, and the right side is read once.
    */
  private def bothWays(
      lefts: Iterator[UnsafeRow],
      rights: Iterator[UnsafeRow],
      sides: Sides,
      twice: Passes.Twice,
      logs: SpillingLogs
  ): Iterator[InternalRow] = {
    val stamped = twice.stamped(sides)
    val columns = stamped.zipWithIndex.map { case (t, i) => AttributeReference(s"answer$i", t)() }
    val wide = sides.copy(left = left ++ columns)
    val answered = logs.open(wide.left.size).asInstanceOf[SpillingLog]
    val seen = logs.open(right.size).asInstanceOf[SpillingLog]
    val copied = rights.map { row =>
      seen.append(row)
      row
    }
    val stamp = Joining(left.map(_.dataType), stamped, left.size)
    val unmatched = Joining.fixed(stamped, new GenericInternalRow(stamped.size))
    val first = pass(
      lefts,
      copied,
      sides,
      twice.first(sides).make(logs),
      descending = false,
      (row, answer) => stamp(row, if (answer == null) unmatched else answer),
      Some(wide.left)
    )
    first.foreach(row => answered.append(row.asInstanceOf[UnsafeRow]))
    copied.foreach(_ => ()) // rows later than the last left row
    pass(
      answered.takeNewestFirst(),
      seen.takeNewestFirst(),
      wide,
      twice.second(wide, left.size).make(logs),
      descending = true,
      Emit.kept(spec, wide, output, left.size),
      None
    )
  }

  private def pass(
      lefts: Iterator[UnsafeRow],
      rights: Iterator[UnsafeRow],
      sides: Sides,
      machine: MergeMachine,
      descending: Boolean,
      emit: Emit,
      ordered: Option[Seq[Attribute]]
  ): Iterator[InternalRow] = {
    val axis = TimeAxis(rightTime.dataType, None)
    val order = new MergeOrder(
      axis,
      sides.ordinal(sides.left, leftTime),
      sides.ordinal(sides.right, rightTime),
      descending,
      spec.turn(axis, descending)
    )
    val keyed = keys(sides)
    val states = new KeyedStates(machine, TaskInternals.memory(TaskContext.get()), maxRows)
    TaskContext.get().addTaskCompletionListener[Unit] { _ =>
      stateRows.add(states.peakRows)
      stateBytes.add(states.peakBytes)
      states.clear()
    }
    def overflow(restLeft: Iterator[UnsafeRow], restRight: Iterator[UnsafeRow]): Iterator[InternalRow] = {
      keyOrdered.add(1)
      val wide = schema(sides.right.map(_.dataType) ++ machine.carried)
      val widened = if (machine.carried.isEmpty) restRight else restRight.map(widen(sides, machine.carried))
      val rows = new KeyOrder(schema(sides.left.map(_.dataType)), wide, order, keyed, machine, states, emit)
        .run(restLeft, states.handedOver ++ widened)
      // What reads the rows may rely on their order in time; they keep their left columns in place.
      ordered.fold(rows)(columns =>
        KeyOrder.restored(rows, schema(columns.map(_.dataType)), order.within(order.leftTime))
      )
    }
    new MergePass(lefts, rights, order, keyed, machine, states, emit, overflow)
  }

  /** A right row as wide as the rows of a state, which carry more. */
  private def widen(sides: Sides, carried: Seq[DataType]): UnsafeRow => UnsafeRow = {
    val own = sides.right.zipWithIndex.map { case (a, i) => BoundReference(i, a.dataType, nullable = true) }
    val project = UnsafeProjection.create(own ++ carried.map(Literal(null, _)))
    row => project(row)
  }

  private def schema(types: Seq[DataType]): StructType =
    StructType(types.zipWithIndex.map { case (t, i) => StructField(s"c$i", t) })
}
