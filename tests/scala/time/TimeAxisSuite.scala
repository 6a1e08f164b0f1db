package penstock.time

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.types._
import org.scalatest.funsuite.AnyFunSuite

class TimeAxisSuite extends AnyFunSuite {

  private def row(value: Any): InternalRow = InternalRow(value)
  private def within(on: DataType, tolerance: Any, a: Any, b: Any): Boolean = {
    val axis = TimeAxis(on, Some(tolerance))
    axis.within(row(a), 0, row(b), 0) && axis.within(row(b), 0, row(a), 0)
  }

  test("a distance over the whole range of Long does not wrap") {
    assert(within(LongType, Long.MaxValue, -1L, Long.MaxValue - 1))
    assert(!within(LongType, Long.MaxValue, -2L, Long.MaxValue))
    assert(!within(LongType, 0L, Long.MinValue, Long.MaxValue))
    val axis = TimeAxis(LongType, None)
    assert(axis.compareDistance(row(0L), 0, row(Long.MinValue), 0, row(Long.MaxValue), 0) > 0)
  }

  test("the tolerance is inclusive, and 0 allows the same time only") {
    assert(within(LongType, 5L, 10L, 15L) && !within(LongType, 5L, 10L, 16L))
    assert(within(DateType, 0L, 3, 3) && !within(DateType, 0L, 3, 4))
    assert(within(ShortType, 1L, 3.toShort, 4.toShort) && within(ByteType, 1L, 3.toByte, 4.toByte))
  }

  test("at least so far apart: inclusive, over the whole range of Long, and never from NaN") {
    def apart(on: DataType, least: Any, a: Any, b: Any): Boolean =
      TimeAxis(on, Some(least)).apart(row(a), 0, row(b), 0)
    assert(apart(LongType, 5L, 10L, 15L) && !apart(LongType, 5L, 10L, 14L))
    assert(apart(LongType, Long.MaxValue, Long.MinValue, Long.MaxValue) && !apart(LongType, 1L, 7L, 7L))
    assert(apart(DoubleType, 0.5, 1.0, 1.5) && !apart(DoubleType, 0.0, Double.NaN, 1.0))
    assert(!apart(DoubleType, 0.5, Double.PositiveInfinity, Double.PositiveInfinity))
    val cent = BigDecimal("0.01")
    def d(text: String): Decimal = Decimal(BigDecimal(text), 9, 2)
    assert(apart(DecimalType(9, 2), cent, d("1.00"), d("1.01")) && !apart(DecimalType(9, 2), cent, d("1"), d("1")))
  }

  test(
    "floating point: −0.0 is 0.0, NaN is the greatest and within nothing, infinities are at no distance from themselves"
  ) {
    val axis = TimeAxis(DoubleType, None)
    assert(axis.compare(row(-0.0), 0, row(0.0), 0) == 0)
    assert(axis.compare(row(Double.NaN), 0, row(Double.PositiveInfinity), 0) > 0)
    assert(axis.compare(row(Double.NaN), 0, row(Double.NaN), 0) == 0)
    assert(!within(DoubleType, Double.MaxValue, Double.NaN, Double.NaN))
    assert(within(DoubleType, 0.0, Double.PositiveInfinity, Double.PositiveInfinity))
    assert(within(FloatType, 0.5, 1.0f, 1.5f) && !within(FloatType, 0.25, 1.0f, 1.5f))
  }

  test("decimals are measured exactly") {
    val on = DecimalType(38, 10)
    def d(text: String): Decimal = Decimal(BigDecimal(text), 38, 10)
    assert(
      within(
        on,
        BigDecimal("0.0000000001"),
        d("1234567890123456789012345678.0000000001"),
        d("1234567890123456789012345678")
      )
    )
    assert(
      !within(
        on,
        BigDecimal("0.0000000001"),
        d("1234567890123456789012345678.0000000002"),
        d("1234567890123456789012345678")
      )
    )
  }

