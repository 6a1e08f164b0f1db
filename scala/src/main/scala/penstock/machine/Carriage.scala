package penstock.machine

import org.apache.spark.sql.catalyst.expressions._
import org.apache.spark.sql.types.{BinaryType, DataType}

/** Left rows with what is known of their matches, as rows that can wait on disk: behind the left columns they have one
  * more, that of a left row from the table has not. It is null without a match, else the best match's bytes, or none.
  */
private[machine] final class Carriage(types: Seq[DataType], rightColumns: Int) {
  private val width = types.size
  private lazy val narrow = UnsafeProjection.create(columns)
  private lazy val wide = UnsafeProjection.create(columns :+ BoundReference(width, BinaryType, nullable = true))
  private lazy val joined = new JoinedRow
  private lazy val behind = new GenericInternalRow(new Array[Any](1))
  private def columns: Seq[Expression] =
    types.zipWithIndex.map { case (t, i) => BoundReference(i, t, nullable = true) }

  def pack(left: Active): UnsafeRow = {
    val known =
      if (!left.matched) null
      else if (left.best == null) Array.emptyByteArray
      else left.best.getBytes
    behind.update(0, known)
    wide(joined(left.row, behind))
  }

  def unpack(row: UnsafeRow): Active =
    if (row.numFields == width) new Active(row)
    else {
      val left = new Active(narrow(row))
      left.matched = !row.isNullAt(width)
      val bytes = if (left.matched) row.getBinary(width) else Array.emptyByteArray
      if (bytes.nonEmpty) {
        left.best = new UnsafeRow(rightColumns)
        left.best.pointTo(bytes, bytes.length)
      }
      left
    }
}
