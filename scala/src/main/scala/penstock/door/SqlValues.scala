package penstock.door

import java.time.{Duration, Period}
import java.time.temporal.ChronoUnit

import scala.collection.immutable.ListMap
import scala.util.control.NonFatal

import org.apache.spark.sql.catalyst.CatalystTypeConverters
import org.apache.spark.sql.catalyst.expressions.{Alias, Expression}
import org.apache.spark.sql.catalyst.optimizer.{ComputeCurrentTime, ReplaceExpressions}
import org.apache.spark.sql.catalyst.plans.logical.{OneRowRelation, Project}
import org.apache.spark.sql.catalyst.util.{ArrayData, MapData}
import org.apache.spark.sql.types.{DataType, MapType}
import org.apache.spark.unsafe.types.CalendarInterval

/** Constants of a SQL call as plain values: text, numbers, `Duration`, `Period`, `Seq`, `Map`; NULL is null. */
object SqlValues {

  /** The value, or why there is none (as the tail of a sentence). */
  def read(scalar: Expression): Either[String, Any] =
    if (!scalar.foldable) Left("")
    else
      try {
        val ready = evaluable(scalar)
        Right(plain(converted(ready.eval(), ready.dataType)))
      } catch {
        case NonFatal(e) => Left(s" (${Option(e.getMessage).getOrElse(e.toString).linesIterator.next()})")
      }

  /** Spark's own conversion of a map forgets the order of its entries. */
  private def converted(value: Any, dataType: DataType): Any = (value, dataType) match {
    case (map: MapData, MapType(keys, values, _)) =>
      def each(data: ArrayData, of: DataType): Seq[Any] = data.toSeq[Any](of).map(converted(_, of))
      ListMap(each(map.keyArray(), keys).zip(each(map.valueArray(), values)): _*)
    case _ => CatalystTypeConverters.convertToScala(value, dataType)
  }

  /** Some constants, such as `current_date()`, have a value only after the optimiser has replaced them. */
  private def evaluable(scalar: Expression): Expression = {
    val query = Project(Seq(Alias(scalar, "value")()), OneRowRelation())
    ComputeCurrentTime(ReplaceExpressions(query)).expressions.head match {
      case Alias(ready, _) => ready
      case ready => ready
    }
  }

  /** An interval of the old kind is a duration or a period where it has one part only; a mixed one stays. */
  private def plain(value: Any): Any = value match {
    case i: CalendarInterval if i.months == 0 => Duration.ofDays(i.days.toLong).plus(i.microseconds, ChronoUnit.MICROS)
    case i: CalendarInterval if i.days == 0 && i.microseconds == 0 => Period.ofMonths(i.months)
    case s: scala.collection.Seq[_] => s.map(plain).toSeq
    case m: ListMap[_, _] => ListMap(m.toSeq.map { case (k, v) => k -> plain(v) }: _*)
    case other => other
  }
}
