package penstock.exec

import scala.util.Random

import org.apache.spark.rdd.{PartitionPruningRDD, RDD}
import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions._
import org.apache.spark.sql.execution.SparkPlan

import penstock.time.TimeAxis

/** Some rows of each partition of one side, drawn evenly: their key's hash, their time, and how many rows each stands
  * for. They travel as numbers, for the driver may have loaded our classes with another loader than the executors have.
  */
private[exec] final case class Sample(keys: Seq[Expression], time: Attribute, side: SparkPlan) {
  import Sample._

  /** @param glance
    *   whether the first rows of some partitions will do: a key that has a good share of all rows shows in them
    */
  def rows(glance: Boolean): RDD[Array[Long]] = {
    val (columns, by, at) = (side.output, keys, time)
    val rows = side.execute()
    val most = if (glance) GlanceRows else Int.MaxValue
    val step = if (glance) math.max(1, (rows.getNumPartitions + GlanceParts - 1) / GlanceParts) else 1
    val some = if (step > 1) PartitionPruningRDD.create(rows, _ % step == 0) else rows
    some.mapPartitionsWithIndex { (partition, each) =>
      val drawn = new Drawn(UnsafeProjection.create(by, columns), columns.indexWhere(_.exprId == at.exprId), at)
      val random = new Random(partition)
      var n = 0
      while (n < most && each.hasNext) {
        drawn.offer(each.next(), random)
        n += 1
      }
      Iterator.single(drawn.numbers)
    }
  }
}

private[exec] object Sample {

  /** A partition's numbers as rows. */
  def read(numbers: Array[Long]): Seq[Cuts.Seen] = {
    val n = numbers.length / 2
    (1 to n).map(i => Cuts.Seen(numbers(i), numbers(n + i), numbers(0).toDouble / n))
  }

  private val Size = 4096
  private val GlanceRows = 4000
  private val GlanceParts = 8

  /** A reservoir: each row of the partition is in it with the same chance. */
  private final class Drawn(key: UnsafeProjection, time: Int, of: Attribute) {
    private val axis = TimeAxis(of.dataType, None)
    private val keys = new Array[Long](Size)
    private val times = new Array[Long](Size)
    private var seen = 0L

    def offer(row: InternalRow, random: Random): Unit = if (!row.isNullAt(time)) {
      val at = if (seen < Size) seen else Math.floorMod(random.nextLong(), seen + 1)
      if (at < Size) {
        keys(at.toInt) = KeyTable.hash(key(row))
        times(at.toInt) = axis.image(row, time)
      }
      seen += 1
    }

    def numbers: Array[Long] = {
      val n = math.min(seen, Size.toLong).toInt
      seen +: (keys.take(n) ++ times.take(n))
    }
  }
}
