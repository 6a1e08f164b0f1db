package penstock.time

import java.time.{Duration, Period}

import org.apache.spark.sql.types._
import org.scalatest.funsuite.AnyFunSuite

class DurationsSuite extends AnyFunSuite {

  private val decimal = DecimalType(20, 4)

  private val read: Seq[(Any, DataType, Any)] = Seq(
    ("5 minutes", TimestampType, 300000000L),
    ("interval 5 minutes", TimestampNTZType, 300000000L),
    ("1 day 2 hours", TimestampType, 93600000000L),
    ("PT5M", TimestampType, 300000000L),
    ("0.5 seconds", TimestampType, 500000L),
    ("7 microseconds", TimestampType, 7L),
    (Duration.ofSeconds(3), TimestampType, 3000000L),
    ("2 days", DateType, 2L),
    (Duration.ofDays(2), DateType, 2L),
    (3, IntegerType, 3L),
    (3L, ShortType, 3L),
    (3, LongType, 3L),
    (3, decimal, BigDecimal(3)),
    (new java.math.BigDecimal("0.25"), decimal, BigDecimal("0.25")),
    (0.25, DoubleType, 0.25),
    (2, FloatType, 2.0),
    (Double.PositiveInfinity, DoubleType, Double.PositiveInfinity)
  )

  for ((value, on, expected) <- read) test(s"$value on ${on.sql} is $expected") {
    assert(Durations.read(value, on) == Right(expected))
  }

  private val refused: Seq[(Any, DataType)] = Seq(
    ("soon", TimestampType),
    ("1 month", TimestampType),
    ("P1Y", TimestampType),
    (Period.ofMonths(1), TimestampType),
    (5, TimestampType),
    (Duration.ofNanos(1), TimestampType),
    ("300000000 days 1000000000000 hours", TimestampType),
    ("36 hours", DateType),
    (2, DateType),
    ("5 minutes", LongType),
    (0.5, LongType),
    (new java.math.BigInteger("9223372036854775808"), LongType),
    (0.25, decimal),
    ("1", decimal),
    ("1", DoubleType),
    (Double.NaN, DoubleType)
  )

  for ((value, on) <- refused) test(s"$value on ${on.sql} is refused") {
    assert(Durations.read(value, on).isLeft)
  }

  test("below zero") {
    assert(Durations.isNegative(Durations.read("-5 minutes", TimestampType).toOption.get))
    assert(Durations.isNegative(BigDecimal(-1)) && Durations.isNegative(-0.5) && !Durations.isNegative(0L))
  }

  test("nothing has no unit") {
    for (none <- Seq[Any]("0", 0, 0L); on <- Seq(TimestampType, DateType)) assert(Durations.read(none, on) == Right(0L))
    assert(Durations.read(1, TimestampType).isLeft)
  }

  test("compared and subtracted, without wrapping") {
    assert(Durations.less(-1L, 0L) && !Durations.less(0L, 0L) && Durations.less(BigDecimal(1), BigDecimal(2)))
    assert(Durations.minus(Long.MinValue, 1L) == Long.MinValue && Durations.minus(Long.MaxValue, -1L) == Long.MaxValue)
    assert(Durations.minus(3L, 5L) == -2L && Durations.minus(0.5, 0.25) == 0.25)
  }
}
