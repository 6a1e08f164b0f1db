package penstock.plan

import scala.concurrent.duration._

import org.apache.spark.sql.DataFrame
import org.apache.spark.sql.execution.WholeStageCodegenExec
import org.apache.spark.sql.functions._
import org.scalatest.concurrent.Eventually._
import org.scalatest.funsuite.AnyFunSuite

import penstock.SharedSession
import penstock.exec.{Meeting, SliceExec, TimeMergeExec}
import penstock.syntax._

/** When time is cut into slices, how many, whose, and that no answer changes by it. */
class SliceSuite extends AnyFunSuite with SharedSession with TimeJoins {

  private val never = "spark.sql.autoBroadcastJoinThreshold" -> "-1"
  private val anySize = "spark.penstock.join.sliceMinSize" -> "0"
  private def by(strategy: String) = "spark.penstock.join.strategy" -> strategy

  /** Nine of ten rows have one key where `skewed`. */
  private def table(name: String, rows: Int, skewed: Boolean): DataFrame = {
    val id = col("id")
    spark
      .range(0, rows.toLong, 1, 3)
      .select(
        (if (skewed) when(id % 10 < 9, lit("hot")).otherwise((id % 70).cast("string")) else (id % 70).cast("string"))
          .as("sym"),
        timestamp_micros(id * 1000003 % 500009).as("ts"),
        id.as(name)
      )
  }

  private def joined(keys: Seq[String], skewed: Boolean = false): DataFrame =
    table("l", 3000, skewed).asofJoin(table("r", 2000, skewed), on = "ts", by = keys)

  private def nodes(frame: DataFrame): (TimeMergeExec, Seq[SliceExec]) = {
    val plan = frame.queryExecution.executedPlan
    (collect(plan) { case m: TimeMergeExec => m }.head, collect(plan) { case s: SliceExec => s })
  }

  private def ran(frame: DataFrame): Map[String, Long] = {
    frame.collect()
    val (merge, slices) = nodes(frame)
    (merge.metrics ++ slices.last.metrics).map { case (name, metric) => name -> metric.value }
  }

  test("without a key, time is cut; explain says so, metrics say what ran, and every task has work") {
    under(never, anySize, "spark.penstock.join.slices" -> "5") {
      val frame = joined(Nil)
      assert(nodes(frame)._1.meeting == Meeting.Slices)
      assert(frame.queryExecution.toString.contains("strategy: hash by key and slice of time"))
      val metrics = ran(frame)
      assert(metrics("slices") == 5 && metrics("sliced") > 0 && metrics("cutRows") == 2000)
      assert(metrics("haloRows") > 0 && metrics("haloRows") <= 3 * 4, "a row from each partition for each later slice")
      assert(rows(frame) == under(by("hash"))(rows(joined(Nil))))
    }
  }

  test("a hot key is cut, and the others are not") {
    under(never, anySize) {
      val frame = joined(Seq("sym"), skewed = true)
      val metrics = ran(frame)
      assert(metrics("hotKeys") == 1 && metrics("slices") > 1 && metrics("cutRows") == 1800)
      assert(rows(frame) == under(by("hash"))(rows(joined(Seq("sym"), skewed = true))))
    }
  }

  test("where no key is hot, nothing is cut") {
    // of two partitions a quarter would be hot: 70 keys of one size are none
    under(never, anySize) {
      val metrics = ran(joined(Seq("sym")))
      assert(metrics("hotKeys") == 0 && metrics("slices") == 1 && metrics("cutRows") == 0 && metrics("haloRows") == 0)
    }
  }

  for (generated <- Seq("true", "false"); skewed <- Seq(true, false))
    test(s"numbers are the same as part of generated code ($generated), with a hot key or none ($skewed)") {
      under(never, anySize, "spark.sql.codegen.wholeStage" -> generated) {
        // a filter, so that there is code around the number, and a limit, which stops it early
        def frame: DataFrame = table("l", 3000, skewed)
          .filter("l % 3 > 0")
          .asofJoin(table("r", 2000, skewed).filter("r % 5 > 0"), on = "ts", by = Seq("sym"))
        val sliced = frame
        assert(rows(sliced) == under(by("hash"))(rows(frame)))
        val around = collect(sliced.queryExecution.executedPlan) { case w: WholeStageCodegenExec => w }
        val within = around.count(_.exists(_.isInstanceOf[SliceExec]))
        assert(within == (if (generated == "true") 2 else 0))
        assert(frame.limit(10).count() == 10)
      }
    }

  test("how many slices there were is told where Spark keeps the metrics of a query") {
    under(never, anySize, "spark.penstock.join.slices" -> "5") {
      val frame = joined(Nil)
      frame.collect()
      val store = spark.sharedState.statusStore
      val told = eventually(timeout(10.seconds)) {
        val metrics = store.executionMetrics(store.executionsList().last.executionId)
        val slices = nodes(frame)._2.map(_.metrics("slices").id)
        assert(slices.forall(metrics.contains))
        slices.map(metrics)
      }
      assert(told == Seq("5", "5"))
    }
  }

