package penstock.exec

import scala.util.Random

import org.apache.spark.rdd.{PartitionPruningRDD, RDD}
import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions._
import org.apache.spark.sql.catalyst.plans.physical.{AllTuples, Distribution}
import org.apache.spark.sql.execution.{SparkPlan, UnaryExecNode}

import penstock.time.TimeAxis

/** Some rows of each partition, drawn evenly: their key's hash, their time, and how many rows each stands for.
  *
  * @param hurried
  *   whether the first rows of some partitions will do: a key that has a good share of all rows shows in them
  * @param gate
  *   cuts without which there is nothing to sample for: [[CutsExec]]'s
  */
final case class SampleExec(
    keys: Seq[Expression],
    time: Attribute,
    hurried: Boolean,
    gate: Option[Expression],
    output: Seq[Attribute],
    child: SparkPlan
) extends UnaryExecNode {
  import SampleExec._

  override def producedAttributes: AttributeSet = AttributeSet(output)

  override protected def doExecute(): RDD[InternalRow] = {
    val (columns, by, at) = (child.output, keys, time)
    val rows = child.execute()
    val wanted = gate.forall(g => Cuts.read(g.eval().asInstanceOf[Array[Byte]]).any)
    val most = if (!wanted) 0 else if (hurried) Hurried else Int.MaxValue
    // Not one partition where nothing is wanted: an empty RDD would not be an input of an exchange like any other.
    val parts = if (!wanted) 1 else if (hurried) HurriedPartitions else Int.MaxValue
    val step = math.max(1, (rows.getNumPartitions + parts.toLong - 1) / parts).toInt
    val some = if (step > 1) PartitionPruningRDD.create(rows, _ % step == 0) else rows
    some.mapPartitionsWithIndex { (partition, each) =>
      val drawn = new Drawn(UnsafeProjection.create(by, columns), columns.indexWhere(_.exprId == at.exprId), at)
      val random = new Random(partition)
      var n = 0
      while (n < most && each.hasNext) {
        drawn.offer(each.next(), random)
        n += 1
      }
      drawn.rows
    }
  }

  override protected def withNewChildInternal(newChild: SparkPlan): SampleExec = copy(child = newChild)
}

object SampleExec {
  private val Size = 4096
  private val Hurried = 4000
  private val HurriedPartitions = 8

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

    def rows: Iterator[InternalRow] = {
      val n = math.min(seen, Size.toLong).toInt
      val project = UnsafeProjection.create(CutsExec.Sampled.toArray)
      Iterator.range(0, n).map(i => project(InternalRow(keys(i), times(i), seen.toDouble / n)))
    }
  }
}

/** Cut points, made of a sample; one row, so that a subquery can give them to both sides.
  *
  * @param share
  *   of all rows that a key must have for its time to be cut; None: every key's is
  */
final case class CutsExec(slices: Int, share: Option[Double], output: Seq[Attribute], child: SparkPlan)
    extends UnaryExecNode {

  override def producedAttributes: AttributeSet = AttributeSet(output)

  override def requiredChildDistribution: Seq[Distribution] = Seq(AllTuples)

  override protected def doExecute(): RDD[InternalRow] = {
    val (parts, least) = (slices, share)
    child.execute().mapPartitions { rows =>
      val seen = rows.map(r => Cuts.Seen(r.getLong(0), r.getLong(1), r.getDouble(2))).toArray
      val project = UnsafeProjection.create(CutsExec.Made.toArray)
      Iterator.single(project(InternalRow(Cuts.choose(seen, parts, least).bytes)))
    }
  }

  override protected def withNewChildInternal(newChild: SparkPlan): CutsExec = copy(child = newChild)
}

object CutsExec {
  import org.apache.spark.sql.types._

  /** Columns of a sample. */
  val Sampled: Seq[DataType] = Seq(LongType, LongType, DoubleType)

  /** The column of the cuts. */
  val Made: Seq[DataType] = Seq(BinaryType)
}
