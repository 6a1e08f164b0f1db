package penstock.plan

import org.apache.spark.sql.catalyst.expressions.{Expression, UnaryExpression}
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback
import org.apache.spark.sql.types._

/** A time of whole numbers less a distance; beyond an end of its type it is that end. Evaluated once for a query. */
final case class TimeLess(child: Expression, by: Long) extends UnaryExpression with CodegenFallback {

  override def dataType: DataType = child.dataType

  override protected def nullSafeEval(time: Any): Any = {
    val exact = BigInt(time.asInstanceOf[Number].longValue) - by
    def within(low: Long, high: Long): Long = exact.max(low).min(high).toLong
    dataType match {
      case ByteType => within(Byte.MinValue, Byte.MaxValue).toByte
      case ShortType => within(Short.MinValue, Short.MaxValue).toShort
      case IntegerType | DateType => within(Int.MinValue, Int.MaxValue).toInt
      case _ => within(Long.MinValue, Long.MaxValue)
    }
  }

  override protected def withNewChildInternal(newChild: Expression): TimeLess = copy(child = newChild)
}
