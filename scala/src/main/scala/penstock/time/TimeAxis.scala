package penstock.time

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.types._

/** How the values of one time type are ordered and how far apart they lie, read straight from rows.
  *
  * Both columns of a call have one type, so one axis serves both. Nothing here allocates on the long axes, and a
  * distance never overflows: it is compared as an unsigned number or in exact arithmetic.
  */
sealed abstract class TimeAxis extends Image {

  /** Orders two times that are not null; NaN is the greatest, −0.0 equals 0.0, as Spark sorts. */
  def compare(a: InternalRow, i: Int, b: InternalRow, j: Int): Int

  /** Whether `a` comes before `b`, neither null, as time runs; `equalFirst` where they are the same time. */
  final def precedes(
      a: InternalRow,
      i: Int,
      b: InternalRow,
      j: Int,
      descending: Boolean,
      equalFirst: Boolean
  ): Boolean = {
    val c = compare(a, i, b, j)
    if (c == 0) equalFirst else if (descending) c > 0 else c < 0
  }

  /** Whether two times that are not null lie at most `tolerance` apart. Never for NaN. */
  def within(a: InternalRow, i: Int, b: InternalRow, j: Int): Boolean

  /** Whether two times that are not null lie at least `tolerance` apart. Never for NaN. */
  def apart(a: InternalRow, i: Int, b: InternalRow, j: Int): Boolean

  /** Compares the distance of `a` from `t` with the distance of `b` from `t`; none is null or NaN. */
  def compareDistance(t: InternalRow, k: Int, a: InternalRow, i: Int, b: InternalRow, j: Int): Int

  /** The axis moved by a distance that [[Durations]] read for its type. */
  def moved(by: Any): Moved

  /** The axis where it lies. */
  final def unmoved: Moved = new Moved {
    def compare(a: InternalRow, i: Int, b: InternalRow, j: Int): Int = TimeAxis.this.compare(a, i, b, j)
  }

  /** The axis cut into blocks of one length, at its absolute multiples; None where it has no whole numbers. */
  def grid(length: Long): Option[Grid] = None

  /** The time as a number of the same order: an earlier time never has the greater one. */
  def image(row: InternalRow, i: Int): Long

  final def of(row: InternalRow, i: Int): Long = image(row, i)

  /** The image of times moved by a distance. Where rounding leaves doubt, of a time a little further `up` or down. */
  def imageMoved(by: Any, up: Boolean): Image

  /** Whether different times have different images, so that images say all there is to know. */
  def faithful: Boolean = true

  /** Whether times are whole numbers, which are their own images. */
  def whole: Boolean = false

  /** [[within]] of whole numbers. */
  def imagesWithin(a: Long, b: Long): Boolean = throw new UnsupportedOperationException("times are no whole numbers")

  /** Whether the time is no point on the axis that a distance could be measured from. */
  def isNaN(row: InternalRow, i: Int): Boolean = false
}

/** A number for each time, in the order of time. */
trait Image extends Serializable {
  def of(row: InternalRow, i: Int): Long
}

/** Orders times against times that lie a fixed distance away; a sum beyond an end of the axis is that end. */
trait Moved extends Serializable {

  /** Orders `a` against `b` moved by the distance; none is null. */
  def compare(a: InternalRow, i: Int, b: InternalRow, j: Int): Int
}

/** Blocks of one length, numbered from the axis' zero. */
trait Grid extends Serializable {

  /** The block that a time moved by a distance lies in. */
  def block(row: InternalRow, i: Int, by: Long): Long

  /** Whether a time lies before a block. */
  def before(row: InternalRow, i: Int, block: Long): Boolean
}

object TimeAxis {

  /** Whether a column of this type may be a time column. */
  def supports(dataType: DataType): Boolean = dataType match {
    case TimestampType | TimestampNTZType | DateType => true
    case ByteType | ShortType | IntegerType | LongType => true
    case FloatType | DoubleType => true
    case _: DecimalType => true
    case _ => false
  }

