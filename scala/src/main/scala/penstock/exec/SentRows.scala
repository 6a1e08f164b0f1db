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

  /** Bytes that the first one has room for; it grows. */
  private val FirstChunk = 64 << 10

  /** Where the binary column begins: after a word of nulls and one of place and size. */
  private val Start = 16

  /** Each row has its size before it. */
  private val Head = 8

  def packed(rows: Iterator[UnsafeRow]): Array[InternalRow] = {
    val packer = new Packer
    rows.foreach(packer.add)
    packer.result()
  }

  /** Copies rows as they come, and tells of each where it lies. */
  final class Packer {
    private val chunks = Array.newBuilder[InternalRow]
    private var turned = 0L
    private var bytes = new Array[Byte](FirstChunk)
    private var used = Start

    def add(row: UnsafeRow): Long = {
      val size = Head + row.getSizeInBytes
      if (used > Start && size > Chunk - used) turn()
      val end = Math.addExact(used, size)
      if (end > bytes.length)
        bytes = java.util.Arrays.copyOf(bytes, math.max(end, math.min(2 * bytes.length, Chunk)))
      val at = Platform.BYTE_ARRAY_OFFSET.toLong + used
      Platform.putLong(bytes, at, row.getSizeInBytes.toLong)
      row.writeToMemory(bytes, at + Head)
      used = end
      turned << 32 | at
    }

    private def turn(): Unit = {
      Platform.putLong(bytes, Platform.BYTE_ARRAY_OFFSET.toLong + 8, (Start.toLong << 32) | (used - Start))
      val big = new UnsafeRow(1)
      big.pointTo(bytes, used)
      chunks += big
      turned += 1
      bytes = new Array[Byte](FirstChunk)
      used = Start
    }

    def result(): Array[InternalRow] = {
      if (used > Start) turn()
      chunks.result()
    }
  }

  /** Has `lent` point to the row that lies where [[Packer.add]] said. */
  def point(lent: UnsafeRow, sent: Array[InternalRow], place: Long): UnsafeRow = {
    val base = sent((place >>> 32).toInt).asInstanceOf[UnsafeRow].getBaseObject
    val at = place & 0xffffffffL
    lent.pointTo(base, at + Head, Platform.getLong(base, at).toInt)
    lent
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
