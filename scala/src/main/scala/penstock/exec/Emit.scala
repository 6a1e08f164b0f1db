package penstock.exec

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.{Attribute, UnsafeProjection, UnsafeRow}
import org.apache.spark.sql.execution.metric.SQLMetric

import penstock.machine.{Keep, Merge, Sides}

/** What becomes of an answered left row: the row that leaves, or null where none does. */
private[exec] trait Emit {
  def apply(left: UnsafeRow, answer: InternalRow): InternalRow
}

private[exec] object Emit {

  /** Rows that leave, counted as they do. */
  def counted(rows: Iterator[InternalRow], count: SQLMetric): Iterator[InternalRow] = rows.map { row =>
    count.add(1)
    row
  }

  /** What leaves for each left row, by what the merge keeps. `width` is the number of its own columns. */
  def kept(spec: Merge, sides: Sides, output: Seq[Attribute], width: Int): Emit = spec.keep match {
    case Keep.All =>
      val join = Joining(sides.left.map(_.dataType), output.drop(width).map(_.dataType), width)
      val nothing = Joining.fixed(output.drop(width).map(_.dataType), spec.nothing(sides))
      (row, answer) => join(row, if (answer == null) nothing else answer)
    case Keep.Matched =>
      val join = Joining(sides.left.map(_.dataType), output.drop(width).map(_.dataType), width)
      (row, answer) => if (answer == null) null else join(row, answer)
    case keep =>
      val narrow =
        if (sides.left.size == width) None else Some(UnsafeProjection.create(sides.left.take(width), sides.left))
      (row, answer) => if ((answer != null) == (keep == Keep.Semi)) narrow.fold[InternalRow](row)(_(row)) else null
  }
}
