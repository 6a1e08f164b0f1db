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

  private val states = new KeyTable[Counted]
  private val account = new TaskAccount(memory)
  private var rows = 0L
  private var bytes = 0L
  private var fits = true

  /** Most rows held at any time. */
  var peakRows = 0L

  /** Most bytes held at any time. */
  var peakBytes = 0L

  /** The state of a key, or null where none of its right rows has come. */
  def of(key: UnsafeRow): KeyState = {
    val counted = states.get(key)
    if (counted == null) null else counted.state
  }

  /** Lets the machine take in a right row of this key; false where the states have outgrown their limit. */
  def absorb(key: UnsafeRow, right: UnsafeRow): Boolean = {
    var counted = states.get(key)
    if (counted == null) {
      counted = new Counted(machine.newState())
      counted.bytes = -(KeyedStates.EntryBytes + key.getSizeInBytes)
      states.put(key, counted)
    }
    val state = counted.state
    machine.absorb(state, right)
    val nowRows = state.size
    val nowBytes = state.bytes
    count(nowRows - counted.rows, nowBytes - counted.bytes)
    counted.rows = nowRows
    counted.bytes = nowBytes
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

  /** What is remembered, as right rows. */
  def remembered: Iterator[UnsafeRow] = states.values.flatMap(_.state.rows)

  /** Forgets everything. */
  def clear(): Unit = {
    states.values.foreach(_.state.close())
    states.clear()
    rows = 0L
    bytes = 0L
    fits = true
    account.release()
  }
}

/** A state, and what of it is in the account: an answer changes a state too. */
private[exec] final class Counted(val state: KeyState) {
  var rows = 0
  var bytes = 0L
}

private[exec] object KeyedStates {

  /** An entry's places in the table, at its emptiest, and the objects of a key. */
  private val EntryBytes = 112L
}
