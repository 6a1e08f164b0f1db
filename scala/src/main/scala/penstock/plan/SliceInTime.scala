package penstock.plan

import org.apache.spark.sql.catalyst.expressions._
import org.apache.spark.sql.catalyst.plans.logical._
import org.apache.spark.sql.catalyst.rules.Rule
import org.apache.spark.sql.internal.SQLConf
import org.apache.spark.sql.penstockinternals.SparkInternals
import org.apache.spark.sql.types.IntegerType

import penstock.Conf
import penstock.exec.{Meeting, Placing}

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
    case m: TimeMerge if m.way.isEmpty && wanted(joined(m)) =>
      val haloed = Placing.Haloed(m.spec, m.left.output, column(m.leftTime))
      val (left, right, (l, r)) = sliced(joined(m), Placing.Once, haloed)
      val keyed =
        m.copy(left, right, m.leftKeys :+ l, m.rightKeys :+ r, merge = m.spec.numbered(r), way = Some(Meeting.Slices))
      Project(m.output, keyed)
    case s: TimeSweep if !s.sliced && wanted(joined(s)) =>
      val met = Placing.Met(column(s.spec.rightEnd.getOrElse(s.rightStart)), s.spec.gap)
      val (left, right, (l, r)) = sliced(joined(s), Placing.Home(leftEnd(s)), met)
      Project(s.output, s.copy(left, right, s.leftKeys :+ l, s.rightKeys :+ r, sliced = true))
  }

  /** What both kinds of join in time are cut by. */
  private final case class Joined(
      left: LogicalPlan,
      right: LogicalPlan,
      leftKeys: Seq[Expression],
      rightKeys: Seq[Expression],
      leftTime: Attribute,
      rightTime: Attribute,
      leftEnd: Option[Attribute],
      hinted: Boolean,
      bounded: Boolean
  )

  private def joined(m: TimeMerge): Joined = Joined(
    m.left,
    m.right,
    m.leftKeys,
    m.rightKeys,
    column(m.leftTime),
    column(m.rightTime),
    None,
    m.hints.right,
    m.spec.halo.bounded
  )

  private def joined(s: TimeSweep): Joined = Joined(
    s.left,
    s.right,
    s.leftKeys,
    s.rightKeys,
    column(s.leftStart),
    column(s.rightStart),
    Some(leftEnd(s)),
    s.broadcastHint,
    bounded = true
  )

  private def leftEnd(s: TimeSweep): Attribute = column(s.spec.leftEnd.getOrElse(s.leftStart))

  private def column(e: Expression): Attribute = e.asInstanceOf[Attribute]

  private def wanted(j: Joined): Boolean = {
    val conf = SQLConf.get
    Meeting.asked(conf) match {
      case Some(Meeting.Slices) => cheap(j) || conf.subqueryReuseEnabled // both sides must see the same cuts
      case Some(_) => false
      case None => Meeting.chosen(j.hinted, j.right.stats.sizeInBytes, conf) == Meeting.Hash && pays(j, conf)
    }
  }

  private def pays(j: Joined, conf: SQLConf): Boolean =
    j.bounded && cheap(j) &&
      j.left.stats.sizeInBytes + j.right.stats.sizeInBytes >= Conf.sliceMinBytes(conf)

  /** Whether both sides can be read once more, and would be the same. */
  private def cheap(j: Joined): Boolean = Seq(j.left, j.right).forall(Reread.cheap)

  /** Both sides with their slices, and the columns of these. */
  private def sliced(j: Joined, left: Placing, right: Placing): (TimeSlice, TimeSlice, (Attribute, Attribute)) = {
    val conf = SQLConf.get
    val every = j.leftKeys.isEmpty || Meeting.asked(conf).contains(Meeting.Slices)
    // A key of two tasks' work keeps the others waiting.
    val share = if (every) None else Some(math.min(0.25, 2.0 / conf.numShufflePartitions))
    val cuts = cutPoints(j, Conf.slices(conf), share)
    def number(side: String): Attribute = AttributeReference(s"slice_$side", IntegerType, false)()
    val (l, r) = (number("left"), number("right"))
    (
      TimeSlice(normalized(j.leftKeys), j.leftTime, cuts, l, left, j.left),
      TimeSlice(normalized(j.rightKeys), j.rightTime, cuts, r, right, j.right),
      (l, r)
    )
  }

  private def normalized(keys: Seq[Expression]): Seq[Expression] = keys.map(SparkInternals.normalizedKey)

  private def cutPoints(j: Joined, slices: Int, share: Option[Double]): Expression = {
    val points = CutPoints(
      slices,
      share,
      normalized(j.leftKeys),
      normalized(j.rightKeys),
      j.leftTime,
      j.rightTime,
      j.leftEnd,
      CutPoints.column,
      Reread.only(j.left, (j.leftKeys :+ j.leftTime) ++ j.leftEnd),
      Reread.only(j.right, j.rightKeys :+ j.rightTime)
    )
    ScalarSubquery(SparkInternals.optimized(points))
  }
}
