package penstock.exec

import java.nio.ByteOrder

import org.apache.spark.sql.catalyst.expressions.UnsafeRow
import org.apache.spark.unsafe.Platform
import org.apache.spark.unsafe.array.ByteArrayMethods
import org.apache.spark.unsafe.types.UTF8String

/** What is known of each key, by the key's bytes.
  *
  * A key is looked up once for every row of either side. Its hash is one multiplication for each of its words, and open
  * addressing finds most keys in the first place looked at: a third of what `HashMap` and a row's own hash take.
  */
private[exec] final class KeyTable[A <: AnyRef] {
  import KeyTable.First

  private var hashes = new Array[Long](First)
  private var keys = new Array[UnsafeRow](First)
  private var held = new Array[AnyRef](First)
  private var count = 0

  /** What was put for this key, or null. */
  def get(key: UnsafeRow): A = held(find(key, KeyTable.hash(key))).asInstanceOf[A]

  /** What was put for the key of this one string, of which no row need be made. */
  def get(key: UTF8String): A = {
    val hash = KeyTable.hash(key)
    val mask = keys.length - 1
    var at = hash.toInt & mask
    while (keys(at) != null && !(hashes(at) == hash && holds(keys(at), key))) at = (at + 1) & mask
    held(at).asInstanceOf[A]
  }

  private def holds(row: UnsafeRow, key: UTF8String): Boolean = {
    val size = key.numBytes
    !row.isNullAt(0) && row.getLong(0).toInt == size && ByteArrayMethods.arrayEquals(
      row.getBaseObject,
      row.getBaseOffset + KeyTable.FirstBytes,
      key.getBaseObject,
      key.getBaseOffset,
      size.toLong
    )
  }

  /** What was put for the key of this one number, which takes all of its word. */
  def get(key: Long): A = {
    val hash = KeyTable.hash(key)
    val mask = keys.length - 1
    var at = hash.toInt & mask
    while (keys(at) != null && !(hashes(at) == hash && !keys(at).isNullAt(0) && keys(at).getLong(0) == key))
      at = (at + 1) & mask
    held(at).asInstanceOf[A]
  }

  /** Keeps a copy of the key, which has nothing yet. */
  def put(key: UnsafeRow, value: A): Unit = {
    if (2 * (count + 1) > keys.length) grow()
    val hash = KeyTable.hash(key)
    val at = find(key, hash)
    hashes(at) = hash
    keys(at) = key.copy()
    held(at) = value
    count += 1
  }

  /** How many keys there are. */
  def size: Int = count

  def values: Iterator[A] = held.iterator.filter(_ != null).map(_.asInstanceOf[A])

  def clear(): Unit = if (count > 0) {
    if (keys.length > First) {
      hashes = new Array[Long](First)
      keys = new Array[UnsafeRow](First)
      held = new Array[AnyRef](First)
    } else { // once for each key, where keys run one after another
      java.util.Arrays.fill(keys.asInstanceOf[Array[AnyRef]], null)
      java.util.Arrays.fill(held, null)
    }
    count = 0
  }

  /** The key's place, or the free one that it would get. */
  private def find(key: UnsafeRow, hash: Long): Int = {
    val mask = keys.length - 1
    var at = hash.toInt & mask
    while (keys(at) != null && !(hashes(at) == hash && keys(at) == key)) at = (at + 1) & mask
    at
  }

  private def grow(): Unit = {
    val (oldHashes, oldKeys, oldHeld) = (hashes, keys, held)
    hashes = new Array[Long](2 * oldKeys.length)
    keys = new Array[UnsafeRow](2 * oldKeys.length)
    held = new Array[AnyRef](2 * oldKeys.length)
    var i = 0
    while (i < oldKeys.length) {
      if (oldKeys(i) != null) {
        val mask = keys.length - 1
        var at = oldHashes(i).toInt & mask
        while (keys(at) != null) at = (at + 1) & mask
        hashes(at) = oldHashes(i)
        keys(at) = oldKeys(i)
        held(at) = oldHeld(i)
      }
      i += 1
    }
  }
}

private[exec] object KeyTable {
  private val First = 64

  /** A hash of the key's words. */
  def hash(key: UnsafeRow): Long = {
    val base = key.getBaseObject
    val end = key.getBaseOffset + key.getSizeInBytes
    var at = key.getBaseOffset
    var hash = 0L
    while (at < end) {
      hash = mixed(hash, Platform.getLong(base, at))
      at += 8
    }
    hash
  }

  /** Where the bytes of a row's only column begin: after a word of nulls and one of place and size. */
  private val FirstBytes = 16L

  /** That of the row which holds this string and nothing else. */
  private def hash(key: UTF8String): Long = {
    val base = key.getBaseObject
    val size = key.numBytes
    val end = key.getBaseOffset + size
    var at = key.getBaseOffset
    var hash = mixed(mixed(0L, 0L), (FirstBytes << 32) | size.toLong)
    while (at + 8 <= end) {
      hash = mixed(hash, Platform.getLong(base, at))
      at += 8
    }
    if (at < end) mixed(hash, rest(base, at, end)) else hash
  }

  /** The last bytes as a row has them: a word whose other bytes are zero. */
  private def rest(base: AnyRef, from: Long, end: Long): Long = {
    var word = 0L
    var at = from
    while (at < end) {
      val byte = Platform.getByte(base, at) & 0xffL
      word |= byte << (8 * (if (LittleEndian) at - from else 7 - (at - from)))
      at += 1
    }
    word
  }

  private val LittleEndian = ByteOrder.nativeOrder == ByteOrder.LITTLE_ENDIAN

  /** That of the row which holds this number and nothing else. */
  private def hash(key: Long): Long = mixed(mixed(0L, 0L), key)

  private def mixed(hash: Long, word: Long): Long = {
    val next = (hash ^ word) * 0x9e3779b97f4a7c15L
    next ^ (next >>> 32)
  }
}
