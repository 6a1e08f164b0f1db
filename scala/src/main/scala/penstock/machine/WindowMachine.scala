package penstock.machine

import java.io.{ByteArrayInputStream, ByteArrayOutputStream, DataInputStream, DataOutputStream}

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions._
import org.apache.spark.sql.types.{BinaryType, DataType}

/** The aggregates of the right rows in each of some windows round a left row.
  *
  * @param results
  *   columns of one window's results
  * @param types
  *   of the right columns
  */
private[machine] final class WindowMachine(rules: WindowRules, results: Int, types: Seq[DataType])
    extends MergeMachine {
  private val width = types.size
  private val values: Array[Any] = rules.empty()
  private val answered: InternalRow = new GenericInternalRow(values)

  /** Windows without a lower end have forgotten their rows: their buffers travel in the first row. */
  override val carried: Seq[DataType] = if (rules.running) Seq(BinaryType) else Nil

  private lazy val narrow = UnsafeProjection.create(references)
  private lazy val plain = UnsafeProjection.create(references :+ Literal(null, BinaryType))
  private lazy val carrying = UnsafeProjection.create(references :+ BoundReference(width, BinaryType, nullable = true))
  private lazy val joined = new JoinedRow
  private def references: Seq[Expression] =
    types.zipWithIndex.map { case (t, i) => BoundReference(i, t, nullable = true) }

  private final class Kept extends KeyState {
    val ring = new RowRing
    val each: Array[KeptWindow] = rules.keep(ring)

    /** The key's first row: its place is before all others when its buffers travel. */
    var first: UnsafeRow = _

    def size: Int = ring.size + (if (first == null) 0 else 1)
    def bytes: Long = {
      var sum = 96L + ring.bytes
      var i = 0
      while (i < each.length) {
        sum += each(i).bytes
        i += 1
      }
      sum
    }

    def rows: Iterator[UnsafeRow] = {
      val held = Iterator.range(0, ring.size).map(i => ring(ring.first + i))
      if (first == null) held // nothing is carried, or nothing has come
      else Iterator.single(carrying(joined(first, new GenericInternalRow(Array[Any](save()))))) ++ held.map(plain(_))
    }

    private def save(): Array[Byte] = {
      val bytes = new ByteArrayOutputStream
      val out = new DataOutputStream(bytes)
      each.foreach {
        case running: RunningWindow => running.save(out)
        case _ =>
      }
      bytes.toByteArray
    }

    def load(bytes: Array[Byte]): Unit = {
      val in = new DataInputStream(new ByteArrayInputStream(bytes))
      each.foreach {
        case running: RunningWindow => running.load(in)
        case _ =>
      }
    }

    /** A row of a later time comes. */
    def advance(newest: UnsafeRow): Unit = {
      var i = 0
      while (i < each.length) {
        each(i).advance(newest)
        i += 1
      }
      trim()
    }

    def trim(): Unit = {
      var needed = ring.end
      var i = 0
      while (i < each.length) {
        needed = math.min(needed, each(i).needs)
        i += 1
      }
      ring.dropTo(needed)
    }
  }

  def newState(): KeyState = new Kept

  def absorb(state: KeyState, right: UnsafeRow): Unit = {
    val kept = state.asInstanceOf[Kept]
    if (right.numFields > width && !right.isNullAt(width)) {
      kept.first = narrow(right).copy()
      kept.load(right.getBinary(width))
    } else {
      if (carried.nonEmpty && kept.first == null) kept.first = narrow(right).copy()
      if (kept.ring.size > 0 && !rules.sameTime(kept.ring(kept.ring.end - 1), right)) {
        kept.advance(right)
      }
      kept.ring.append(right.copy())
      settle(kept.ring)
    }
  }

  /** Brings the newest row to its place among those of its time. */
  private def settle(ring: RowRing): Unit = {
    var n = ring.end - 1
    while (n > ring.first && rules.before(ring(n), ring(n - 1))) {
      ring.swap(n, n - 1)
      n -= 1
    }
  }

  def answer(state: KeyState, left: UnsafeRow): InternalRow =
    if (state == null || rules.unplaced(left)) null
    else {
      val kept = state.asInstanceOf[Kept]
      var i = 0
      while (i < kept.each.length) {
        kept.each(i).answer(left, values, i * results)
        i += 1
      }
      kept.trim()
      answered
    }
}
