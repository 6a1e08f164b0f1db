package penstock.machine

import java.io.{DataInputStream, DataOutputStream}

import org.apache.spark.sql.catalyst.expressions.UnsafeRow

import penstock.time.Moved

/** A window without a lower end: what has entered stays, so a row is taken in once and forgotten.
  *
  * Bound: one buffer, and what lists and distinct values hold.
  *
  * @param settled
  *   rows before the newest one moved by this are in the window of every left row to come; null where that is unknown
  */
private[machine] final class RunningWindow(functions: WindowFunctions, reach: Reach, ring: RowRing, settled: Moved)
    extends KeptWindow {
  private val folds = functions.folds
  private val lones = functions.lones
  private var buffer = folds.fresh()
  private val states = lones.map(_.fresh())
  private val values = new Array[Any](lones.length)

  /** Rows before this one are in. */
  private var taken = ring.first

  def needs: Long = taken

  def bytes: Long = {
    var sum = folds.bytes
    var i = 0
    while (i < states.length) {
      sum += states(i).bytes
      i += 1
    }
    sum
  }

  def advance(newest: UnsafeRow): Unit =
    if (settled != null)
      while (taken < ring.end && settled.compare(ring(taken), reach.time, newest, reach.time) < 0) take()

  def answer(left: UnsafeRow, into: Array[Any], at: Int): Unit = {
    while (taken < ring.end && reach.entered(ring(taken), left)) take()
    var i = 0
    while (i < states.length) {
      values(i) = states(i).value
      i += 1
    }
    functions.write(buffer, values, into, at)
  }

  private def take(): Unit = {
    val row = ring(taken)
    folds.fold(buffer, row)
    var i = 0
    while (i < states.length) {
      states(i).add(row)
      i += 1
    }
    taken += 1
  }

  /** Writes what is in, and how many of the rows in the ring that covers. */
  def save(out: DataOutputStream): Unit = {
    out.writeLong(taken - ring.first)
    (folds.save(buffer) +: states.map(_.save())).foreach { bytes =>
      out.writeInt(bytes.length)
      out.write(bytes)
    }
  }

  def load(in: DataInputStream): Unit = {
    taken = ring.first + in.readLong()
    def next(): Array[Byte] = {
      val bytes = new Array[Byte](in.readInt())
      in.readFully(bytes)
      bytes
    }
    buffer = folds.load(next())
    for (i <- states.indices) states(i) = lones(i).load(next())
  }
}
