package penstock.machine

import org.apache.spark.sql.catalyst.expressions.UnsafeRow

/** A row that later ones may meet.
  *
  * @param row
  *   a copy once the row has entered
  */
private[machine] final class Active(var row: UnsafeRow) {

  /** Whether a left row has matched. */
  var matched = false

  /** The right row that a left row leaves with as far as is known, where it leaves with one only. */
  var best: UnsafeRow = _

  def cost: Long = Active.Bytes + row.getSizeInBytes + (if (best == null) 0 else Active.Bytes + best.getSizeInBytes)
}

private[machine] object Active {

  /** The object, the row's object and array, the slot. */
  private val Bytes = 96L
}

/** The active rows of one side of a key. */
private[machine] abstract class ActiveRows(ended: Active => Unit) {
  protected var held = 0L

  def size: Int
  final def bytes: Long = held

  /** What an active row holds besides itself has grown. */
  final def grown(bytes: Long): Unit = held += bytes

  /** Takes in a row; it may drop rows that ended before it starts. */
  def add(active: Active): Unit

  /** The rows that a row of the other side must be compared with, dropping those that ended before it starts; null at
    * the end.
    */
  def meet(at: UnsafeRow): Meeting

  /** Drops the rows that ended before `at` starts. */
  def purge(at: UnsafeRow, atLeft: Boolean): Unit

  /** Drops all rows. */
  def clear(): Unit

  protected final def drop(active: Active): Unit = {
    held -= active.cost
    ended(active)
  }

  /** Goes through active rows. */
  abstract class Meeting {
    def next(): Active

    /** Takes the row that `next` gave out, without saying that it ended. */
    def remove(): Unit
  }
}

/** In no order: what is found to have ended is dropped in passing, and all of it whenever the rows have doubled. */
private[machine] final class Pile(rules: IntervalRules, left: Boolean, ended: Active => Unit)
    extends ActiveRows(ended) {
  private var rows = new Array[Active](4)
  private var count = 0
  private var full = Pile.First

  def size: Int = count

  def add(active: Active): Unit = {
    if (count >= full) {
      purge(active.row, left)
      full = math.max(Pile.First, 2 * count)
    }
    if (count == rows.length) rows = java.util.Arrays.copyOf(rows, 2 * count)
    rows(count) = active
    count += 1
    held += active.cost
  }

  def purge(at: UnsafeRow, atLeft: Boolean): Unit = {
    var i = count - 1
    while (i >= 0) {
      if (!rules.alive(rows(i).row, left, at, atLeft)) drop(take(i))
      i -= 1
    }
  }

  def clear(): Unit = while (count > 0) drop(take(count - 1))

  /** Takes a row out; the last one, which who goes down from the end has seen, comes to its place. */
  private def take(i: Int): Active = {
    val taken = rows(i)
    count -= 1
    rows(i) = rows(count)
    rows(count) = null
    taken
  }

  def meet(at: UnsafeRow): Meeting = new Meeting {
    private var i = count

    def next(): Active = {
      i -= 1
      while (i >= 0 && !rules.alive(rows(i).row, left, at, !left)) {
        drop(take(i))
        i -= 1
      }
      if (i < 0) null else rows(i)
    }

    def remove(): Unit = {
      held -= rows(i).cost
      take(i): Unit
    }
  }
}

private object Pile {
  private val First = 16
}

/** In the order of their ends: a row that must lie in one of them meets only those that end with it or later. */
private[machine] final class ByEnd(rules: IntervalRules, left: Boolean, ended: Active => Unit)
    extends ActiveRows(ended) {
  private val rows = new java.util.TreeMap[Active, java.util.ArrayList[Active]]((a: Active, b: Active) =>
    rules.compareEnds(a.row, left, b.row, left)
  )
  private var count = 0

  def size: Int = count

  def add(active: Active): Unit = {
    purge(active.row, left)
    var same = rows.get(active)
    if (same == null) {
      same = new java.util.ArrayList[Active](1)
      rows.put(active, same)
    }
    same.add(active)
    count += 1
    held += ByEnd.Slot + active.cost
  }

  def purge(at: UnsafeRow, atLeft: Boolean): Unit =
    while (count > 0 && !rules.alive(rows.firstKey.row, left, at, atLeft)) dropAll(rows.pollFirstEntry.getValue)

  def clear(): Unit = while (count > 0) dropAll(rows.pollFirstEntry.getValue)

  private def dropAll(same: java.util.ArrayList[Active]): Unit = {
    count -= same.size
    held -= ByEnd.Slot * same.size
    same.forEach(drop(_))
  }

  def meet(at: UnsafeRow): Meeting = {
    purge(at, !left)
    new Meeting {
      private val each = rows.descendingMap.values.iterator
      private var same: java.util.ArrayList[Active] = _
      private var i = 0

      def next(): Active = {
        i -= 1
        if (i < 0) {
          same = if (each.hasNext) each.next() else null
          i = if (same == null) -1 else same.size - 1
          if (same != null && rules.compareEnds(same.get(i).row, left, at, !left) < 0) same = null
        }
        if (same == null) null else same.get(i)
      }

      def remove(): Unit = {
        val removed = same.remove(i)
        held -= ByEnd.Slot + removed.cost
        count -= 1
        if (same.isEmpty) each.remove()
      }
    }
  }
}

private object ByEnd {

  /** An entry of the tree and a list, as if each row had its own. */
  private val Slot = 96L
}