  test("what is small, dear to read twice, or needs all that went before is not looked at") {
    val left = table("l", 300, skewed = true)
    val right = table("r", 200, skewed = true)
    def planned(frame: => DataFrame): Meeting = met(frame)
    under(never)(assert(planned(joined(Nil)) == Meeting.Hash))
    under(anySize)(assert(planned(joined(Nil)) == Meeting.Broadcast))
    under(never, anySize) {
      val newest = right.groupBy("sym", "ts").agg(max("r").as("r"))
      assert(planned(left.asofJoin(newest, on = "ts")) == Meeting.Hash)
      assert(planned(left.asofJoin(right.withColumn("x", rand()), on = "ts")) == Meeting.Hash)
      assert(planned(left.asofJoin(right, on = "ts", condition = "right.r < left.l")) == Meeting.Hash)
      assert(planned(left.windowJoin(right, on = "ts", upper = "0", aggs = Seq("n" -> "count(*)"))) == Meeting.Hash)
      assert(planned(left.asofJoin(right, on = "ts")) == Meeting.Slices)
      assert(under(by("hash"))(planned(left.asofJoin(right, on = "ts"))) == Meeting.Hash)
    }
  }

  for (adaptive <- Seq("true", "false"); reused <- Seq("true", "false"))
    test(s"a frame that is used as an RDD, cached, joined to itself and united is sliced alike: $adaptive, $reused") {
      under(
        never,
        by("slice"),
        "spark.penstock.join.slices" -> "7",
        "spark.sql.adaptive.enabled" -> adaptive,
        "spark.sql.exchange.reuse" -> reused
      ) {
        val frame = joined(Seq("sym"), skewed = true)
        val expected = under(by("hash"))(rows(joined(Seq("sym"), skewed = true)))
        assert(frame.rdd.map(_.mkString(" ")).collect().toSeq.sorted == expected)
        assert(rows(frame.union(frame)) == (expected ++ expected).sorted)
        assert(frame.join(frame.select(col("l").as("m")), col("l") === col("m")).count() == 3000)
        val kept = frame.cache()
        try assert(rows(kept) == expected)
        finally kept.unpersist()
      }
    }

  test("a chain of joins slices each") {
    under(never, by("slice")) {
      def chain = joined(Nil).asofJoin(table("t", 500, skewed = false), on = "ts", suffixes = ("", "_t"))
      assert(collect(chain.queryExecution.executedPlan) { case s: SliceExec => s }.size >= 4)
      assert(rows(chain) == under(by("hash"))(rows(chain)))
    }
  }

  test("a tie that must fail does so when it lies in another slice, or has left memory") {
    val left = spark.range(100, 130).select(col("id").as("t"))
    val right = spark.sql("SELECT * FROM VALUES (5L, 1), (5L, 2) AS q(t, x)")
    for (conf <- Seq(by("slice"), "spark.penstock.state.maxRows" -> "0", "spark.penstock.state.maxRows" -> "1"))
      under(never, "spark.penstock.join.slices" -> "8", by("hash"), conf) {
        val e = intercept[Exception](left.asofJoin(right, on = "t", onTies = "error").collect())
        assert(Iterator.iterate[Throwable](e)(_.getCause).takeWhile(_ != null).exists(_.getMessage.contains("on_ties")))
      }
  }

  test("planning samples nothing") {
    val known = spark.sparkContext.statusTracker.getJobIdsForGroup(null).toSet
    under(never, anySize)(assert(nodes(joined(Nil))._2.size == 2))
    assert(spark.sparkContext.statusTracker.getJobIdsForGroup(null).toSet == known)
  }

  test("empty sides are cut nowhere") {
    under(never, by("slice")) {
      val none = table("r", 2000, skewed = false).filter("r < 0")
      assert(table("l", 30, skewed = false).asofJoin(none, on = "ts").filter("r is null").count() == 30)
      assert(none.asofJoin(table("l", 30, skewed = false), on = "ts").count() == 0)
    }
  }

  test("a broken number of slices is refused by name") {
    under(never, by("slice"), "spark.penstock.join.slices" -> "some") {
      val e = intercept[IllegalArgumentException](joined(Nil).queryExecution.executedPlan)
      assert(e.getMessage.contains("spark.penstock.join.slices must be a whole number of slices, got 'some'"))
    }
    for (size <- Seq("big", "-1"))
      under(never, "spark.penstock.join.sliceMinSize" -> size) {
        val e = intercept[IllegalArgumentException](joined(Nil).queryExecution.executedPlan)
        assert(e.getMessage.contains(s"spark.penstock.join.sliceMinSize must be a size such as 32m, got '$size'"))
      }
  }
}