  /** The axis of a supported type, with the tolerance that [[Durations]] read for that same type. */
  def apply(dataType: DataType, tolerance: Option[Any]): TimeAxis = dataType match {
    case FloatType | DoubleType => new FloatingAxis(dataType == FloatType, tolerance.map(_.asInstanceOf[Double]))
    case d: DecimalType => new DecimalAxis(d, tolerance.map(t => Decimal(t.asInstanceOf[BigDecimal])))
    case ByteType => new WholeAxis(1, tolerance.map(_.asInstanceOf[Long]))
    case ShortType => new WholeAxis(2, tolerance.map(_.asInstanceOf[Long]))
    case IntegerType | DateType => new WholeAxis(4, tolerance.map(_.asInstanceOf[Long]))
    case _ => new WholeAxis(8, tolerance.map(_.asInstanceOf[Long]))
  }

  /** The bits of a double, in its order: −0.0 as 0.0, NaN above all. */
  private def image(d: Double): Long = {
    val bits = java.lang.Double.doubleToLongBits(d + 0.0)
    if (bits < 0) bits ^ Long.MaxValue else bits
  }

  /** Timestamps (microseconds), dates (days) and integers. `width` is the bytes a value takes. */
  private final class WholeAxis(width: Int, tolerance: Option[Long]) extends TimeAxis {
    private val limited = tolerance.isDefined
    private val limit = tolerance.getOrElse(0L)

    private def at(row: InternalRow, i: Int): Long = width match {
      case 8 => row.getLong(i)
      case 4 => row.getInt(i).toLong
      case 2 => row.getShort(i).toLong
      case _ => row.getByte(i).toLong
    }

    // As an unsigned number the wrapped difference is exact over the whole range of Long.
    private def distance(a: Long, b: Long): Long = if (a >= b) a - b else b - a

    def compare(a: InternalRow, i: Int, b: InternalRow, j: Int): Int = java.lang.Long.compare(at(a, i), at(b, j))

    def image(row: InternalRow, i: Int): Long = at(row, i)

    def within(a: InternalRow, i: Int, b: InternalRow, j: Int): Boolean =
      !limited || java.lang.Long.compareUnsigned(distance(at(a, i), at(b, j)), limit) <= 0

    override def whole: Boolean = true

    override def imagesWithin(a: Long, b: Long): Boolean =
      !limited || java.lang.Long.compareUnsigned(distance(a, b), limit) <= 0

    def apart(a: InternalRow, i: Int, b: InternalRow, j: Int): Boolean =
      !limited || java.lang.Long.compareUnsigned(distance(at(a, i), at(b, j)), limit) >= 0

    def compareDistance(t: InternalRow, k: Int, a: InternalRow, i: Int, b: InternalRow, j: Int): Int = {
      val from = at(t, k)
      java.lang.Long.compareUnsigned(distance(from, at(a, i)), distance(from, at(b, j)))
    }

    private def plus(time: Long, by: Long): Long = {
      val sum = time + by
      if (((time ^ sum) & (by ^ sum)) >= 0) sum else if (by > 0) Long.MaxValue else Long.MinValue
    }

    def moved(by: Any): Moved = {
      val distance = by.asInstanceOf[Long]
      new Moved {
        def compare(a: InternalRow, i: Int, b: InternalRow, j: Int): Int =
          java.lang.Long.compare(at(a, i), plus(at(b, j), distance))
      }
    }

    def imageMoved(by: Any, up: Boolean): Image = {
      val distance = by.asInstanceOf[Long]
      // A sum beyond an end is that end, so a time at an end is as far from it as there is.
      val end = if (up) Long.MaxValue else Long.MinValue
      new Image {
        def of(row: InternalRow, i: Int): Long = {
          val time = at(row, i)
          if (time == end) end else plus(time, distance)
        }
      }
    }

    override def grid(length: Long): Option[Grid] = Some(new Grid {
      def block(row: InternalRow, i: Int, by: Long): Long = Math.floorDiv(plus(at(row, i), by), length)
      def before(row: InternalRow, i: Int, block: Long): Boolean = Math.floorDiv(at(row, i), length) < block
    })
  }

  private final class FloatingAxis(single: Boolean, tolerance: Option[Double]) extends TimeAxis {

    private def at(row: InternalRow, i: Int): Double = if (single) row.getFloat(i).toDouble else row.getDouble(i)

    // Equal infinities are at no distance; their difference would be NaN.
    private def distance(a: Double, b: Double): Double = if (a == b) 0.0 else math.abs(a - b)

    def compare(a: InternalRow, i: Int, b: InternalRow, j: Int): Int = {
      val x = at(a, i)
      val y = at(b, j)
      if (x == y) 0 else java.lang.Double.compare(x, y) // x == y first: −0.0 is 0.0
    }

