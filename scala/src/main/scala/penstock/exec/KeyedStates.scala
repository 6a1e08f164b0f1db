package penstock.exec

import org.apache.spark.memory.TaskMemoryManager
import org.apache.spark.sql.catalyst.expressions.UnsafeRow

import penstock.machine.{KeyState, MergeMachine}

/** The states of the keys that a task is in the middle of, counted in rows and bytes.
  *
  * @param maxRows
  *   rows that all states together may hold
  */
private[exec] final class KeyedStates(machine: MergeMachine, memory: TaskMemoryManager, maxRows: Long) {

  private val states = new KeyTable[KeyState]
  private val account = new TaskAccount(memory)
  private var rows = 0L
  private var bytes = 0L
  private var fits = true

  /** Most rows held at any time. */
  var peakRows = 0L

  /** Most bytes held at any time. */
  var peakBytes = 0L

  /** The state of a key, or null where none of its right rows has come. */
  def of(key: UnsafeRow): KeyState = states.get(key)

  /** Lets the machine take in a right row of this key; false where the states have outgrown their limit. */
  def absorb(key: UnsafeRow, right: UnsafeRow): Boolean = {
    var state = states.get(key)
    if (state == null) {
      state = machine.newState()
      state.accountedBytes = -(KeyedStates.EntryBytes + key.getSizeInBytes)
      states.put(key, state)
    }
    machine.absorb(state, right)
    val nowRows = state.size
    val nowBytes = state.bytes
    count(nowRows - state.accountedRows, nowBytes - state.accountedBytes)
    state.accountedRows = nowRows
    state.accountedBytes = nowBytes
    fits
  }

  private def count(moreRows: Int, moreBytes: Long): Unit = {
    if (moreBytes != 0) {
      bytes += moreBytes
      if (!account.add(moreBytes)) fits = false
      if (bytes > peakBytes) peakBytes = bytes
    }
    if (moreRows != 0) {
      rows += moreRows
      if (rows > maxRows) fits = false
      if (rows > peakRows) peakRows = rows
    }
  }

  /** What is remembered, as right rows, for a sort that takes over the memory with them: where states had grown until
    * there was none left, it could not even begin. A state is forgotten once its rows were read.
    */
  def handedOver: Iterator[UnsafeRow] = {
    account.lendHalf()
    states.drained.flatMap(state => state.rows ++ forgotten(state))
  }

  private def forgotten(state: KeyState): Iterator[UnsafeRow] = {
    state.close()
    account.letGo(state.accountedBytes)
    Iterator.empty
  }

  /** Forgets everything. */
  def clear(): Unit = {
    states.values.foreach(_.close())
    states.clear()
    rows = 0L
    bytes = 0L
    fits = true
    account.release()
  }
}

private[exec] object KeyedStates {

  /** An entry's places in the table, at its emptiest, and the word before a key's bytes. */
  private val EntryBytes = 88L
}
