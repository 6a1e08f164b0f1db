package penstock.machine

import org.apache.spark.sql.catalyst.expressions.UnsafeRow

/** What happens inside one key when the intervals of two tables are swept in the order of their starts.
  *
  * Fed the rows of both sides and all keys in that order, it keeps the rows that later ones may still meet and drops
  * those that have ended. A pair is given when its later row arrives, so one row may give any number of them, one at a
  * time; what becomes of a left row without a match is known when its life ends. All memory is in the states, one per
  * key, which the operator owns.
  *
  * Laws, held by `SweepLaws` for every machine:
  *   - ''once'': every pair of rows that match is given once, and every left row has one verdict;
  *   - ''fresh'': what is given depends on rows of its own key only;
  *   - ''lent rows'': a row that arrives is only lent and changes afterwards; what is kept is a copy;
  *   - ''order'': rows of equal start may come in any order, but for the side that [[Sweep.rightFirst]] says comes
  *     first;
  *   - ''dropped'': a state holds at most twice the most rows that could meet one at any time, and a few more; after
  *     [[purge]] it holds no others;
  *   - ''divisible'': a row that arrives without entering and comes again, as it is [[deferred]], after all that were
  *     there have ended, gives the same pairs and verdicts. It is what lets a task go on when memory is full.
  */
trait SweepMachine {

  /** Columns that a deferred left row has behind its own. */
  def carried: Int

  def newState(): SweepState

  /** Takes a row; starts never run backwards between two calls for one state. [[next]] then gives what leaves, and must
    * be asked until nothing does.
    *
    * @param state
    *   null for a row that matches nothing because of its key
    * @param fromLeft
    *   which side it is of
    * @param enters
    *   whether later rows may meet it; a row that may not stays the operator's, as [[deferred]]
    */
  def arrive(state: SweepState, row: UnsafeRow, fromLeft: Boolean, enters: Boolean): Unit

  /** The row that arrived without entering, with what is known of it, as it must arrive again; null where it need not.
    * Asked for when [[next]] has given everything. Lent until the next call.
    */
  def deferred: UnsafeRow

  /** Drops the rows that nothing that starts with or after this row can meet; [[next]] gives their verdicts. */
  def purge(state: SweepState, at: UnsafeRow, fromLeft: Boolean): Unit

  /** Ends the lives of all rows of a state; [[next]] gives their verdicts. */
  def end(state: SweepState): Unit

  /** Goes to the next row that leaves: then `left` and `right` are it, lent until the next call. */
  def next(): Boolean

  def left: UnsafeRow

  /** The right row of a pair; null where a left row leaves without one. */
  def right: UnsafeRow
}

/** The rows of one key that later ones may meet. */
trait SweepState {

  /** Rows held, for the limit on rows and the metric. */
  def size: Int

  /** Bytes of heap held, for the task's memory account. */
  def bytes: Long
}