    def image(row: InternalRow, i: Int): Long = TimeAxis.image(at(row, i))

    def imageMoved(by: Any, up: Boolean): Image = {
      val distance = by.asInstanceOf[Double]
      new Image { def of(row: InternalRow, i: Int): Long = TimeAxis.image(beyond(at(row, i), distance, up)) }
    }

    /** A time that is surely not before (after, where `up` is false) the sum, however a comparison rounds. */
    private def beyond(time: Double, distance: Double, up: Boolean): Double = {
      val sum = time + distance
      val doubt = 4 * (math.ulp(time) + math.ulp(distance) + math.ulp(sum))
      if (distance.isInfinite) { if (up) Double.NaN else Double.NegativeInfinity }
      else if (sum.isNaN || sum.isInfinite) sum
      else if (up) sum + doubt
      else sum - doubt
    }

    def within(a: InternalRow, i: Int, b: InternalRow, j: Int): Boolean =
      tolerance.forall(distance(at(a, i), at(b, j)) <= _)

    def apart(a: InternalRow, i: Int, b: InternalRow, j: Int): Boolean =
      tolerance.forall(distance(at(a, i), at(b, j)) >= _)

    def compareDistance(t: InternalRow, k: Int, a: InternalRow, i: Int, b: InternalRow, j: Int): Int = {
      val from = at(t, k)
      java.lang.Double.compare(distance(from, at(a, i)), distance(from, at(b, j)))
    }

    def moved(by: Any): Moved = {
      val distance = by.asInstanceOf[Double]
      new Moved {
        def compare(a: InternalRow, i: Int, b: InternalRow, j: Int): Int = {
          val x = at(a, i)
          val y = at(b, j) + distance
          if (x == y) 0 else java.lang.Double.compare(x, y)
        }
      }
    }

    override def isNaN(row: InternalRow, i: Int): Boolean = at(row, i).isNaN
  }

  private final class DecimalAxis(dataType: DecimalType, tolerance: Option[Decimal]) extends TimeAxis {
    private val limit = tolerance.map(_.toJavaBigDecimal)

    private def at(row: InternalRow, i: Int): Decimal = row.getDecimal(i, dataType.precision, dataType.scale)

    private def distance(a: Decimal, b: Decimal): java.math.BigDecimal =
      a.toJavaBigDecimal.subtract(b.toJavaBigDecimal).abs

    def compare(a: InternalRow, i: Int, b: InternalRow, j: Int): Int = at(a, i).compare(at(b, j))

    override val faithful: Boolean = dataType.precision <= Decimal.MAX_LONG_DIGITS

    def image(row: InternalRow, i: Int): Long =
      if (faithful) at(row, i).toUnscaledLong else TimeAxis.image(at(row, i).toDouble)

    def imageMoved(by: Any, up: Boolean): Image = {
      val distance = by.asInstanceOf[BigDecimal].bigDecimal
      val rounding = if (up) java.math.RoundingMode.CEILING else java.math.RoundingMode.FLOOR
      new Image {
        def of(row: InternalRow, i: Int): Long = {
          val sum = at(row, i).toJavaBigDecimal.add(distance)
          val unscaled = sum.setScale(dataType.scale, rounding).unscaledValue
          if (!faithful) TimeAxis.image(sum.doubleValue)
          else if (unscaled.bitLength < 64) unscaled.longValue
          else if (unscaled.signum > 0) Long.MaxValue
          else Long.MinValue
        }
      }
    }

    def within(a: InternalRow, i: Int, b: InternalRow, j: Int): Boolean =
      limit.forall(distance(at(a, i), at(b, j)).compareTo(_) <= 0)

    def apart(a: InternalRow, i: Int, b: InternalRow, j: Int): Boolean =
      limit.forall(distance(at(a, i), at(b, j)).compareTo(_) >= 0)

    def compareDistance(t: InternalRow, k: Int, a: InternalRow, i: Int, b: InternalRow, j: Int): Int = {
      val from = at(t, k)
      distance(from, at(a, i)).compareTo(distance(from, at(b, j)))
    }

    def moved(by: Any): Moved = {
      val distance = by.asInstanceOf[BigDecimal].bigDecimal
      new Moved {
        def compare(a: InternalRow, i: Int, b: InternalRow, j: Int): Int =
          at(a, i).toJavaBigDecimal.compareTo(at(b, j).toJavaBigDecimal.add(distance))
      }
    }
  }
}
