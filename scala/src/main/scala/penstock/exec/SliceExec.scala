package penstock.exec

import org.apache.spark.rdd.RDD
import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions._
import org.apache.spark.sql.catalyst.plans.physical.{Partitioning, UnknownPartitioning}
import org.apache.spark.sql.execution.{SparkPlan, UnaryExecNode}
import org.apache.spark.sql.execution.metric.{SQLMetric, SQLMetrics}

import penstock.machine.{Merge, Sides}

/** What a right side must know to be sliced; no expression, for it is read after Catalyst has done its work.
  *
  * @param left
  *   columns of the left side
  */
final case class Haloed(merge: Merge, left: Seq[Attribute], leftTime: Attribute) {
  override def toString: String = s"with its halo (${merge.title})"
}

/** Numbers rows by the slice of time they lie in. With its slice in the key, each slice of a key is a key of its own,
  * so one hot key, or none at all, keeps every core busy.
  *
  * A left row lies in one slice. A right row goes to each slice that it is in reach of, and behind the rows of each
  * partition comes what the slices after it must know of them ([[penstock.machine.Halo]]): for an as-of join one row
  * for each slice. So there is no pass over the data to carry anything, and no slice waits for another. Rows of keys
  * that are not cut lie in slice 0.
  *
  * @param cuts
  *   a subquery
  * @param haloed
  *   for the right side
  */
final case class SliceExec(
    keys: Seq[Expression],
    time: Attribute,
    cuts: Expression,
    slice: Attribute,
    haloed: Option[Haloed],
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
    val halo = haloed.map { h =>
      val sides = Sides(h.left, columns, h.leftTime, time)
      val halo = h.merge.halo
      HaloMaker(halo.earliest, halo.latest, halo.before.map(_(sides)), halo.after.map(_(sides)))
    }
    child.execute().mapPartitions { rows =>
      val slicer =
        new Slicer(at, UnsafeProjection.create(by, columns), columns.map(_.dataType), place, timeType, cutRows)
      val each = rows.asInstanceOf[Iterator[UnsafeRow]]
      halo.fold(slicer.lefts(each))(slicer.rights(each, _, haloRows))
    }
  }

  override protected def withNewChildInternal(newChild: SparkPlan): SliceExec = copy(child = newChild)
}
