package penstock.exec

import java.nio.ByteOrder

import org.apache.spark.sql.catalyst.expressions.UnsafeRow
import org.apache.spark.unsafe.Platform
import org.apache.spark.unsafe.types.UTF8String

/** What is known of each key, by the key's bytes.
  *
  * A key is looked up once for every row of either side. Its hash is one multiplication for each of its words, and open
  * addressing finds most keys in the first place looked at: a third of what `HashMap` and a row's own hash take. Hashes
  * and places lie side by side and the keys' bytes behind each other: with a row object for each of 5 M keys, every
  * comparison was three more misses of the cache, and a third of the time that a join spent with its states.
  */
private[exec] final class KeyTable[A <: AnyRef] {
  import KeyTable.First

  // hash and place of each key; a place is zero where there is none
  private var slots = new Array[Long](2 * First)
  private var held = new Array[AnyRef](First)
  private val keys = new KeyBytes
  private var count = 0

  /** What was put for this key, or null. */
  def get(key: UnsafeRow): A = held(find(key, KeyTable.hash(key))).asInstanceOf[A]

  /** What was put for the key of this one string, of which no row need be made. */
  def get(key: UTF8String): A = {
    val rest = KeyTable.rest(key)
    val hash = KeyTable.hash(key, rest)
    val mask = held.length - 1
    var at = hash.toInt & mask
    while (slots(2 * at + 1) != 0 && !(slots(2 * at) == hash && keys.isString(slots(2 * at + 1), key, rest)))
      at = (at + 1) & mask
    held(at).asInstanceOf[A]
  }

  /** What was put for the key of this one number, which takes all of its word. */
  def get(key: Long): A = {
    val hash = KeyTable.hash(key)
    val mask = held.length - 1
    var at = hash.toInt & mask
    while (slots(2 * at + 1) != 0 && !(slots(2 * at) == hash && keys.isNumber(slots(2 * at + 1), key)))
      at = (at + 1) & mask
    held(at).asInstanceOf[A]
  }

  /** Keeps a copy of the key, which has nothing yet. */
  def put(key: UnsafeRow, value: A): Unit = {
    if (2 * (count + 1) > held.length) grow()
    val hash = KeyTable.hash(key)
    val at = find(key, hash)
    slots(2 * at) = hash
    slots(2 * at + 1) = keys.add(key)
    held(at) = value
    count += 1
  }

  /** How many keys there are. */
  def size: Int = count

  def values: Iterator[A] = held.iterator.filter(_ != null).map(_.asInstanceOf[A])

  /** The same; each is forgotten when it is given, though its key stays. */
  def drained: Iterator[A] = held.indices.iterator.filter(held(_) != null).map { at =>
    val value = held(at).asInstanceOf[A]
    held(at) = null
    value
  }

  def clear(): Unit = if (count > 0) {
    if (held.length > First) {
      slots = new Array[Long](2 * First)
      held = new Array[AnyRef](First)
    } else { // once for each key, where keys run one after another
      java.util.Arrays.fill(slots, 0L)
      java.util.Arrays.fill(held, null)
    }
    keys.clear()
    count = 0
  }

  /** The key's place, or the free one that it would get. */
  private def find(key: UnsafeRow, hash: Long): Int = {
    val mask = held.length - 1
    var at = hash.toInt & mask
    while (slots(2 * at + 1) != 0 && !(slots(2 * at) == hash && keys.is(slots(2 * at + 1), key))) at = (at + 1) & mask
    at
  }

  private def grow(): Unit = {
    val (oldSlots, oldHeld) = (slots, held)
    require(oldHeld.length < KeyTable.Most, s"one task has more than ${KeyTable.Most / 2} keys")
    slots = new Array[Long](2 * oldSlots.length)
    held = new Array[AnyRef](2 * oldHeld.length)
    val mask = held.length - 1
    var i = 0
    while (i < oldHeld.length) {
      if (oldSlots(2 * i + 1) != 0) {
        var at = oldSlots(2 * i).toInt & mask
        while (slots(2 * at + 1) != 0) at = (at + 1) & mask
        slots(2 * at) = oldSlots(2 * i)
        slots(2 * at + 1) = oldSlots(2 * i + 1)
        held(at) = oldHeld(i)
      }
      i += 1
    }
  }
}

private[exec] object KeyTable {
  private val First = 64
  private val Most = 1 << 29

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

  /** That of the row which holds this string and nothing else.
    *
    * @param rest
    *   its last bytes
    */
  private def hash(key: UTF8String, rest: Long): Long = {
    val base = key.getBaseObject
    val size = key.numBytes
    val end = key.getBaseOffset + (size & ~7)
    var at = key.getBaseOffset
    var hash = mixed(mixed(0L, 0L), (KeyBytes.FirstColumn << 32) | size.toLong)
    while (at < end) {
      hash = mixed(hash, Platform.getLong(base, at))
      at += 8
    }
    if ((size & 7) != 0) mixed(hash, rest) else hash
  }

  /** The bytes of a string beyond its last whole word, as a row has them: a word whose other bytes are zero. Read in at
    * most three steps; byte by byte they took as long as all else of a lookup.
    */
  private def rest(key: UTF8String): Long = {
    val base = key.getBaseObject
    val size = key.numBytes
    val at = key.getBaseOffset + (size & ~7)
    var read = 0
    var word = 0L
    if ((size & 4) != 0) {
      word = placed(Platform.getInt(base, at) & 0xffffffffL, read, 4)
      read = 4
    }
    if ((size & 2) != 0) {
      word |= placed(Platform.getShort(base, at + read) & 0xffffL, read, 2)
      read += 2
    }
    if ((size & 1) != 0) word |= placed(Platform.getByte(base, at + read) & 0xffL, read, 1)
    word
  }

  /** So many bytes where a word has them, after those that were read. */
  private def placed(bytes: Long, read: Int, count: Int): Long =
    bytes << (8 * (if (LittleEndian) read else 8 - read - count))

  private val LittleEndian = ByteOrder.nativeOrder == ByteOrder.LITTLE_ENDIAN

  /** That of the row which holds this number and nothing else. */
  private def hash(key: Long): Long = mixed(mixed(0L, 0L), key)

  private def mixed(hash: Long, word: Long): Long = {
    val next = (hash ^ word) * 0x9e3779b97f4a7c15L
    next ^ (next >>> 32)
  }
}
