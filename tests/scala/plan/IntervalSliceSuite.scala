package penstock.plan

import org.apache.spark.sql.DataFrame
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanHelper
import org.apache.spark.sql.functions._

import org.scalatest.funsuite.AnyFunSuite

import penstock.SharedSession
import penstock.exec.{Meeting, SliceExec, TimeSweepExec}
import penstock.syntax._

/** Intervals whose time is cut: that every pair and every verdict is given once, and how many rows go twice. */
class IntervalSliceSuite extends AnyFunSuite with SharedSession with AdaptiveSparkPlanHelper {

  private val never = "spark.sql.autoBroadcastJoinThreshold" -> "-1"
  private val anySize = "spark.penstock.join.sliceMinSize" -> "0"
  private def by(strategy: String) = "spark.penstock.join.strategy" -> strategy
  private def into(slices: Int) = "spark.penstock.join.slices" -> slices.toString

  /** Short intervals, a few long ones, some that are open, and some that are points in time. */
  private def table(name: String, rows: Int, step: Long, skewed: Boolean = false): DataFrame = {
    val id = col("id")
    val start = id * step % 5009
    spark
      .range(0, rows.toLong, 1, 3)
      .select(
        (if (skewed) when(id % 10 < 9, lit("hot")).otherwise((id % 70).cast("string")) else (id % 7).cast("string"))
          .as("sym"),
        when(id % 97 =!= 5, start).as("s"),
        when(id % 89 =!= 7, start + when(id % 61 === 3, 3000).otherwise(id % 9)).as("e"),
        id.as(name)
      )
  }

  private def joined(
      keys: Seq[String],
      how: String = "inner",
      mult: String = "all",
      kind: String = "overlap",
      maxGap: Option[Any] = None,
      skewed: Boolean = false
  ): DataFrame = table("l", 600, 1000003L, skewed).intervalJoin(
    table("r", 500, 1000033L, skewed),
    start = "s",
    end = "e",
    by = keys,
    how = how,
    mult = mult,
    kind = kind,
    maxGap = maxGap.orNull
  )

  private def ran(frame: DataFrame): Map[String, Long] = {
    frame.collect()
    val plan = frame.queryExecution.executedPlan
    val sweep = collect(plan) { case s: TimeSweepExec => s }.head
    (sweep.metrics ++ collect(plan) { case s: SliceExec => s }.last.metrics).map { case (n, m) => n -> m.value }
  }

  private def meeting(frame: DataFrame): Meeting =
    collect(frame.queryExecution.executedPlan) { case s: TimeSweepExec => s.meeting }.head

  test("without a key, time is cut, every task has work, and a short interval lies in one slice") {
    under(never, anySize, into(5)) {
      val frame = joined(Nil)
      assert(meeting(frame) == Meeting.Slices)
      assert(frame.queryExecution.toString.contains("strategy: hash by key and slice of time, swept by start"))
      val metrics = ran(frame)
      assert(metrics("slices") == 5 && metrics("sliced") > 0 && metrics("cutRows") == 500)
      // the long ones lie in a slice of their own, which all right rows are in reach of
      assert(metrics("haloRows") < 2 * 500)
      assert(rows(frame) == under(by("hash"))(rows(joined(Nil))))
    }
    val short = table("l", 600, 1000003L).where("e - s < 10")
    under(never, anySize, into(5)) {
      val metrics = ran(short.intervalJoin(table("r", 500, 1000033L).where("e - s < 10"), start = "s", end = "e"))
      assert(metrics("haloRows") < 20)
    }
  }

  test("a hot key is cut, and the others are not; where no key is hot, nothing is") {
    under(never, anySize) {
      val frame = joined(Seq("sym"), skewed = true)
      val metrics = ran(frame)
      assert(metrics("hotKeys") == 1 && metrics("slices") > 1 && metrics("cutRows") == 450)
      assert(rows(frame) == under(by("hash"))(rows(joined(Seq("sym"), skewed = true))))
    }
    under(never, anySize, "spark.sql.shuffle.partitions" -> "50") {
      val many = Seq("l", "r").map(n => table(n, 600, 7L).withColumn("k", col(n)))
      val metrics = ran(many.head.intervalJoin(many.last, start = "s", end = "e", by = Seq("k")))
      assert(metrics("hotKeys") == 0 && metrics("slices") == 1 && metrics("cutRows") == 0)
    }
  }

  for {
    (how, mult) <- Seq(
      "inner" -> "all",
      "inner" -> "first",
      "left" -> "all",
      "left" -> "last",
      "left_semi" -> "all",
      "left_anti" -> "all"
    )
    (kind, gap) <- Seq(
      "overlap" -> None,
      "overlap" -> Some(40L),
      "within" -> None,
      "contains" -> None,
      "starts" -> None
    )
    slices <- Seq(2, 40)
  } test(s"$kind ${gap.fold("")(g => s"within $g ")}$how $mult gives the same rows in $slices slices") {
    def answered(strategy: String, limit: String): Seq[String] =
      under(never, by(strategy), into(slices), "spark.penstock.state.maxRows" -> limit)(
        rows(joined(if (slices == 2) Nil else Seq("sym"), how, mult, kind, gap))
      )
    val expected = answered("hash", "0")
    assert(expected.nonEmpty && answered("slice", "0") == expected && answered("slice", "9") == expected)
  }

  test("points lie where they are, and points that are nowhere stay with the left side") {
    val points = table("l", 600, 1000003L)
    def answered(strategy: String): Seq[String] = under(never, by(strategy), into(7)) {
      rows(points.intervalJoin(table("r", 500, 1000033L), leftOn = "s", rightStart = "s", rightEnd = "e", how = "left"))
    }
    assert(answered("slice") == answered("hash"))
  }

  test("an interval that ends before it starts is told of, whichever slice it lies in") {
    val sound = table("l", 600, 1000003L)
    val broken = sound.withColumn("e", when(col("l") === 77, col("s") - 1).otherwise(col("e")))
    for ((left, right) <- Seq(broken -> sound, sound -> broken)) {
      val e = intercept[Exception](
        under(never, by("slice"), into(7))(left.intervalJoin(right, start = "s", end = "e").collect())
      )
      val told = Iterator.iterate[Throwable](e)(_.getCause).takeWhile(_ != null).map(_.getMessage).mkString
      assert(told.contains("penstock.reversed-interval"))
    }
  }

  test("a side without rows is cut nowhere") {
    under(never, anySize, into(5)) {
      val none = table("r", 500, 7L).where("r < 0")
      assert(table("l", 60, 7L).intervalJoin(none, start = "s", end = "e", how = "left").count() == 60)
      assert(none.intervalJoin(table("l", 60, 7L), start = "s", end = "e").count() == 0)
    }
  }
}
