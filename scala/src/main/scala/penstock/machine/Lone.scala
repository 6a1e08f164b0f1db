package penstock.machine

import java.io.{ByteArrayInputStream, ByteArrayOutputStream, DataInputStream, DataOutputStream}

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions._
import org.apache.spark.sql.catalyst.expressions.aggregate.{ImperativeAggregate, TypedImperativeAggregate}

/** An aggregate that is kept by itself, because what it remembers of its rows is an object. */
private[machine] trait Lone {
  def fresh(): LoneState

  /** The state that [[LoneState.save]] made bytes of. */
  def load(bytes: Array[Byte]): LoneState

  /** Whether a row can be taken out again. */
  def reversible: Boolean
}

/** What a [[Lone]] aggregate remembers. */
private[machine] trait LoneState {
  def add(row: UnsafeRow): Unit

  /** Only where [[Lone.reversible]]. */
  def remove(row: UnsafeRow): Unit

  /** The aggregate of the rows in it; more may follow. */
  def value: Any

  /** Bytes it takes, about. */
  def bytes: Long

  /** As bytes; the state is given up. */
  def save(): Array[Byte]
}

/** Spark's aggregates over objects (lists, sketches, a team's own `Aggregator`): no row can be taken out again.
  *
  * @param function
  *   bound to the rows, its buffer's offsets zero
  */
private[machine] final class ObjectLone(function: ImperativeAggregate, filter: Option[BasePredicate]) extends Lone {
  private val types = function.aggBufferAttributes.map(_.dataType)

  def reversible: Boolean = false
  def fresh(): LoneState = new Objects

  def load(bytes: Array[Byte]): LoneState = {
    val there = function match {
      case _: TypedImperativeAggregate[_] => new GenericInternalRow(Array[Any](bytes))
      case _ => Lone.row(bytes, types.size)
    }
    val state = new Objects
    function.merge(state.buffer, there)
    state
  }

  private final class Objects extends LoneState {
    val buffer: InternalRow = new SpecificInternalRow(types)
    function.initialize(buffer)
    private var added = 0L

    def add(row: UnsafeRow): Unit = if (filter.forall(_.eval(row))) {
      function.update(buffer, row)
      added += row.getSizeInBytes.toLong
    }
    def remove(row: UnsafeRow): Unit = throw new UnsupportedOperationException(function.prettyName)
    def value: Any = function.eval(buffer)

    // A list holds what was added; a sketch holds less, and nobody can ask it how much.
    def bytes: Long = 128L + added

    def save(): Array[Byte] = function match {
      case typed: TypedImperativeAggregate[_] =>
        typed.serializeAggregateBufferInPlace(buffer)
        buffer.getBinary(0)
      case _ => UnsafeProjection.create(types.toArray)(buffer).getBytes
    }
  }
}

/** `count(distinct …)`: how often each value is there, so that a row can be taken out again.
  *
  * @param values
  *   what is counted, made of a row; a row with a null in it does not count
  */
private[machine] final class DistinctLone(values: UnsafeProjection, columns: Int, filter: Option[BasePredicate])
    extends Lone {

  def reversible: Boolean = true
  def fresh(): LoneState = new Counts

  def load(bytes: Array[Byte]): LoneState = {
    val in = new DataInputStream(new ByteArrayInputStream(bytes))
    val state = new Counts
    for (_ <- 0 until in.readInt()) {
      val value = new Array[Byte](in.readInt())
      in.readFully(value)
      state.more(Lone.row(value, columns)).n = in.readInt()
    }
    state
  }

  private final class Times { var n = 0 }

  private final class Counts extends LoneState {
    private val map = new java.util.HashMap[UnsafeRow, Times]
    var bytes = 64L

    def add(row: UnsafeRow): Unit = {
      val value = counted(row)
      if (value != null) more(value).n += 1
    }

    def remove(row: UnsafeRow): Unit = {
      val value = counted(row)
      if (value != null) {
        val times = map.get(value)
        times.n -= 1
        if (times.n == 0) {
          map.remove(value)
          bytes -= cost(value)
        }
      }
    }

    def value: Any = map.size.toLong

    def more(value: UnsafeRow): Times = {
      var times = map.get(value)
      if (times == null) {
        times = new Times
        map.put(value.copy(), times)
        bytes += cost(value)
      }
      times
    }

    def save(): Array[Byte] = {
      val bytes = new ByteArrayOutputStream
      val out = new DataOutputStream(bytes)
      out.writeInt(map.size)
      map.forEach { (value, times) =>
        out.writeInt(value.getSizeInBytes)
        out.write(value.getBytes)
        out.writeInt(times.n)
      }
      bytes.toByteArray
    }

    private def cost(value: UnsafeRow): Long = 112L + value.getSizeInBytes
  }

  private def counted(row: UnsafeRow): UnsafeRow =
    if (!filter.forall(_.eval(row))) null
    else {
      val value = values(row)
      if (value.anyNull) null else value
    }
}

private[machine] object Lone {
  def row(bytes: Array[Byte], columns: Int): UnsafeRow = {
    val row = new UnsafeRow(columns)
    row.pointTo(bytes, bytes.length)
    row
  }
}
