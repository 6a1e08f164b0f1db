package penstock.plan

import org.apache.spark.sql.catalyst.expressions._
import org.apache.spark.sql.catalyst.plans.logical._
import org.apache.spark.sql.catalyst.rules.Rule
import org.apache.spark.sql.internal.SQLConf
import org.apache.spark.sql.penstockinternals.SparkInternals
import org.apache.spark.sql.types.IntegerType

import penstock.Conf
import penstock.exec.{Haloed, Meeting}

/** Cuts the time of hot keys into slices, which are then keys of their own, so that they keep every core busy.
  *
  * Where the cuts lie is found while the query runs, by a subquery that both sides share; planning runs no job. The
  * rule comes last, when columns are pruned and filters are where they belong.
  *
  * By itself it slices what is big, can be read a second time at little cost (scans, projections, filters), and needs
  * few right rows in more than one slice. Without a key, all of it. With keys, only those that have a good share of a
  * small sample; where there are none, nothing but that sample has been spent.
  */
object SliceInTime extends Rule[LogicalPlan] {

  def apply(plan: LogicalPlan): LogicalPlan = plan.transformUp {
    case m: TimeMerge if !m.sliced && wanted(m) => Project(m.output, sliced(m))
  }

  private def wanted(m: TimeMerge): Boolean = {
    val conf = SQLConf.get
    Meeting.asked(conf) match {
      case Some(Meeting.Slices) => cheap(m) || conf.subqueryReuseEnabled // both sides must see the same cuts
      case Some(_) => false
      case None => Meeting.chosen(m.broadcastHint, m.right.stats.sizeInBytes, conf) == Meeting.Hash && pays(m, conf)
    }
  }

  private def pays(m: TimeMerge, conf: SQLConf): Boolean =
    m.spec.halo.bounded && cheap(m) &&
      m.left.stats.sizeInBytes + m.right.stats.sizeInBytes >= Conf.sliceMinBytes(conf)

  /** Whether both sides can be read once more, and would be the same. */
  private def cheap(m: TimeMerge): Boolean = m.children.forall { side =>
    side.deterministic && !side.isStreaming && !side.exists {
      case _: LeafNode | _: Project | _: Filter | _: SubqueryAlias | _: Union => false
      case _ => true
    }
  }

  private def sliced(m: TimeMerge): TimeMerge = {
    val conf = SQLConf.get
    val every = m.leftKeys.isEmpty || Meeting.asked(conf).contains(Meeting.Slices)
    // A key of two tasks' work keeps the others waiting.
    val share = if (every) None else Some(math.min(0.25, 2.0 / conf.numShufflePartitions))
    val cuts = cutPoints(m, Conf.slices(conf), share)
    val Seq(left, right) = Seq("left", "right").map(side => AttributeReference(s"slice_$side", IntegerType, false)())
    val (leftTime, rightTime) = (m.leftTime.asInstanceOf[Attribute], m.rightTime.asInstanceOf[Attribute])
    val haloed = Haloed(m.spec, m.left.output, leftTime)
    m.copy(
      left = TimeSlice(normalized(m.leftKeys), leftTime, cuts, left, None, m.left),
      right = TimeSlice(normalized(m.rightKeys), rightTime, cuts, right, Some(haloed), m.right),
      leftKeys = m.leftKeys :+ left,
      rightKeys = m.rightKeys :+ right,
      merge = m.spec.numbered(right),
      sliced = true
    )
  }

  private def normalized(keys: Seq[Expression]): Seq[Expression] = keys.map(SparkInternals.normalizedKey)

  private def cutPoints(m: TimeMerge, slices: Int, share: Option[Double]): Expression = {
    val (leftTime, rightTime) = (m.leftTime.asInstanceOf[Attribute], m.rightTime.asInstanceOf[Attribute])
    def needed(side: LogicalPlan, keys: Seq[Expression], time: Attribute): LogicalPlan =
      Project(AttributeSet(keys :+ time).toSeq, side)
    val points = CutPoints(
      slices,
      share,
      normalized(m.leftKeys),
      normalized(m.rightKeys),
      leftTime,
      rightTime,
      CutPoints.column,
      needed(m.left, m.leftKeys, leftTime),
      needed(m.right, m.rightKeys, rightTime)
    )
    ScalarSubquery(SparkInternals.optimized(points))
  }
}
