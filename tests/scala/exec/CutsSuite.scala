package penstock.exec

import scala.util.Random

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection
import org.apache.spark.sql.types.{DataType, LongType, StringType}
import org.apache.spark.unsafe.types.UTF8String
import org.scalatest.funsuite.AnyFunSuite

/** Where a sample says that time is to be cut, and the table of keys. */
class CutsSuite extends AnyFunSuite {
  import Cuts.Seen

  private val even = Array.tabulate(1000)(i => Seen(1L, i.toLong, 1.0))

  test("slices hold equal work, whatever the order of the sample and the weights") {
    val cuts = Cuts.choose(new Random(1).shuffle(even.toSeq).toArray, 4, None)
    assert(cuts.points.toSeq == Seq(250L, 500L, 750L) && cuts.every)
    val heavy = even.map(s => if (s.time < 500) s.copy(weight = 3.0) else s)
    assert(Cuts.choose(heavy, 4, None).points.toSeq == Seq(167L, 334L, 500L))
  }

  test("a time is in the slice that the last point at or before it begins") {
    val cuts = Cuts(Array(10L, 20L), every = true, Array.empty)
    assert(Seq(Long.MinValue, 9L, 10L, 19L, 20L, Long.MaxValue).map(cuts.slice) == Seq(0, 0, 1, 1, 2, 2))
  }

  test("a key is hot from its share of all rows on; what is cut is its time alone") {
    val others = Array.tabulate(3000)(i => Seen(100L + i % 30, 5000L + i, 1.0))
    val cuts = Cuts.choose(even ++ others, 2, Some(0.2))
    assert(cuts.hot.toSeq == Seq(1L) && cuts.points.toSeq == Seq(500L) && cuts.cut(1L) && !cuts.cut(100L))
    val none = Cuts.choose(even ++ others, 2, Some(0.3))
    assert(!none.any && none.slices == 1)
  }

  test("one time, or nothing, cannot be cut apart") {
    assert(Cuts.choose(Array.fill(100)(Seen(1L, 7L, 1.0)), 8, None).points.distinct.length <= 1)
    assert(Cuts.choose(Array.empty, 8, None).slices == 1)
    assert(Cuts.choose(Array.empty, 8, Some(0.1)).slices == 1)
  }

  test("cuts as the value of a subquery") {
    val cuts = Cuts.choose(even, 5, Some(0.1))
    val read = Cuts.read(cuts.bytes)
    assert(read.points.toSeq == cuts.points.toSeq && read.hot.toSeq == cuts.hot.toSeq && read.every == cuts.every)
  }

  test("the table of keys knows each key by its bytes") {
    val key = UnsafeProjection.create(Array[DataType](LongType, StringType))
    val random = new Random(3)
    val named = Seq.tabulate(5000)(i => InternalRow(random.nextInt(50).toLong, UTF8String.fromString(s"k${i % 700}")))
    val table = new KeyTable[String]
    val expected = scala.collection.mutable.Map.empty[String, String]
    for ((row, i) <- named.zipWithIndex) {
      val (name, bytes) = (row.toString, key(row))
      assert(table.get(bytes) == expected.getOrElse(name, null))
      if (!expected.contains(name)) {
        table.put(bytes, i.toString)
        expected(name) = i.toString
      }
    }
    assert(table.values.toSet == expected.values.toSet)
    table.clear()
    assert(named.forall(r => table.get(key(r)) == null) && table.values.isEmpty)
  }
}
