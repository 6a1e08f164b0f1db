package penstock.exec

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.UnsafeRow
import org.apache.spark.unsafe.Platform

/** Rows on their way to every task, behind each other in a few big rows of one binary column.
  *
  * Spark writes what it sends row by row, two copies and an object for each; and it sends nothing but rows of its own
  * here, so that an executor can read them before it knows any class of ours.
  */
private[exec] object SentRows {

  /** Bytes of rows in a big one, about. */
  private val Chunk = 16 << 20

  /** Where the binary column begins: after a word of nulls and one of place and size. */
  private val Start = 16

  /** Each row has its size before it. */
  private val Head = 8

  def packed(rows: Iterator[UnsafeRow]): Array[InternalRow] = {
    val chunks = Array.newBuilder[InternalRow]
    var group = Vector.newBuilder[UnsafeRow]
    var bytes = 0L
    rows.foreach { row =>
      if (bytes > 0 && bytes + Head + row.getSizeInBytes > Chunk) {
        chunks += chunk(group.result(), bytes.toInt)
        group = Vector.newBuilder[UnsafeRow]
        bytes = 0
      }
      group += row
      bytes += Head + row.getSizeInBytes
    }
    if (bytes > 0) chunks += chunk(group.result(), Math.toIntExact(bytes))
    chunks.result()
  }

  private def chunk(rows: Vector[UnsafeRow], size: Int): UnsafeRow = {
    val bytes = new Array[Byte](Start + size)
    var at = Platform.BYTE_ARRAY_OFFSET.toLong + 8
    Platform.putLong(bytes, at, (Start.toLong << 32) | size)
    at += 8
    rows.foreach { row =>
      Platform.putLong(bytes, at, row.getSizeInBytes.toLong)
      row.writeToMemory(bytes, at + Head)
      at += Head + row.getSizeInBytes
    }
    val big = new UnsafeRow(1)
    big.pointTo(bytes, bytes.length)
    big
  }

  /** The rows in their order; each is an object of its own over the bytes of the big ones.
    *
    * @param fields
    *   how many columns a row has
    */
  def read(sent: Array[InternalRow], fields: Int): Iterator[UnsafeRow] = sent.iterator.flatMap { chunk =>
    val big = chunk.asInstanceOf[UnsafeRow]
    val base = big.getBaseObject
    val end = big.getBaseOffset + Start + big.getLong(0).toInt
    new Iterator[UnsafeRow] {
      private var at = big.getBaseOffset + Start
      override def hasNext: Boolean = at < end
      override def next(): UnsafeRow = {
        val row = new UnsafeRow(fields)
        val size = Platform.getLong(base, at).toInt
        row.pointTo(base, at + Head, size)
        at += Head + size
        row
      }
    }
  }
}
