package penstock.exec

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.{UnsafeProjection, UnsafeRow}
import org.apache.spark.sql.types.{DataType, LongType, StringType}
import org.apache.spark.unsafe.types.UTF8String

import org.scalatest.funsuite.AnyFunSuite

/** That a key of one value is found without a row as it is found with one. */
class KeyTableSuite extends AnyFunSuite {

  private def rowOf(dataType: DataType): Any => UnsafeRow = {
    val project = UnsafeProjection.create(Array(dataType))
    value => project(InternalRow(value)).copy()
  }

  test("a string of any length, wherever its bytes lie") {
    val row = rowOf(StringType)
    val texts =
      (0 to 40).map(n => "äbc-defgh\u0000".take(3) * (n / 3) + "x" * (n % 3)) :+ "\u0000" :+ "\u0000\u0000" :+ "𝄞"
    val table = new KeyTable[String]
    texts.distinct.foreach(t => table.put(row(UTF8String.fromString(t)), t))
    table.put(row(null), "null")
    for (t <- texts; before <- 0 to 9) {
      val bytes = UTF8String.fromString("·" * before + t).getBytes
      val key = UTF8String.fromBytes(bytes, 2 * before, bytes.length - 2 * before)
      assert(table.get(key) == t)
      assert(table.get(UTF8String.concat(key, UTF8String.fromString("!"))) == null)
    }
  }

  test("a number") {
    val row = rowOf(LongType)
    val numbers = Seq(0L, 1L, -1L, Long.MinValue, Long.MaxValue) ++ (1 to 300).map(_ * 1000003L)
    val table = new KeyTable[String]
    table.put(row(null), "null")
    assert(table.get(0L) == null)
    numbers.foreach(n => table.put(row(n), n.toString))
    numbers.foreach(n => assert(table.get(n) == n.toString && table.get(n ^ 2L) == null))
  }

  test("many keys, short and longer than any array that holds several; and again after all were forgotten") {
    val row = rowOf(StringType)
    def text(n: Int): String = n.toString + "x" * (if (n % 1000 == 0) 2000000 else if (n % 50 == 0) 3000 else n % 9)
    val table = new KeyTable[String]
    for (count <- Seq(3000, 20, 3000)) {
      for (n <- 0 until count) table.put(row(UTF8String.fromString(text(n))), n.toString)
      assert(table.size == count && table.values.map(_.toInt).toSet == (0 until count).toSet)
      for (n <- 0 until count) {
        val key = UTF8String.fromString(text(n))
        assert(table.get(row(key)) == n.toString && table.get(key) == n.toString)
        assert(table.get(row(UTF8String.fromString(text(n) + "y"))) == null)
      }
      val drained = table.drained
      assert(drained.next().toInt < count)
      assert(table.values.size == count - 1) // what was given is forgotten at once, the others are not yet
      assert(drained.map(_.toInt).toSet.size == count - 1 && table.values.isEmpty && table.size == count)
      table.clear()
      assert(table.size == 0 && table.get(row(UTF8String.fromString(text(1)))) == null)
    }
  }
}
