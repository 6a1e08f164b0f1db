package penstock.exec

import org.apache.spark.sql.catalyst.expressions.UnsafeRow
import org.apache.spark.unsafe.Platform
import org.apache.spark.unsafe.types.UTF8String

/** The bytes of keys behind each other in a few arrays, each with its size before it. A key's place is a number, never
  * zero: of its array, counted from one, and of the byte in it.
  */
private[exec] final class KeyBytes {
  private var pages = new Array[Array[Byte]](4)
  private var last = -1
  private var used = 0

  /** Keeps a copy, and tells its place. */
  def add(key: UnsafeRow): Long = {
    val size = key.getSizeInBytes
    if (last < 0 || used + 8 + size > pages(last).length) turn(8 + size)
    val at = Platform.BYTE_ARRAY_OFFSET.toLong + used
    Platform.putLong(pages(last), at, size.toLong)
    key.writeToMemory(pages(last), at + 8)
    used += 8 + size
    (last + 1L) << 32 | at
  }

  private def turn(atLeast: Int): Unit = {
    val size = if (last < 0) KeyBytes.FirstPage else math.min(2 * pages(last).length, KeyBytes.LastPage)
    last += 1
    if (last == pages.length) pages = java.util.Arrays.copyOf(pages, 2 * last)
    if (pages(last) == null || pages(last).length < atLeast) pages(last) = new Array[Byte](math.max(size, atLeast))
    used = 0
  }

  /** Whether the key at a place is this one. */
  def is(place: Long, key: UnsafeRow): Boolean = {
    val page = pages((place >>> 32).toInt - 1)
    val at = place & 0xffffffffL
    val size = key.getSizeInBytes
    Platform.getLong(page, at) == size && {
      // words, of which a row is made: a call for so few bytes would cost as much as the comparison
      val base = key.getBaseObject
      val offset = key.getBaseOffset
      var i = 0
      while (i < size && Platform.getLong(page, at + 8 + i) == Platform.getLong(base, offset + i)) i += 8
      i >= size
    }
  }

  /** Whether it is the row of this string and nothing else.
    *
    * @param rest
    *   the string's bytes beyond its last whole word, as a word of a row
    */
  def isString(place: Long, key: UTF8String, rest: Long): Boolean = {
    val page = pages((place >>> 32).toInt - 1)
    val at = (place & 0xffffffffL) + 8
    val size = key.numBytes
    Platform.getLong(page, at) == 0 && Platform.getLong(page, at + 8).toInt == size && {
      val base = key.getBaseObject
      val offset = key.getBaseOffset
      val words = size & ~7
      var i = 0
      while (i < words && Platform.getLong(page, at + KeyBytes.FirstColumn + i) == Platform.getLong(base, offset + i))
        i += 8
      i == words && (words == size || Platform.getLong(page, at + KeyBytes.FirstColumn + words) == rest)
    }
  }

  /** Whether it is the row of this number and nothing else. */
  def isNumber(place: Long, key: Long): Boolean = {
    val page = pages((place >>> 32).toInt - 1)
    val at = (place & 0xffffffffL) + 8
    Platform.getLong(page, at) == 0 && Platform.getLong(page, at + 8) == key
  }

  /** Forgets all keys; the first array stays. */
  def clear(): Unit = {
    val first = pages(0)
    pages = new Array[Array[Byte]](4)
    if (first != null && first.length == KeyBytes.FirstPage) pages(0) = first
    last = if (pages(0) == null) -1 else 0
    used = 0
  }
}

private[exec] object KeyBytes {

  /** Where the bytes of a row's only column begin: after a word of nulls and one of place and size. */
  val FirstColumn: Long = 16L

  private val FirstPage = 1 << 10
  private val LastPage = 1 << 20
}
