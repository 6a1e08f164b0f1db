package penstock.machine

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.UnsafeRow
import org.apache.spark.unsafe.Platform

/** As-of in one direction by binary search: of each time there is one row, the one that stands of a tie.
  *
  * What is searched are the times' images, not the rows themselves, of which each step was a miss of the cache more.
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
    if (at < 0) null
    else {
      val right = key.row(at, lent)
      if (!rules.inReach(left, right) || !answers.open(left)) null
      else {
        picks.set(0, right, key.tied.get(at))
        answers.failIfTied(left, picks.tied)
        answers.compose(picks)
      }
    }
  }

  def answerAt(index: KeyIndex, time: Long): UnsafeRow = {
    val key = index.asInstanceOf[Ordered]
    val at = if (rules.reverse) ~time else time
    val latest = latestByPlace(key, at)
    if (latest < 0 || !rules.axis.imagesWithin(key.place(latest), at)) null else key.row(latest, lent)
  }

  /** The last row that comes before the left one, in the order of the pass; -1 where there is none. */
  private def latest(key: Ordered, left: UnsafeRow): Int =
    if (faithful) latestByPlace(key, place(left, rules.onLeft)) else latestByRow(key, left)

  private def latestByPlace(key: Ordered, at: Long): Int = {
    val bucket = key.bucket(at)
    var base = key.before(bucket) - 1
    var ahead = key.before(bucket + 1) - 1 - base
    while (ahead > 1) { // seldom
      val half = ahead >>> 1
      base = if (comesBefore(key.place(base + half), at)) base + half else base
      ahead -= half
    }
    // Comparisons choose a number and no branch, also where the bucket has no time: every other branch would be guessed
    // wrong, and then nothing of the next left row could be begun while memory is waited for.
    val next = base + ahead
    if (next < 0) -1 else if (comesBefore(key.place(next), at)) next else next - 1
  }

  private def comesBefore(time: Long, at: Long): Boolean = if (equalFirst) time <= at else time < at

  private def latestByRow(key: Ordered, left: UnsafeRow): Int = {
    var low = 0
    var high = key.size
    while (low < high) {
      val middle = (low + high) >>> 1
      if (rules.axis.precedes(key.row(middle, lent), rules.time, left, rules.onLeft, rules.reverse, equalFirst))
        low = middle + 1
      else high = middle
    }
    low - 1
  }
}

private object AsofSeek {

  /** Bytes of a row up to which it is copied beside the others; beyond, the copy costs more memory than it saves time.
    */
  private val SlottedRow = 256

  /** Bytes of a key's rows that one array holds. */
  private val SlottedKey = 1L << 30

  /** The right rows of a key, one for each time, in the order of the pass. */
  private final class Ordered extends KeyIndex {
    var rows = new Array[UnsafeRow](8)
    val tied = new java.util.BitSet
    var size = 0
    private var times = new Array[Long](8)

    def append(row: UnsafeRow, place: Long): Unit = {
      if (size == rows.length) {
        rows = java.util.Arrays.copyOf(rows, 2 * size)
        times = java.util.Arrays.copyOf(times, 2 * size)
      }
      rows(size) = row
      times(size) = place
      size += 1
    }

    private var first = 0L
    private var last = 0L
    private var shift = 0
    private var buckets = 0
    private var counts: Array[Char] = _ // how many times lie before each bucket
    private var bigCounts: Array[Int] = _ // or this, where there are more than fit

    /** Which of equal stretches between the first and the last time a time lies in, or the nearest one. */
    def bucket(at: Long): Int =
      if (buckets == 1 || at <= first) 0
      else if (at >= last) buckets - 1
      else ((at - first) >>> shift).toInt

    /** How many times lie in the buckets before this one. So a search goes over the few times of one bucket: over all
      * of a key's times it touched six lines of the cache, of which most had gone.
      */
    def before(bucket: Int): Int = if (counts == null) bigCounts(bucket) else counts(bucket).toInt

    /** One or two buckets for each time; a span beyond a long's is one bucket. */
    private def count(): Unit = {
      first = times(0)
      last = times(size - 1)
      val span = last - first
      val wide = 64 - java.lang.Long.numberOfLeadingZeros(span)
      shift = if (span < 0) 63 else math.max(0, wide - (33 - Integer.numberOfLeadingZeros(size)))
      buckets = (if (span < 0) 0 else (span >>> shift).toInt) + 1
      val before = new Array[Int](buckets + 1)
      var i = 0
      while (i < size) {
        before(bucket(times(i)) + 1) += 1
        i += 1
      }
      i = 1
      while (i <= buckets) {
        before(i) += before(i - 1)
        i += 1
      }
      if (size > Char.MaxValue) bigCounts = before else counts = before.map(_.toChar)
    }

    private var slots: Array[Byte] = _
    private var width = 0
    private var sizes: Array[Int] = _ // of the rows, where they are not alike

    /** Puts small rows behind each other, each with its time before it, so that what the search has read is where the
      * answer lies. Each other array, and each row that is an object of its own, was one more miss of the cache for
      * each left row, and misses are what a lookup costs (10 M rows looked up among 200 000).
      */
    def pack(): Unit = {
      count()
      val each = Array.tabulate(size)(rows(_).getSizeInBytes)
      val most = each.max
      val total = size * (8L + most)
      // what differs too much would be mostly empty
      if (most <= SlottedRow && total <= SlottedKey && total <= 2 * (8L * size + each.iterator.map(_.toLong).sum)) {
        width = 8 + most
        sizes = if (each.forall(_ == most)) null else each
        slots = new Array[Byte](total.toInt)
        var i = 0
        while (i < size) {
          Platform.putLong(slots, slot(i), times(i))
          rows(i).writeToMemory(slots, slot(i) + 8)
          i += 1
        }
        rows = null
        times = null
      }
    }

    private def slot(at: Int): Long = Platform.BYTE_ARRAY_OFFSET + at.toLong * width

    /** The time of the row at this place. */
    def place(at: Int): Long = if (slots == null) times(at) else Platform.getLong(slots, slot(at))

    /** The row at this place, read through `lent` where it lies among others. */
    def row(at: Int, lent: UnsafeRow): UnsafeRow =
      if (slots == null) rows(at)
      else {
        lent.pointTo(slots, slot(at) + 8, if (sizes == null) width - 8 else sizes(at))
        lent
      }
  }
}
