package penstock.machine

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions._
import org.apache.spark.sql.types.DataType
import org.apache.spark.unsafe.Platform

/** What decides between right rows of one key and one time.
  *
  * With `Order`, first the columns of `tie_break`, then every other column that the query keeps, then the rows' bytes:
  * two rows that still tie are the same to whoever reads the result, so input order never shows.
  */
sealed abstract class Ties extends Serializable {

  /** Negative where `a` comes before `b`; zero where nothing tells them apart. */
  def compare(a: UnsafeRow, b: UnsafeRow): Int

  /** Whether an answer that nothing tells apart from another one must fail. */
  def refused: Boolean = false
}

object Ties {

  /** A column of the right row, by its place. */
  final case class Column(ordinal: Int, dataType: DataType)

  /** `tie_break`, then all columns in schema order, then the bytes. */
  def ordered(tieBreak: Seq[Column], all: Seq[Column]): Ties = new Ties {
    private val columns = comparison((tieBreak ++ all).distinct)

    def compare(a: UnsafeRow, b: UnsafeRow): Int = {
      val c = columns.compare(a, b)
      if (c != 0) c
      else
        compareBytes(
          a.getBaseObject,
          a.getBaseOffset,
          a.getSizeInBytes,
          b.getBaseObject,
          b.getBaseOffset,
          b.getSizeInBytes
        )
    }
  }

  /** Whichever comes. */
  object Any extends Ties {
    def compare(a: UnsafeRow, b: UnsafeRow): Int = 0
  }

  /** Only `tie_break` tells rows apart; what it leaves equal is refused. */
  def refusing(tieBreak: Seq[Column]): Ties = new Ties {
    private val columns = comparison(tieBreak)
    def compare(a: UnsafeRow, b: UnsafeRow): Int = columns.compare(a, b)
    override def refused: Boolean = true
  }

  private def comparison(columns: Seq[Column]): Ordering[UnsafeRow] = {
    val each: Array[Ordering[UnsafeRow]] = columns.map { c =>
      if (RowOrdering.isOrderable(c.dataType)) new ByValue(c) else new ByBytes(c.ordinal)
    }.toArray
    new Ordering[UnsafeRow] {
      def compare(a: UnsafeRow, b: UnsafeRow): Int = {
        var i = 0
        var c = 0
        while (c == 0 && i < each.length) {
          c = each(i).compare(a, b)
          i += 1
        }
        c
      }
    }
  }

  private final class ByValue(c: Column) extends Ordering[UnsafeRow] {
    private val bound = BoundReference(c.ordinal, c.dataType, nullable = true)
    private val order: Ordering[InternalRow] = new InterpretedOrdering(Seq(SortOrder(bound, Ascending)))
    def compare(a: UnsafeRow, b: UnsafeRow): Int = order.compare(a, b)
  }

  /** Maps and variants have no order; their binary form has one. A field of variable length stores offset and size. */
  private final class ByBytes(ordinal: Int) extends Ordering[UnsafeRow] {
    def compare(a: UnsafeRow, b: UnsafeRow): Int = (a.isNullAt(ordinal), b.isNullAt(ordinal)) match {
      case (true, true) => 0
      case (true, false) => -1
      case (false, true) => 1
      case _ =>
        val x = a.getLong(ordinal)
        val y = b.getLong(ordinal)
        compareBytes(
          a.getBaseObject,
          a.getBaseOffset + (x >> 32),
          x.toInt,
          b.getBaseObject,
          b.getBaseOffset + (y >> 32),
          y.toInt
        )
    }
  }

  private def compareBytes(a: AnyRef, i: Long, m: Int, b: AnyRef, j: Long, n: Int): Int = {
    val shared = math.min(m, n)
    var k = 0
    while (k < shared) {
      val c = (Platform.getByte(a, i + k) & 0xff) - (Platform.getByte(b, j + k) & 0xff)
      if (c != 0) return c
      k += 1
    }
    m - n
  }
}
