package penstock.time

import java.time.Duration
import java.time.format.DateTimeParseException
import java.util.Locale

import scala.util.Try

import org.apache.spark.sql.catalyst.util.IntervalUtils
import org.apache.spark.sql.types._
import org.apache.spark.unsafe.types.UTF8String

/** Reads a duration against the type of the time column it is measured on.
  *
  * The result is what [[TimeAxis]] takes: microseconds on timestamps, days on dates, a Long on integers, a BigDecimal
  * on decimals, a Double on floating point. It never passes through a double on the way to anything but a double.
  */
object Durations {

  private val MicrosPerDay = 86400000000L

  /** The duration, or why it is none: a phrase that completes "must be …". */
  def read(value: Any, on: DataType): Either[String, Any] = on match {
    case TimestampType | TimestampNTZType => micros(value, "a duration such as '5 minutes'")
    case DateType => days(value)
    case FloatType | DoubleType => floating(value)
    case _: DecimalType => decimal(value)
    case _ => whole(value, on)
  }

  /** Whether a duration that [[read]] gave lies below zero. */
  def isNegative(duration: Any): Boolean = duration match {
    case n: Long => n < 0
    case d: Double => d < 0
    case b: BigDecimal => b.signum < 0
  }

  /** Whether the first of two durations of one time type is the shorter one. */
  def less(a: Any, b: Any): Boolean = (a, b) match {
    case (x: Long, y: Long) => x < y
    case (x: Double, y: Double) => x < y
    case (x: BigDecimal, y: BigDecimal) => x < y
    case _ => throw new IllegalArgumentException(s"durations of two types: $a, $b")
  }

  /** How much longer the first of two durations of one time type is; beyond the range of a Long, the end of it. */
  def minus(a: Any, b: Any): Any = (a, b) match {
    case (x: Long, y: Long) => Try(Math.subtractExact(x, y)).getOrElse(if (x < y) Long.MinValue else Long.MaxValue)
    case (x: Double, y: Double) => x - y
    case (x: BigDecimal, y: BigDecimal) => x - y
    case _ => throw new IllegalArgumentException(s"durations of two types: $a, $b")
  }

  /** The same distance the other way. */
  def negated(a: Any): Any = a match {
    case x: Long => if (x == Long.MinValue) Long.MaxValue else -x
    case x: Double => -x
    case x: BigDecimal => -x
  }

  private def micros(value: Any, expects: String): Either[String, Long] = value match {
    case d: Duration => toMicros(d).toRight(s"$expects, of whole microseconds within ±292 000 years")
    case _: java.time.Period => Left(s"$expects; months and years have no fixed length")
    case s: CharSequence => parse(s.toString.trim, expects)
    case n @ (_: Byte | _: Short | _: Int | _: Long) if n.asInstanceOf[Number].longValue == 0 => Right(0L)
    case _ => Left(s"$expects on a time column of a date or timestamp type")
  }

  private def parse(text: String, expects: String): Either[String, Long] =
    if (text == "0") Right(0L) // nothing has no unit
    else if (text.toUpperCase(Locale.ROOT).matches("[+-]?P.*")) {
      try toMicros(Duration.parse(text)).toRight(expects)
      catch { case _: DateTimeParseException => Left(s"$expects or ISO-8601 such as 'PT5M'") }
    } else {
      Option(IntervalUtils.safeStringToInterval(UTF8String.fromString(text))) match {
        case None => Left(expects)
        case Some(i) if i.months != 0 => Left(s"$expects; months and years have no fixed length")
        case Some(i) =>
          Try(Math.addExact(Math.multiplyExact(i.days.toLong, MicrosPerDay), i.microseconds)).toOption.toRight(expects)
      }
    }

  private def toMicros(d: Duration): Option[Long] =
    if (d.getNano % 1000 != 0) None
    else Try(Math.addExact(Math.multiplyExact(d.getSeconds, 1000000L), d.getNano / 1000L)).toOption

  private def days(value: Any): Either[String, Long] = {
    val expects = "a duration of whole days such as '2 days' on a DATE column"
    micros(value, expects).flatMap(m => if (m % MicrosPerDay == 0) Right(m / MicrosPerDay) else Left(expects))
  }

  private def whole(value: Any, on: DataType): Either[String, Long] = {
    val expects = s"a whole number on a time column of type ${on.sql}"
    value match {
      case n @ (_: Byte | _: Short | _: Int | _: Long) => Right(n.asInstanceOf[Number].longValue)
      case b: java.math.BigInteger if b.bitLength < 64 => Right(b.longValue)
      case _ => Left(expects)
    }
  }

  private def decimal(value: Any): Either[String, BigDecimal] = value match {
    case n @ (_: Byte | _: Short | _: Int | _: Long) => Right(BigDecimal(n.asInstanceOf[Number].longValue))
    case b: java.math.BigInteger => Right(BigDecimal(BigInt(b)))
    case b: java.math.BigDecimal => Right(BigDecimal(b))
    case b: BigDecimal => Right(b)
    case _ => Left("a whole number or a decimal on a DECIMAL time column, not a float")
  }

  private def floating(value: Any): Either[String, Double] = value match {
    case n: Number if !n.doubleValue.isNaN => Right(n.doubleValue)
    case b: BigDecimal => Right(b.doubleValue)
    case _ => Left("a number on a floating-point time column")
  }
}