  test("moved times saturate at the ends of the axis") {
    val axis = TimeAxis(LongType, None)
    def moved(by: Long, a: Long, b: Long): Int = axis.moved(by).compare(row(a), 0, row(b), 0)
    assert(moved(-5, 5L, 10L) == 0 && moved(-5, 4L, 10L) < 0 && moved(5, 16L, 10L) > 0)
    assert(moved(10, Long.MaxValue, Long.MaxValue - 3) == 0)
    assert(moved(-10, Long.MinValue, Long.MinValue + 3) == 0)
    assert(TimeAxis(DoubleType, None).moved(0.5).compare(row(1.5), 0, row(1.0), 0) == 0)
    val on = DecimalType(38, 10)
    def d(text: String): Decimal = Decimal(BigDecimal(text), 38, 10)
    val tiny = TimeAxis(on, None).moved(BigDecimal("-0.0000000001"))
    assert(
      tiny.compare(row(d("1234567890123456789012345678")), 0, row(d("1234567890123456789012345678.0000000001")), 0) == 0
    )
  }

  test("blocks lie at multiples of their length, below zero as well") {
    val grid = TimeAxis(LongType, None).grid(10).get
    assert(Seq(-11L, -10L, -1L, 0L, 9L, 10L).map(t => grid.block(row(t), 0, 0)) == Seq(-2, -1, -1, 0, 0, 1))
    assert(grid.block(row(5L), 0, 5) == 1 && grid.before(row(9L), 0, 1) && !grid.before(row(10L), 0, 1))
    assert(TimeAxis(DoubleType, None).grid(10).isEmpty)
  }

  private val axes: Seq[(DataType, Seq[Any], Seq[Any])] = {
    val wide = DecimalType(38, 10)
    val narrow = DecimalType(9, 2)
    def d(on: DecimalType, text: String): Decimal = Decimal(BigDecimal(text), on.precision, on.scale)
    val floating = Seq(Double.NegativeInfinity, -1e300, -2.5, -0.0, 0.0, 1e-300, 0.1, 0.3, 1e16, 1e300, Double.NaN)
    Seq(
      (
        LongType,
        Seq(Long.MinValue, Long.MinValue + 1, -7L, 0L, 3L, Long.MaxValue - 1, Long.MaxValue),
        Seq(-5L, 0L, 9L)
      ),
      (DateType, Seq(-9, 0, 5, Int.MaxValue), Seq(-3L, 4L)),
      (DoubleType, floating :+ Double.PositiveInfinity, Seq(-0.1, 0.2, 1e16, 1e300)),
      (
        wide,
        Seq("-1e20", "0", "0.0000000001", "1e20", "100000000000000000000.0000000001").map(d(wide, _)),
        Seq(BigDecimal("0.1"))
      ),
      (narrow, Seq("-1.25", "0", "9999999.99").map(d(narrow, _)), Seq(BigDecimal("0.005"), BigDecimal("-9999999.99")))
    )
  }

  for ((on, times, distances) <- axes)
    test(s"images of ${on.sql} are in the order of time, moved ones beyond all that a comparison reaches") {
      val axis = TimeAxis(on, None)
      for (a <- times; b <- times) {
        val c = axis.compare(row(a), 0, row(b), 0)
        val images = java.lang.Long.compare(axis.image(row(a), 0), axis.image(row(b), 0))
        assert(
          if (axis.faithful) java.lang.Integer.signum(images) == java.lang.Integer.signum(c)
          else images == 0 || java.lang.Integer.signum(images) == java.lang.Integer.signum(c),
          s"$a, $b"
        )
      }
      for (by <- distances; a <- times; b <- times if !axis.isNaN(row(a), 0) && !axis.isNaN(row(b), 0)) {
        // a right row at a, and a left row at b whose window has an end at b + by
        val c = axis.moved(by).compare(row(a), 0, row(b), 0)
        val left = axis.image(row(b), 0)
        val back = Durations.negated(by)
        if (c >= 0) assert(left <= axis.imageMoved(back, up = true).of(row(a), 0), s"$a lies from $b + $by on")
        if (c <= 0) assert(left >= axis.imageMoved(back, up = false).of(row(a), 0), s"$a lies up to $b + $by")
      }
    }
}
