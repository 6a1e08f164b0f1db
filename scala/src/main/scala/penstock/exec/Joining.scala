package penstock.exec

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions._
import org.apache.spark.sql.catalyst.expressions.codegen.GenerateUnsafeRowJoiner
import org.apache.spark.sql.types.{DataType, StructField, StructType}

/** A left row and an answer as one row, lent until the next. */
private[exec] object Joining {

  /** @param width
    *   how many of the left row's columns leave
    */
  def apply(left: Seq[DataType], answer: Seq[DataType], width: Int): (UnsafeRow, InternalRow) => UnsafeRow = {
    lazy val byColumn = projected(left, answer, width)
    if (width < left.size) byColumn
    else {
      // Whole rows are joined by copying their bytes at once; 300 columns cost little more than three.
      val joiner = GenerateUnsafeRowJoiner.create(schema(left), schema(answer))
      (row, found) =>
        found match {
          case whole: UnsafeRow => joiner.join(row, whole)
          case other => byColumn(row, other)
        }
    }
  }

  /** An answer that does not change. */
  def fixed(types: Seq[DataType], answer: InternalRow): UnsafeRow =
    UnsafeProjection.create(types.toArray)(answer).copy()

  private def projected(
      left: Seq[DataType],
      answer: Seq[DataType],
      width: Int
  ): (UnsafeRow, InternalRow) => UnsafeRow = {
    val refs = left.zipWithIndex.take(width).map { case (t, i) => BoundReference(i, t, nullable = true) } ++
      answer.zipWithIndex.map { case (t, i) => BoundReference(left.size + i, t, nullable = true) }
    val project = UnsafeProjection.create(refs)
    val joined = new JoinedRow
    (row, found) => project(joined(row, found))
  }

  private def schema(types: Seq[DataType]): StructType =
    StructType(types.zipWithIndex.map { case (t, i) => StructField(s"c$i", t) })
}
