package penstock.machine

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions._
import org.apache.spark.sql.catalyst.expressions.aggregate.{
  AggregateFunction,
  Count,
  DeclarativeAggregate,
  ImperativeAggregate
}

/** One of the aggregates that a call's texts are made of.
  *
  * @param distinct
  *   only with `Count`
  */
final case class Aggregated(function: AggregateFunction, distinct: Boolean, filter: Option[Expression]) {
  def children: Seq[Expression] = function +: filter.toSeq
}

/** A call's aggregates in a task, bound to the right rows; shared by all keys and windows.
  *
  * @param results
  *   what leaves, over the functions' values by their place
  */
private[machine] final class WindowFunctions(
    functions: Seq[Aggregated],
    results: Seq[Expression],
    right: Seq[Attribute]
) {
  private val (folded, alone) = functions.zipWithIndex.partition {
    case (Aggregated(_: DeclarativeAggregate, distinct, _), _) => !distinct
    case _ => false
  }

  val folds: Folds =
    new Folds(folded.map { case (a, _) => (a.function.asInstanceOf[DeclarativeAggregate], a.filter) }, right)

  val lones: Array[Lone] = alone.map { case (a, _) => lone(a) }.toArray

  private val foldAt = folded.map(_._2).toArray
  private val loneAt = alone.map(_._2).toArray
  private val types = functions.map(_.function.dataType).toArray
  private val values = new GenericInternalRow(new Array[Any](functions.size))
  private val finish: MutableProjection = MutableProjection.create(results)

  private def lone(a: Aggregated): Lone = {
    val filter = a.filter.map(f => Predicate.create(BindReferences.bindReference(f, AttributeSeq(right))))
    a.function match {
      case count: Count => new DistinctLone(UnsafeProjection.create(count.children, right), count.children.size, filter)
      case function: ImperativeAggregate =>
        val own = function.withNewMutableAggBufferOffset(0).withNewInputAggBufferOffset(0)
        val bound = BindReferences.bindReference[Expression](own, AttributeSeq(right))
        new ObjectLone(bound.asInstanceOf[ImperativeAggregate], filter)
      case other => throw new IllegalStateException(s"no way to keep ${other.prettyName}")
    }
  }

  /** Writes the results of one window behind each other.
    *
    * @param buffer
    *   of the folded functions
    * @param lone
    *   the values of the others, in their order
    */
  def write(buffer: InternalRow, lone: Array[Any], into: Array[Any], at: Int): Unit = {
    if (folds.used) {
      val of = folds.values(buffer)
      var i = 0
      while (i < foldAt.length) {
        values(foldAt(i)) = of.get(i, types(foldAt(i)))
        i += 1
      }
    }
    var i = 0
    while (i < loneAt.length) {
      values(loneAt(i)) = lone(i)
      i += 1
    }
    val row = finish(values)
    i = 0
    while (i < results.size) {
      into(at + i) = row.get(i, results(i).dataType)
      i += 1
    }
  }

  /** The results over no rows. */
  def writeNothing(into: Array[Any], at: Int): Unit =
    write(folds.fresh(), lones.map(_.fresh().value), into, at)
}
