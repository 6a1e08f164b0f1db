package penstock.machine

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.UnsafeRow

/** What happens inside one key where all of its right rows are there before the first left row comes: left rows need no
  * order, each is looked up by itself.
  *
  * An answer is that of the [[MergeMachine]] of the same merge, fed in order.
  */
trait SeekMachine {

  def newIndex(): KeyIndex

  /** Takes in a right row, in the order of the pass; it is kept, not copied. */
  def add(index: KeyIndex, right: UnsafeRow): Unit

  /** Told when the index has all of its rows; from here on any number of tasks may read it. */
  def close(index: KeyIndex): Unit

  /** The right side that answers a left row, or null where nothing does. Lent until the next call. */
  def answer(index: KeyIndex, left: UnsafeRow): InternalRow

  /** The same for any left row of this time, where [[Passes.Seeking]] says that nothing else of it counts. */
  def answerAt(index: KeyIndex, time: Long): UnsafeRow
}

/** The right rows of one key, ready to be looked up. */
trait KeyIndex
