package penstock.exec

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.{UnsafeProjection, UnsafeRow}
import org.apache.spark.sql.execution.metric.SQLMetric
import org.apache.spark.sql.types.{DataType, IntegerType}

import penstock.machine.{Candidates, Distance, KeyState, Remembering}
import penstock.time.{Durations, Image, TimeAxis}

/** A halo bound to the right columns: what is sent to the tasks. */
private[exec] final case class HaloMaker(
    earliest: Distance,
    latest: Distance,
    before: Option[Remembering],
    after: Option[Remembering]
)

/** Numbers the rows of one partition.
  *
  * @param time
  *   place of the time
  */
private[exec] final class Slicer(
    cuts: Cuts,
    key: UnsafeProjection,
    columns: Seq[DataType],
    time: Int,
    timeType: DataType,
    cutRows: SQLMetric
) {
  private val axis = TimeAxis(timeType, None)
  private val number = UnsafeProjection.create(Array[DataType](IntegerType))
  private val numbers = Array.tabulate(cuts.slices + 1)(i => number(InternalRow(i)).copy())
  private val join = Joining(columns, Seq(IntegerType), columns.size)

  private def numbered(row: UnsafeRow, slice: Int): InternalRow = join(row, numbers(slice))

  private def cut(row: UnsafeRow): Boolean = cuts.every || cuts.cut(KeyTable.hash(key(row)))

  /** Left rows, each where its time lies. */
  def lefts(rows: Iterator[UnsafeRow]): Iterator[InternalRow] =
    once(rows, !_.isNullAt(time), row => cuts.slice(axis.image(row, time)))

  private def once(
      rows: Iterator[UnsafeRow],
      somewhere: UnsafeRow => Boolean,
      slice: UnsafeRow => Int
  ): Iterator[InternalRow] =
    if (!cuts.any) rows.map(numbered(_, 0))
    else
      rows.map { row =>
        val sliced = somewhere(row) && cut(row)
        if (sliced) cutRows.add(1)
        numbered(row, if (sliced) slice(row) else 0)
      }

  /** Right rows, whose times are not null, in every slice that needs them. */
  def rights(rows: Iterator[UnsafeRow], halo: HaloMaker, more: SQLMetric): Iterator[InternalRow] =
    if (!cuts.any) rows.map(numbered(_, 0)) else haloed(rows, halo, more)

  private def haloed(rows: Iterator[UnsafeRow], halo: HaloMaker, more: SQLMetric): Iterator[InternalRow] = {
    val first = Distance.image(axis, halo.earliest, up = false)
    val last = Distance.image(axis, halo.latest, up = true)
    val before = halo.before.map(r => new Memory(r.make(), forward = true))
    val after = halo.after.map(r => new Memory(r.make(), forward = false))
    val own = rows.flatMap { row =>
      if (!cut(row)) Iterator.single(numbered(row, 0))
      else {
        val from = cuts.slice(first.of(row, time))
        val to = cuts.slice(last.of(row, time))
        cutRows.add(1)
        if (to > from) more.add(to - from)
        before.foreach(_.keep(to, row))
        after.foreach(_.keep(from, row))
        if (from == to) Iterator.single(numbered(row, from)) else Iterator.range(from, to + 1).map(numbered(row, _))
      }
    }
    own ++ (before ++ after).iterator.flatMap(_.told).map { row =>
      more.add(1)
      row
    }
  }

  /** Left intervals, each where it begins or with the long ones. */
  def homes(rows: Iterator[UnsafeRow], end: Int): Iterator[InternalRow] = {
    val lives = new Lives(cuts, axis, time, end)
    once(rows, !lives.nowhere(_), lives.home)
  }

  /** Right intervals, wherever left ones lie that they may match. What matches nothing goes no further; but what ends
    * before it starts does, for it is an error.
    */
  def met(rows: Iterator[UnsafeRow], end: Int, gap: Option[Any], more: SQLMetric): Iterator[InternalRow] = {
    val lives = new Lives(cuts, axis, time, end)
    val early = gap.fold[Image](axis)(by => axis.imageMoved(Durations.negated(by), up = false))
    val late = gap.fold[Image](axis)(axis.imageMoved(_, up = true))
    val reach = cuts.reach.getOrElse(Reach.nothing(cuts.slices))
    def places(row: UnsafeRow): Iterator[Int] = {
      val from = lives.from(row, early)
      val to = lives.to(row, late)
      val among = Iterator.range(math.max(0, cuts.slice(from) - 1), cuts.slice(to) + 1) ++ Iterator.single(cuts.slices)
      if (lives.from(row, axis) > lives.to(row, axis)) Iterator.single(cuts.slice(from))
      else among.filter(reach.met(_, from, to))
    }
    if (!cuts.any) rows.map(numbered(_, 0))
    else
      rows.flatMap { row =>
        if (!cut(row)) Iterator.single(numbered(row, 0))
        else {
          cutRows.add(1)
          places(row).zipWithIndex.map { case (slice, n) =>
            if (n > 0) more.add(1)
            numbered(row, slice)
          }
        }
      }
  }

  /** What later slices (earlier ones, unless `forward`) must know of the rows of each slice.
    *
    * Bound: for each key that is cut and each slice, what a machine remembers: an as-of join, one row per lane.
    */
  private final class Memory(candidates: Candidates, forward: Boolean) {
    private val keys = new KeyTable[Array[KeyState]]

    def keep(slice: Int, row: UnsafeRow): Unit = {
      val of = key(row)
      var states = keys.get(of)
      if (states == null) {
        states = new Array[KeyState](cuts.slices)
        keys.put(of, states)
      }
      if (states(slice) == null) states(slice) = candidates.newState()
      candidates.absorb(states(slice), row)
    }

    def told: Iterator[InternalRow] = keys.values.flatMap { states =>
      val order = if (forward) states.indices else states.indices.reverse
      val all = candidates.newState()
      order.init.iterator.flatMap { i =>
        if (states(i) != null) states(i).rows.foreach(candidates.absorb(all, _))
        all.rows.map(numbered(_, if (forward) i + 1 else i - 1))
      }
    }
  }
}
