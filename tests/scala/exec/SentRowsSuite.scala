package penstock.exec

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.{UnsafeProjection, UnsafeRow}
import org.apache.spark.sql.types.{DataType, LongType, StringType}
import org.apache.spark.unsafe.types.UTF8String
import org.scalatest.funsuite.AnyFunSuite

/** That rows arrive as they were sent, in the order of time. */
class SentRowsSuite extends AnyFunSuite {

  private val project = UnsafeProjection.create(Array[DataType](LongType, StringType))

  private def row(time: Any, text: String): UnsafeRow = project(InternalRow(time, UTF8String.fromString(text))).copy()

  private def told(rows: Iterator[UnsafeRow]): Seq[(Any, String)] =
    rows.map(r => (if (r.isNullAt(0)) null else r.getLong(0), if (r.isNullAt(1)) null else r.getString(1))).toSeq

  test("rows of any size, in more than one chunk") {
    val rows = Vector.tabulate(200000)(i => row(i.toLong, if (i % 5 == 0) null else "x" * (i % 150)))
    val sent = SentRows.packed(rows.iterator)
    assert(sent.length > 1 && sent.forall(_.asInstanceOf[UnsafeRow].getSizeInBytes % 8 == 0))
    assert(told(SentRows.read(sent, 2)) == told(rows.iterator))
    assert(SentRows.packed(Iterator.empty).isEmpty && SentRows.read(Array.empty, 2).isEmpty)
  }

  test("a row that is larger than a chunk travels by itself") {
    val rows = Vector(row(1L, "a"), row(2L, "b" * (17 << 20)), row(3L, "c"))
    val sent = SentRows.packed(rows.iterator)
    assert(sent.length == 3)
    assert(told(SentRows.read(sent, 2)) == told(rows.iterator))
  }

  test("what is kept of a row that was read stays as it is") {
    val sent = SentRows.packed(Iterator(row(1L, "a"), row(2L, "b")))
    assert(told(SentRows.read(sent, 2).toVector.iterator) == Seq((1L, "a"), (2L, "b")))
  }

  test("the order of time, nulls where Spark's sort has them, equal times as they came") {
    val rows = Array[InternalRow](row(5L, "a"), row(null, "b"), row(-3L, "c"), row(5L, "d"), row(Long.MinValue, "e"))
    def sorted(descending: Boolean): String =
      told(SentRows.read(TimeOrderedMode(0, LongType, descending).transform(rows), 2)).map(_._2).mkString
    assert(sorted(descending = false) == "becad")
    assert(sorted(descending = true) == "adceb")
  }
}
