package penstock.plan

import java.nio.file.Files

import org.apache.spark.sql.DataFrame
import org.apache.spark.sql.catalyst.plans.logical.Filter
import org.apache.spark.sql.execution.{FileSourceScanExec, SortExec, SparkPlan}
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanHelper
import org.apache.spark.sql.execution.exchange.{BroadcastExchangeExec, ShuffleExchangeExec}
import org.apache.spark.sql.functions._

import org.scalatest.funsuite.AnyFunSuite

import penstock.SharedSession
import penstock.exec.{Meeting, TimeSweepExec}
import penstock.syntax._

/** What the planner makes of a sweep, and that nothing but time and memory depends on it. */
class TimeSweepPlanSuite extends AnyFunSuite with SharedSession with AdaptiveSparkPlanHelper {

  private val hash = "spark.penstock.join.strategy" -> "hash"
  private lazy val folder = Files.createTempDirectory("penstock-sweep").toString

  private def stored(name: String): DataFrame = {
    val path = s"$folder/$name"
    if (!new java.io.File(path).exists)
      spark
        .range(1000)
        .select(
          (col("id") % 7).cast("string").as("sym"),
          (col("id") * 1000003 % 5009).as("s"),
          (col("id") * 1000003 % 5009 + col("id") % 50).as("e"),
          col("id").as(s"${name}_a"),
          (col("id") * 2).as(s"${name}_b")
        )
        .write
        .parquet(path)
    spark.read.parquet(path)
  }

  private def joined(how: String = "inner", mult: String = "all", by: Seq[String] = Seq("sym")): DataFrame =
    stored("left").intervalJoin(stored("right"), start = "s", end = "e", by = by, how = how, mult = mult)

  private def planned(frame: DataFrame): SparkPlan = stripAQEPlan(frame.queryExecution.executedPlan)

  private def sweep(frame: DataFrame): TimeSweepExec =
    collect(frame.queryExecution.executedPlan) { case s: TimeSweepExec => s }.head

  private def scanned(frame: DataFrame, side: String): FileSourceScanExec = collect(planned(frame)) {
    case scan: FileSourceScanExec if scan.relation.location.rootPaths.exists(_.toString.endsWith(side)) => scan
  }.head

  test("each side is exchanged once and sorted by start alone; a chain by the same key exchanges its left side once") {
    under(hash) {
      val plan = planned(joined())
      assert(collect(plan) { case e: ShuffleExchangeExec => e }.size == 2)
      assert(collect(plan) { case s: SortExec => s.sortOrder.size }.sorted == Seq(1, 1))
      val chain = joined(how = "left_semi").asofJoin(stored("third"), on = "s", by = Seq("sym"))
      assert(collect(planned(chain)) { case e: ShuffleExchangeExec => e }.size == 3)
    }
  }

  test("columns that nobody asks for are not read; where matches are chosen all right ones decide") {
    under(hash) {
      def read(mult: String): Set[String] =
        scanned(joined(mult = mult).select("left_a"), "right").requiredSchema.fieldNames.toSet
      assert(read("all") == Set("sym", "s", "e"))
      assert(read("first") == Set("sym", "s", "e", "right_a", "right_b"))
    }
  }

  for (how <- Seq("inner", "left")) test(s"a filter on left columns reaches the files, one on right ones stays: $how") {
    val asked = joined(how).filter("left_a > 900 AND coalesce(right_a, 0) >= 0")
    assert(scanned(asked, "left").dataFilters.exists(_.sql.contains("left_a")))
    val above = asked.queryExecution.optimizedPlan.collect { case f: Filter => f.condition.sql }
    assert(above.exists(c => c.contains("right_a") && !c.contains("left_a")))
    val whole = joined(how)
    val kept = spark.createDataFrame(whole.collectAsList(), whole.schema)
    assert(rows(asked) == rows(kept.filter("left_a > 900 AND coalesce(right_a, 0) >= 0")))
  }

  test("a right side that fits is broadcast, by size or by hint, and the configuration forbids it") {
    val sent = joined()
    assert(sweep(sent).meeting == Meeting.Broadcast)
    assert(collect(planned(sent)) { case e: ShuffleExchangeExec => e }.isEmpty)
    assert(collect(planned(sent)) { case e: BroadcastExchangeExec => e }.size == 1)
    assert(sent.queryExecution.toString.contains("strategy: right side broadcast, swept by start"))
    under("spark.sql.autoBroadcastJoinThreshold" -> "-1") {
      assert(sweep(joined()).meeting == Meeting.Hash)
      val hinted = stored("left").intervalJoin(broadcast(stored("right")), start = "s", end = "e")
      assert(sweep(hinted).meeting == Meeting.Broadcast)
    }
    assert(under(hash)(sweep(joined()).meeting) == Meeting.Hash)
  }

  for {
    (how, mult) <- Seq("inner" -> "all", "left" -> "all", "left_semi" -> "all", "left_anti" -> "all", "left" -> "last")
    by <- Seq(Seq("sym"), Nil)
  } test(s"$how, $mult by [${by.mkString}]: strategies, limits and adaptive execution give the same rows") {
    def answered(strategy: String, limit: String, adaptive: String): Seq[String] = under(
      "spark.penstock.join.strategy" -> strategy,
      "spark.penstock.state.maxRows" -> limit,
      "spark.sql.adaptive.enabled" -> adaptive
    )(rows(joined(how, mult, by)))
    val expected = answered("hash", "0", "true")
    assert(expected.nonEmpty)
    for (
      (strategy, limit, adaptive) <- Seq(
        ("broadcast", "0", "false"),
        ("hash", "5", "false"),
        ("slice", "5", "true"),
        ("broadcast", "7", "true")
      )
    )
      assert(answered(strategy, limit, adaptive) == expected)
  }

  test("active rows over their limit: the task goes on in rounds and holds no more") {
    under(hash, "spark.penstock.state.maxRows" -> "10", "spark.sql.shuffle.partitions" -> "1") {
      val asked = joined()
      asked.collect()
      val ran = sweep(asked).metrics.map { case (name, metric) => name -> metric.value }
      assert(ran("rounds") > 1 && ran("stateRows") == 11)
    }
    under(hash) {
      val asked = joined()
      asked.collect()
      assert(sweep(asked).metrics("rounds").value == 0)
    }
  }

  test("only what lives at one time is held") {
    under(hash, "spark.sql.shuffle.partitions" -> "1") {
      val chain = spark.range(0, 200000, 1, 1).select(col("id").as("s"), (col("id") + 1).as("e"))
      val asked = chain.intervalJoin(chain, start = "s", end = "e")
      assert(asked.count() == 200000)
      assert(sweep(asked).metrics("stateRows").value < 100)
      // each start is a key of its own
      val equal = chain.intervalJoin(chain, start = "s", end = "e", kind = "equal")
      assert(equal.count() == 200000)
      assert(sweep(equal).metrics("stateRows").value <= 2 * 4096)
    }
  }
}
