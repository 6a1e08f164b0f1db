package penstock.plan

import java.nio.file.{Files, Path}

import org.apache.spark.sql.DataFrame
import org.apache.spark.sql.catalyst.expressions.{ScalarSubquery => Bound}
import org.apache.spark.sql.execution.FileSourceScanExec
import org.apache.spark.sql.functions._
import org.scalatest.funsuite.AnyFunSuite

import penstock.SharedSession
import penstock.syntax._

/** When a right side's time is bounded by the left's at run time, by what, and that no answer changes by it. */
class PruneSuite extends AnyFunSuite with SharedSession with TimeJoins {

  private val always = "spark.penstock.join.pruneMinSize" -> "0"
  private val never = "spark.penstock.join.pruneMinSize" -> "-1"
  private val hash = "spark.penstock.join.strategy" -> "hash"

  private def table(rows: Long, from: Long, name: String): DataFrame = spark
    .range(from, from + rows, 1, 2)
    .select((col("id") % 3).as("k"), col("id").as("t"), col("id").as(name))

  private lazy val left = table(50, 4000, "l")
  private lazy val right = table(10000, 0, "r")

  /** How many right rows pass the filters. */
  private def bounds(frame: DataFrame): Int = frame.queryExecution.optimizedPlan
    .collect { case m: TimeMerge => m.right.flatMap(_.expressions.flatMap(_.collect { case b: Bound => b })) }
    .flatten
    .size

  private def pruned(call: => DataFrame, ends: Int): Unit = {
    val plain = under(never, hash)(rows(call))
    under(always, hash) {
      val frame = call
      assert(bounds(frame) == ends, frame.queryExecution.optimizedPlan)
      assert(rows(frame) == plain && plain.nonEmpty)
    }
  }

  test("a backward join bounds the upper end, a forward one the lower, a tolerance both") {
    pruned(left.asofJoin(right, on = "t", by = Seq("k")), 1)
    pruned(left.asofJoin(right, on = "t", by = Seq("k"), direction = "forward"), 1)
    pruned(left.asofJoin(right, on = "t", direction = "nearest"), 0)
    pruned(left.asofJoin(right, on = "t", direction = "nearest", tolerance = 2, allowExactMatches = false), 2)
    pruned(left.asofJoin(right, on = "t", tolerance = 2, allowExactMatches = false), 2)
    pruned(left.asofJoin(right, on = "t", tolerance = 3, condition = "left.l % 2 = right.r % 2"), 2)
    pruned(left.asofJoin(right, on = "t", tolerance = Long.MaxValue, direction = "forward"), 2)
  }

  test("windows are bounded by their own ends") {
    val n = Seq("n" -> "count(*)", "s" -> "sum(r)")
    pruned(left.windowJoin(right, on = "t", lower = -5, upper = 7, aggs = n), 2)
    pruned(
      left.windowJoin(right, on = "t", by = Seq("k"), lower = -5, upper = -3, includePrevailing = true, aggs = n),
      1
    )
    pruned(left.windowJoin(right, on = "t", upper = 0, aggs = n), 1)
  }

  test("dates and timestamps") {
    for (time <- Seq(date_add(lit("2024-01-01"), col("t").cast("int")), timestamp_seconds(col("t")))) {
      val (l, r) = (left.withColumn("t", time), right.withColumn("t", time))
      pruned(l.asofJoin(r, on = "t", tolerance = "3 days"), 2)
    }
  }

  test("files hold what is read: rows beyond the bounds leave no scan's row group, or no filter") {
    val folder: Path = Files.createTempDirectory("penstock-prune")
    right.repartitionByRange(10, col("t")).write.mode("overwrite").parquet(folder.toString)
    val stored = spark.read.parquet(folder.toString)
    under(always, hash) {
      val joined = left.asofJoin(stored, on = "t", by = Seq("k"), tolerance = 5)
      assert(rows(joined) == under(never)(rows(left.asofJoin(stored, on = "t", by = Seq("k"), tolerance = 5))))
      val scan = collect(joined.queryExecution.executedPlan) { case s: FileSourceScanExec => s }.head
      assert(scan.dataFilters.exists(_.toString.contains("subquery")))
    }
  }

  test("no left row leaves nothing to read; what is small, dear to read twice or no whole number is left alone") {
    pruned(left.asofJoin(right, on = "t"), 1)
    under(always, hash) {
      assert(left.filter("l < 0").asofJoin(right, on = "t").count() == 0)
      assert(bounds(left.limit(5).asofJoin(right, on = "t")) == 0)
      assert(bounds(right.asofJoin(left, on = "t")) == 0)
      val real = col("t").cast("double")
      assert(bounds(left.withColumn("t", real).asofJoin(right.withColumn("t", real), on = "t")) == 0)
    }
    under(hash)(assert(bounds(left.asofJoin(right, on = "t")) == 0))
    under("spark.penstock.join.pruneMinSize" -> "big") {
      val e = intercept[IllegalArgumentException](left.asofJoin(right, on = "t").queryExecution.optimizedPlan)
      assert(e.getMessage == "spark.penstock.join.pruneMinSize must be a size such as 32m, got 'big'")
    }
  }
}
