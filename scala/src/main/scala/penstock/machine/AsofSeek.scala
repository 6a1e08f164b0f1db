package penstock.machine

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.UnsafeRow
import org.apache.spark.unsafe.Platform

/** As-of in one direction by binary search: of each time there is one row, the one that stands of a tie.
  *
  * What is searched is an array of the times' images: over the rows themselves each step was a miss of the cache, and
  * three quarters of a join's time (10 M rows looked up among 200 000).
  *
  * @param equalFirst
  *   whether a right row of the very same time matches
  */
final class AsofSeek(rules: CandidateRules, answers: AsofAnswers, fields: Int, equalFirst: Boolean)
    extends SeekMachine {
  import AsofSeek.Ordered
  require(rules.lanes == 1, "values of their own are looked for by the merge")

  private val picks = new Picks(1)
  private val lent = new UnsafeRow(fields)
  private val faithful = rules.axis.faithful

  /** The image of a time, in the order of the pass. */
  private def place(row: UnsafeRow, time: Int): Long =
    if (rules.reverse) ~rules.axis.image(row, time) else rules.axis.image(row, time)

  def newIndex(): KeyIndex = new Ordered

  def close(index: KeyIndex): Unit = index.asInstanceOf[Ordered].pack()

  def add(index: KeyIndex, right: UnsafeRow): Unit = {
    val key = index.asInstanceOf[Ordered]
    val last = key.size - 1
    if (last < 0 || !rules.sameTime(right, key.rows(last))) key.append(right, place(right, rules.time))
    else {
      val c = rules.contest(right, key.rows(last))
      if (c > 0) key.rows(last) = right
      if (c >= 0) key.tied.set(last, c == 0)
    }
  }

  def answer(index: KeyIndex, left: UnsafeRow): InternalRow = {
    val key = index.asInstanceOf[Ordered]
    val at = latest(key, left)
    if (at < 0 || !rules.inReach(left, key.rows(at)) || !answers.open(left)) null
    else {
      picks.set(0, key.rows(at), key.tied.get(at))
      answers.failIfTied(left, picks.tied)
      answers.compose(picks)
    }
  }

  def answerAt(index: KeyIndex, time: Long): UnsafeRow = {
    val key = index.asInstanceOf[Ordered]
    val place = if (rules.reverse) ~time else time
    val at = latestByPlace(key, place)
    if (at < 0 || !rules.axis.imagesWithin(key.times(at), place)) null else key.row(at, lent)
  }

  /** The last row that comes before the left one, in the order of the pass; -1 where there is none. */
  private def latest(key: Ordered, left: UnsafeRow): Int =
    if (faithful) latestByPlace(key, place(left, rules.onLeft)) else latestByRow(key, left)

  private def latestByPlace(key: Ordered, at: Long): Int = {
    val times = key.times
    // One comparison a step whose outcome only chooses a number, no branch: every other branch would be guessed wrong.
    val bucket = key.bucket(at)
    var base = key.before(bucket) - 1
    var ahead = key.before(bucket + 1) - 1 - base
    while (ahead > 0) {
      val half = (ahead + 1) >>> 1
      val time = times(base + half)
      val before = if (equalFirst) time <= at else time < at
      base = if (before) base + half else base
      ahead -= half
    }
    base
  }

  private def latestByRow(key: Ordered, left: UnsafeRow): Int = {
    var low = 0
    var high = key.size
    while (low < high) {
      val middle = (low + high) >>> 1
      if (rules.axis.precedes(key.rows(middle), rules.time, left, rules.onLeft, rules.reverse, equalFirst))
        low = middle + 1
      else high = middle
    }
    low - 1
  }
}

private object AsofSeek {

  /** Bytes of a row up to which it is copied beside the others; beyond, the copy costs more memory than it saves time.
    */
  private val PackedRow = 256L

  /** Bytes of a key's rows that one array holds. */
  private val PackedKey = 1L << 30

  /** The right rows of a key, one for each time, in the order of the pass. */
  private final class Ordered extends KeyIndex {
    var rows = new Array[UnsafeRow](8)
    var times = new Array[Long](8)
    val tied = new java.util.BitSet
    var size = 0

    def append(row: UnsafeRow, place: Long): Unit = {
      if (size == rows.length) {
        rows = java.util.Arrays.copyOf(rows, 2 * size)
        times = java.util.Arrays.copyOf(times, 2 * size)
      }
      rows(size) = row
      times(size) = place
      size += 1
    }

    private var bytes: Array[Byte] = _
    private var starts: Array[Int] = _
    private var shift = 0
    private var buckets: Array[Int] = _

    /** Which of equal stretches between the first and the last time a time lies in, or the nearest one. */
    def bucket(at: Long): Int =
      if (buckets.length == 2 || at <= times(0)) 0
      else if (at >= times(size - 1)) buckets.length - 2
      else ((at - times(0)) >>> shift).toInt

    /** How many times lie in the buckets before this one. So a search goes over the few times of one bucket: over all
      * of a key's times it touched six lines of the cache, of which most had gone.
      */
    def before(bucket: Int): Int = buckets(bucket)

    /** As many buckets as there are times, about; a span beyond a long's is one bucket. */
    private def count(): Unit = {
      val span = times(size - 1) - times(0)
      val wide = 64 - java.lang.Long.numberOfLeadingZeros(span)
      shift = if (span < 0) 63 else math.max(0, wide - (32 - Integer.numberOfLeadingZeros(size)))
      buckets = new Array[Int]((if (span < 0) 0 else (span >>> shift).toInt) + 2)
      times.foreach(t => buckets(bucket(t) + 1) += 1)
      (1 until buckets.length).foreach(i => buckets(i) += buckets(i - 1))
    }

    /** Copies small rows behind each other. A row by itself is an object, an array and their headers: three misses of
      * the cache for each left row, which were a fifth of the join's time.
      */
    def pack(): Unit = {
      times = java.util.Arrays.copyOf(times, size)
      rows = java.util.Arrays.copyOf(rows, size)
      count()
      val total = rows.iterator.map(_.getSizeInBytes.toLong).sum
      if (total <= size.toLong * PackedRow && total <= PackedKey) {
        starts = rows.scanLeft(0)(_ + _.getSizeInBytes)
        bytes = new Array[Byte](total.toInt)
        rows.indices.foreach(i => rows(i).writeToMemory(bytes, Platform.BYTE_ARRAY_OFFSET + starts(i).toLong))
      }
    }

    /** The row at this place, read through `lent` where it lies among others. */
    def row(at: Int, lent: UnsafeRow): UnsafeRow =
      if (bytes == null) rows(at)
      else {
        val start = starts(at)
        lent.pointTo(bytes, Platform.BYTE_ARRAY_OFFSET + start.toLong, starts(at + 1) - start)
        lent
      }
  }
}
