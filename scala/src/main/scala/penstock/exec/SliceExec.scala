package penstock.exec

import org.apache.spark.rdd.RDD
import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions._
import org.apache.spark.sql.catalyst.plans.physical.{Partitioning, UnknownPartitioning}
import org.apache.spark.sql.execution.{SparkPlan, UnaryExecNode}
import org.apache.spark.sql.execution.metric.{SQLMetric, SQLMetrics}

import penstock.machine.Sides

/** Numbers rows by the slice of time they lie in. With its slice in the key, each slice of a key is a key of its own,
  * so one hot key, or none at all, keeps every core busy.
  *
  * A left row lies in one slice, a right row in as many as need it ([[Placing]]). Rows of keys that are not cut lie in
  * slice 0.
  *
  * @param cuts
  *   a subquery
  */
final case class SliceExec(
    keys: Seq[Expression],
    time: Attribute,
    cuts: Expression,
    slice: Attribute,
    placing: Placing,
    child: SparkPlan
) extends UnaryExecNode {

  override def output: Seq[Attribute] = child.output :+ slice

  override def producedAttributes: AttributeSet = AttributeSet(slice)

  override lazy val metrics: Map[String, SQLMetric] = Map(
    "slices" -> SQLMetrics.createMetric(sparkContext, "slices of time"),
    "hotKeys" -> SQLMetrics.createMetric(sparkContext, "keys whose time is cut (0: all)"),
    "cutRows" -> SQLMetrics.createMetric(sparkContext, "rows of these keys"),
    "haloRows" -> SQLMetrics.createMetric(sparkContext, "rows in further slices")
  )

  /** Whatever the child's is: a hot key's slices are to part. */
  override def outputPartitioning: Partitioning = UnknownPartitioning(child.outputPartitioning.numPartitions)

  override protected def doExecute(): RDD[InternalRow] = {
    val at = Cuts.read(cuts.eval().asInstanceOf[Array[Byte]])
    longMetric("slices").add(at.slices)
    longMetric("hotKeys").add(at.hot.length)
    val (columns, by) = (child.output, keys)
    val place = columns.indexWhere(_.exprId == time.exprId)
    val (cutRows, haloRows) = (longMetric("cutRows"), longMetric("haloRows"))
    val timeType = time.dataType
    val places: Slicer => Iterator[UnsafeRow] => Iterator[InternalRow] = placing match {
      case Placing.Once => s => s.lefts(_)
      case Placing.Haloed(merge, left, leftTime) =>
        val sides = Sides(left, columns, leftTime, time)
        val halo = merge.halo
        val maker = HaloMaker(halo.earliest, halo.latest, halo.before.map(_(sides)), halo.after.map(_(sides)))
        s => s.rights(_, maker, haloRows)
      case Placing.Home(end) =>
        val at = columns.indexWhere(_.exprId == end.exprId)
        s => s.homes(_, at)
      case Placing.Met(end, gap) =>
        val at = columns.indexWhere(_.exprId == end.exprId)
        s => s.met(_, at, gap, haloRows)
    }
    child.execute().mapPartitions { rows =>
      val slicer =
        new Slicer(at, UnsafeProjection.create(by, columns), columns.map(_.dataType), place, timeType, cutRows)
      places(slicer)(rows.asInstanceOf[Iterator[UnsafeRow]])
    }
  }

  override protected def withNewChildInternal(newChild: SparkPlan): SliceExec = copy(child = newChild)
}
