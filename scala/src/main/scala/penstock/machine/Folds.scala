package penstock.machine

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions._
import org.apache.spark.sql.catalyst.expressions.aggregate.DeclarativeAggregate

/** Aggregates that Spark writes as expressions over a buffer: rows are folded into it one by one, and the buffers of
  * earlier and later rows are merged. All of a call's share one buffer.
  *
  * @param functions
  *   each with its FILTER
  * @param right
  *   columns of the rows
  */
private[machine] final class Folds(
    functions: Seq[(DeclarativeAggregate, Option[Expression])],
    right: Seq[Attribute]
) {
  private val buffer = functions.flatMap(_._1.aggBufferAttributes)

  private val initial: InternalRow = {
    val values = functions.flatMap(_._1.initialValues).map(_.eval())
    val row = new GenericInternalRow(values.toArray[Any])
    // Of fixed size: one array of bytes, copied at once.
    if (buffer.forall(a => UnsafeRow.isMutable(a.dataType)))
      UnsafeProjection.create(buffer.map(_.dataType).toArray)(row)
    else row
  }

  private val folding = {
    val updates = functions.flatMap {
      case (f, None) => f.updateExpressions
      case (f, Some(filter)) => f.updateExpressions.zip(f.aggBufferAttributes).map { case (u, a) => If(filter, u, a) }
    }
    MutableProjection.create(updates, buffer ++ right)
  }
  private val merging = {
    val incoming = functions.flatMap(_._1.inputAggBufferAttributes)
    MutableProjection.create(functions.flatMap(_._1.mergeExpressions), buffer ++ incoming)
  }
  private val evaluating = MutableProjection.create(functions.map(_._1.evaluateExpression), buffer)
  private val joined = new JoinedRow

  /** Whether there are any. */
  val used: Boolean = functions.nonEmpty

  /** Bytes that a buffer takes, about. */
  val bytes: Long = initial match {
    case u: UnsafeRow => 64L + u.getSizeInBytes
    case _ => 64L + buffer.map(a => 24L + a.dataType.defaultSize).sum
  }

  /** The aggregate of no rows. */
  def fresh(): InternalRow = if (used) initial.copy() else initial

  def fold(into: InternalRow, row: UnsafeRow): Unit = if (used) {
    folding.target(into)(joined(into, row))
    ()
  }

  /** Takes the aggregate of later rows into that of earlier ones. */
  def merge(into: InternalRow, later: InternalRow): Unit = if (used) {
    merging.target(into)(joined(into, later))
    ()
  }

  /** The functions' values, lent until the next call. */
  def values(of: InternalRow): InternalRow = evaluating(of)

  def save(state: InternalRow): Array[Byte] = UnsafeProjection.create(buffer.map(_.dataType).toArray)(state).getBytes

  /** The buffer that [[save]] made bytes of. */
  def load(bytes: Array[Byte]): InternalRow = {
    val into = fresh()
    merge(into, Lone.row(bytes, buffer.size))
    into
  }
}
