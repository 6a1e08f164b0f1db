package penstock.exec

import org.apache.spark.memory.TaskMemoryManager
import org.apache.spark.sql.catalyst.expressions.UnsafeRow

import penstock.machine.{SweepMachine, SweepState}

/** The active rows of all keys of a sweep, counted in rows and bytes.
  *
  * @param maxRows
  *   rows that all states together may hold
  */
private[exec] final class SweepStates(machine: SweepMachine, memory: TaskMemoryManager, maxRows: Long) {
  import SweepStates._

  private val states = new java.util.HashMap[UnsafeRow, Held]
  private val account = new TaskAccount(memory)
  private var rows = 0L
  private var bytes = 0L
  private var granted = true
  private var many = Few

  /** Most rows held at any time. */
  var peakRows = 0L

  /** Most bytes held at any time. */
  var peakBytes = 0L

  def isEmpty: Boolean = states.isEmpty
  def size: Long = rows

  /** The state of a key, made where there is none. */
  def of(key: UnsafeRow): Held = {
    var held = states.get(key)
    if (held == null) {
      held = new Held(machine.newState(), EntryBytes + key.getSizeInBytes)
      states.put(key.copy(), held)
    }
    held
  }

  /** The state of a key, or null. */
  def find(key: UnsafeRow): Held = states.get(key)

  /** Counts what a state holds now; false where all of them have outgrown their limit. */
  def settle(held: Held): Boolean = {
    val nowRows = held.state.size
    val nowBytes = held.key + held.state.bytes
    count(nowRows - held.rows, nowBytes - held.bytes)
    held.rows = nowRows
    held.bytes = nowBytes
    granted && rows <= maxRows
  }

  private def count(moreRows: Int, moreBytes: Long): Unit = {
    if (moreBytes != 0) {
      bytes += moreBytes
      granted = account.add(moreBytes)
      if (bytes > peakBytes) peakBytes = bytes
    }
    rows += moreRows
    if (rows > peakRows) peakRows = rows
  }

  /** Whether keys have doubled since it was looked for those that hold nothing that lives: many come once only. */
  def due: Boolean = states.size >= many

  /** Drops what nothing that starts with or after a row can meet, and the keys that then hold nothing; whether half of
    * what there was is gone, so that the next time is far.
    */
  def purge(at: UnsafeRow, fromLeft: Boolean): Boolean = {
    val (rowsBefore, bytesBefore) = (rows, bytes)
    val each = states.values.iterator
    while (each.hasNext) {
      val held = each.next()
      machine.purge(held.state, at, fromLeft)
      settle(held): Unit
      if (held.rows == 0) {
        count(0, -held.bytes)
        each.remove()
      }
    }
    many = math.max(Few, 2 * states.size)
    rows <= rowsBefore / 2 && bytes <= bytesBefore / 2
  }

  def each: java.util.Iterator[Held] = states.values.iterator

  /** Forgets everything. */
  def clear(): Unit = {
    states.clear()
    rows = 0L
    bytes = 0L
    granted = true
    account.release()
  }
}

private[exec] object SweepStates {

  /** A hash map's entry, its slot, and the objects of a key. */
  private val EntryBytes = 112L

  /** So many keys are no reason to look. */
  private val Few = 4096

  /** A state, and what of it is in the account.
    *
    * @param key
    *   bytes that the key takes
    */
  final class Held(val state: SweepState, val key: Long) {
    var rows = 0
    var bytes = 0L
  }
}
