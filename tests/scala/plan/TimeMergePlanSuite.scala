package penstock.plan

import java.nio.file.Files

import org.apache.spark.sql.DataFrame
import org.apache.spark.sql.catalyst.plans.logical.Filter
import org.apache.spark.sql.execution.{FileSourceScanExec, SortExec, SparkPlan}
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanHelper
import org.apache.spark.sql.execution.exchange.ShuffleExchangeExec
import org.apache.spark.sql.functions._

import org.scalatest.funsuite.AnyFunSuite

import penstock.SharedSession
import penstock.exec.TimeMergeExec
import penstock.syntax._

/** What the planner makes of a merge: how many exchanges and sorts, which columns and filters reach the files. */
class TimeMergePlanSuite extends AnyFunSuite with SharedSession with AdaptiveSparkPlanHelper {

  // its tables are small: left to itself, the planner would broadcast each right side
  override protected def beforeAll(): Unit = {
    super.beforeAll()
    spark.conf.set("spark.penstock.join.strategy", "hash")
  }

  override protected def afterAll(): Unit = {
    spark.conf.unset("spark.penstock.join.strategy")
    super.afterAll()
  }

  private lazy val folder = Files.createTempDirectory("penstock-plan").toString

  private def stored(name: String): DataFrame = {
    val path = s"$folder/$name"
    if (!new java.io.File(path).exists)
      spark
        .range(1000)
        .select(
          (col("id") % 7).cast("string").as("sym"),
          timestamp_micros(col("id") * 1000003 % 500009).as("ts"),
          col("id").as(s"${name}_a"),
          (col("id") * 2).as(s"${name}_b"),
          (col("id") * 3).as(s"${name}_c")
        )
        .write
        .parquet(path)
    spark.read.parquet(path)
  }

  private def planned(frame: DataFrame): SparkPlan = stripAQEPlan(frame.queryExecution.executedPlan)

  private def columnsRead(frame: DataFrame, side: String): Set[String] = collect(planned(frame)) {
    case scan: FileSourceScanExec if scan.relation.location.rootPaths.exists(_.toString.endsWith(side)) =>
      scan.requiredSchema.fieldNames.toSet
  }.head

  test("a chain of joins exchanges and sorts its left side once") {
    val chain = stored("left")
      .asofJoin(stored("right"), on = "ts", by = Seq("sym"))
      .asofJoin(stored("third"), on = "ts", by = Seq("sym"), suffixes = ("", "_third"))
    val plan = planned(chain)
    assert(collect(plan) { case m: TimeMergeExec => m }.size == 2)
    assert(collect(plan) { case e: ShuffleExchangeExec => e }.size == 3)
    assert(collect(plan) { case s: SortExec => s }.size == 3)
  }

  test("columns that nobody asks for are not read") {
    val joined = stored("left").asofJoin(stored("right"), on = "ts", by = Seq("sym"), tieBreak = Seq("right_b"))
    val asked = joined.select("left_a", "right_a")
    assert(columnsRead(asked, "left") == Set("sym", "ts", "left_a"))
    assert(columnsRead(asked, "right") == Set("sym", "ts", "right_a", "right_b"))
  }

  test("without tie_break every right column decides; on_ties='any' reads only what is asked for") {
    def asked(onTies: String): DataFrame =
      stored("left").asofJoin(stored("right"), on = "ts", by = Seq("sym"), onTies = onTies).select("left_a", "right_a")
    assert(columnsRead(asked("order"), "right") == Set("sym", "ts", "right_a", "right_b", "right_c"))
    assert(columnsRead(asked("any"), "right") == Set("sym", "ts", "right_a"))
  }

  test("a filter on the left side reaches the file, one on the right side stays above") {
    val joined =
      stored("left").asofJoin(stored("right"), on = "ts", by = Seq("sym")).filter("left_a > 900 AND right_a > 5")
    val optimized = joined.queryExecution.optimizedPlan
    assert(optimized.collectFirst {
      case Filter(c, m: TimeMerge) if c.references.subsetOf(m.right.outputSet) => c
    }.isDefined)
    val scans = collect(planned(joined)) { case s: FileSourceScanExec => s.dataFilters.map(_.sql).mkString }
    assert(scans.exists(_.contains("left_a")))
    assert(!scans.exists(_.contains("right_a")))
    val byHand =
      stored("left").filter("left_a > 900").asofJoin(stored("right"), on = "ts", by = Seq("sym")).filter("right_a > 5")
    assert(rows(joined) == rows(byHand))
  }

  test("a filter that is not deterministic stays above") {
    val joined = stored("left").asofJoin(stored("right"), on = "ts", by = Seq("sym")).filter(rand(7) < 0.5)
    val merge = joined.queryExecution.optimizedPlan.collectFirst { case m: TimeMerge => m }.get
    assert(!merge.left.exists { case f: Filter => !f.condition.deterministic; case _ => false })
  }

  test("the size of the result is near the left side's, so what is joined to it can be broadcast") {
    val left = stored("left")
    val joined = left.asofJoin(stored("right"), on = "ts", by = Seq("sym"))
    val ratio =
      joined.queryExecution.optimizedPlan.stats.sizeInBytes.toDouble / left.queryExecution.optimizedPlan.stats.sizeInBytes.toDouble
    assert(ratio >= 1 && ratio < 4)
  }

  test("explain names the strategy, and a metric says which one ran") {
    def ran(limit: String): Map[String, Long] = under("spark.penstock.state.maxRows" -> limit) {
      val joined = stored("left").asofJoin(stored("right"), on = "ts", by = Seq("sym"))
      assert(joined.queryExecution.toString.contains("strategy: hash by key, order by time"))
      joined.collect()
      val merge = collect(joined.queryExecution.executedPlan) { case m: TimeMergeExec => m }.head
      merge.metrics.map { case (name, metric) => name -> metric.value }
    }
    val free = ran("0")
    assert(
      free("timeOrdered") > 0 && free("keyOrdered") == 0 && free("stateRows") == 7 && free("numOutputRows") == 1000
    )
    val tight = ran("1")
    assert(tight("keyOrdered") > 0 && tight("numOutputRows") == 1000)
  }

  test("a join that goes on key by key still leaves in the order of time that it declares") {
    under("spark.penstock.state.maxRows" -> "2") {
      val joined = stored("left").asofJoin(stored("right"), on = "ts", by = Seq("sym"))
      val times =
        joined.select("ts").rdd.mapPartitions(p => Iterator(p.map(_.getTimestamp(0).getTime).toVector)).collect()
      assert(times.nonEmpty && times.forall(t => t == t.sorted))
    }
  }

  test("a call runs no job, in any direction") {
    val before = spark.sparkContext.statusTracker.getJobIdsForGroup(null).toSet
    val (left, right) = (stored("left"), stored("right"))
    val known = spark.sparkContext.statusTracker.getJobIdsForGroup(null).toSet
    for (direction <- Seq("backward", "forward", "nearest"))
      left.asofJoin(right, on = "ts", by = Seq("sym"), direction = direction).queryExecution.executedPlan
    assert(spark.sparkContext.statusTracker.getJobIdsForGroup(null).toSet == known)
    assert(before.subsetOf(known))
  }

  test("a broken limit is refused by name") {
    under("spark.penstock.state.maxRows" -> "many") {
      val e = intercept[IllegalArgumentException](
        stored("left").asofJoin(stored("right"), on = "ts").queryExecution.executedPlan
      )
      assert(e.getMessage.contains("spark.penstock.state.maxRows must be a whole number of rows, got 'many'"))
    }
  }
}
