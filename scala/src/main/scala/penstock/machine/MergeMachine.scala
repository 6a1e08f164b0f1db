package penstock.machine

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.UnsafeRow
import org.apache.spark.sql.types.DataType

/** What happens inside one key when two tables are merged in time.
  *
  * Fed the right rows of all keys in time order, and asked for each left row as its time comes; knows no session,
  * partition or plan. All memory is in the states, one per key, which the operator owns: it counts them, and when they
  * outgrow their limit it asks for them back as rows and runs the keys one after another.
  *
  * Laws, held by `MachineLaws` for every machine:
  *   - ''fresh'': an answer depends on rows of its own key only;
  *   - ''causal'': an answer depends only on right rows absorbed before it was asked for;
  *   - ''lent rows'': a row given to a machine is only lent and changes afterwards; what is kept is a copy;
  *   - ''order'': right rows of equal time may come in any order;
  *   - ''portable'': absorbing `state.rows` in a new state gives the same answers as `state`. It is what makes a state
  *     something that can be spilled, moved to another operator and combined: a state's portable form is rows.
  */
trait MergeMachine {

  /** Columns that the rows of a state have behind the right ones, for what no right row can say. Null in an ordinary
    * row.
    */
  def carried: Seq[DataType] = Nil

  def newState(): KeyState

  /** Takes in a right row, or a row of a state's; time never runs backwards between two calls for one state. */
  def absorb(state: KeyState, right: UnsafeRow): Unit

  /** The right side that answers a left row, or null where nothing does. Lent until the next call.
    *
    * @param state
    *   null where no right row of the key has come
    */
  def answer(state: KeyState, left: UnsafeRow): InternalRow
}

/** What a machine remembers of one key. */
trait KeyState {

  /** Rows and bytes of it that are in the operator's account, which alone writes them: with an object beside each state
    * for them, every right row would miss the cache once more.
    */
  private[penstock] final var accountedRows: Int = 0
  private[penstock] final var accountedBytes: Long = 0L

  /** Bytes of heap held, for the task's memory account. */
  def bytes: Long

  /** Rows held, for the limit on rows and the metric. */
  def size: Int

  /** What is remembered, as right rows with what is [[MergeMachine.carried]] behind them, in time order. Asked for
    * once, at the end.
    */
  def rows: Iterator[UnsafeRow]

  /** Gives back what is held outside the heap. */
  def close(): Unit = ()
}
