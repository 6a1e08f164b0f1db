package penstock.plan

import org.apache.spark.sql.DataFrame
import org.apache.spark.sql.catalyst.plans.logical.ResolvedHint
import org.apache.spark.sql.execution.exchange.{BroadcastExchangeExec, ShuffleExchangeExec}
import org.apache.spark.sql.functions._
import org.scalatest.funsuite.AnyFunSuite

import penstock.SharedSession
import penstock.exec.{Meeting, ShortlistExec}
import penstock.syntax._

/** When the left side is broadcast to shorten the right one, and that no answer changes by it. */
class ShortlistSuite extends AnyFunSuite with SharedSession with TimeJoins {

  private def by(strategy: String) = "spark.penstock.join.strategy" -> strategy
  private val adaptive = "spark.sql.adaptive.enabled"

  /** Times that meet, tie and repeat; nulls among keys, times and values. */
  private def table(name: String, rows: Int, step: Int): DataFrame = {
    val id = col("id")
    spark
      .range(0, rows.toLong, 1, 3)
      .select(
        when(id % 17 =!= 0, (id % 7).cast("string")).as("sym"),
        when(id % 19 =!= 0, timestamp_micros(id * step % 5003 * 10)).as("ts"),
        when(id % 3 =!= 0, id).as(name)
      )
  }

  private lazy val left = table("l", 60, 101)
  private lazy val right = table("r", 9000, 1009)

  private def shortlists(frame: DataFrame): Seq[ShortlistExec] =
    collect(frame.queryExecution.executedPlan) { case s: ShortlistExec => s }

  /** Room for the left side, and not for the right. */
  private def between[A](body: => A): A = under("spark.sql.autoBroadcastJoinThreshold" -> "20k")(body)

  test("a small left side is sent, and of the right one only what may answer is exchanged") {
    between {
      val joined = left.asofJoin(right, on = "ts", by = Seq("sym"))
      assert(met(joined) == Meeting.BroadcastLeft)
      assert(joined.queryExecution.toString.contains("strategy: left side broadcast to shorten the right one"))
      val found = rows(joined)
      val short = shortlists(joined).head.metrics.map { case (name, metric) => name -> metric.value }
      assert(collect(timeJoin(joined)) { case e: BroadcastExchangeExec => e }.size == 1)
      assert(collect(timeJoin(joined)) { case e: ShuffleExchangeExec => e }.size == 2)
      assert(short("rightRows") > 7000 && short("stateBytes") > 0)
      assert(short("numOutputRows") > 0 && short("numOutputRows") <= 2 * 60 * 3, "a row for each stretch and partition")
      assert(found == under(by("hash"))(rows(left.asofJoin(right, on = "ts", by = Seq("sym")))))
    }
  }

  test("a hint sends it, and is taken off the plan; the right side goes first") {
    under("spark.sql.autoBroadcastJoinThreshold" -> "-1") {
      val joined = broadcast(left).select("sym", "ts", "l").asofJoin(right, on = "ts", by = Seq("sym"))
      assert(joined.queryExecution.analyzed.collectFirst { case h: ResolvedHint => h }.isEmpty)
      assert(met(joined) == Meeting.BroadcastLeft)
      assert(met(broadcast(left).asofJoin(broadcast(right), on = "ts")) == Meeting.Broadcast)
      assert(met(left.asofJoin(right, on = "ts")) == Meeting.Hash)
    }
  }

  test("what needs more of the right side than a memory, or might be another the second time, is exchanged whole") {
    under(by("broadcast_left"), "spark.sql.autoBroadcastJoinThreshold" -> "-1") {
      assert(met(left.asofJoin(right, on = "ts")) == Meeting.BroadcastLeft)
      assert(met(left.asofJoin(right, on = "ts", direction = "nearest")) == Meeting.Hash)
      assert(met(left.asofJoin(right, on = "ts", condition = "right.r < left.l")) == Meeting.Hash)
      assert(met(left.limit(5).asofJoin(right, on = "ts")) == Meeting.Hash)
      assert(met(left.withColumn("x", rand()).asofJoin(right, on = "ts")) == Meeting.Hash)
      val precise = right.withColumn("ts", col("ts").cast("decimal(38, 12)"))
      assert(met(left.withColumn("ts", col("ts").cast("decimal(38, 12)")).asofJoin(precise, on = "ts")) == Meeting.Hash)
      assert(met(left.windowJoin(right, on = "ts", upper = "0", aggs = Seq("n" -> "count(*)"))) == Meeting.Hash)
    }
  }

  for {
    direction <- Seq("backward", "forward")
    keys <- Seq(Seq("sym"), Nil)
    (limit, way) <- Seq("0" -> "true", "5" -> "false")
  } test(s"$direction by [${keys.mkString}] answers as ever, whatever the options, with limit $limit, adaptive $way") {
    // every two values of every two options meet
    val options = Seq(
      (true, true, true, "left", null),
      (true, false, false, "left_anti", "20 milliseconds"),
      (false, true, false, "left", "20 milliseconds"),
      (false, false, true, "left", "20 milliseconds"),
      (false, true, true, "left_anti", null),
      (false, false, false, "left", null)
    )
    val calls = options.map { case (exact, skip, nulls, how, tolerance) =>
      () =>
        left.asofJoin(
          right,
          on = "ts",
          by = keys,
          direction = direction,
          allowExactMatches = exact,
          skipNulls = skip,
          nullsEqual = nulls,
          how = how,
          tolerance = tolerance
        )
    }
    for ((call, n) <- calls.zipWithIndex) {
      def answered(strategy: String): Seq[String] =
        under(by(strategy), "spark.penstock.state.maxRows" -> limit, adaptive -> way)(rows(call()))
      assert(answered("broadcast_left") == answered("hash"), s"call $n")
    }
  }

  for (keys <- Seq(Seq("sym"), Nil); closed <- Seq("both", "left", "neither"))
    test(s"what is within reach of no left row stays away: by [${keys.mkString}], windows closed on $closed") {
      val n = Seq("n" -> "count(*)", "s" -> "sum(r)", "low" -> "min(ts)")
      val calls: Seq[() => DataFrame] = Seq(
        () =>
          left.windowJoin(
            right,
            on = "ts",
            by = keys,
            lower = "-400 microseconds",
            upper = "-20 microseconds",
            closed = closed,
            aggs = n
          ),
        () =>
          left.windowJoin(
            right,
            on = "ts",
            by = keys,
            windows = Seq("a" -> ("-90 microseconds" -> "0"), "b" -> ("0" -> "90 microseconds")),
            closed = closed,
            aggs = n
          ),
        () => left.asofJoin(right, on = "ts", by = keys, direction = "nearest", tolerance = "50 microseconds"),
        () =>
          left.asofJoin(
            right,
            on = "ts",
            by = keys,
            tolerance = "300 microseconds",
            condition = "right.r % 2 = left.l % 2"
          )
      )
      for ((call, i) <- calls.zipWithIndex) {
        val joined = under(by("broadcast_left"))(call())
        val found = under(by("broadcast_left"))(rows(joined))
        assert(found == under(by("hash"))(rows(call())), s"call $i")
        val short = shortlists(joined).head.metrics
        assert(short("rightRows").value > 7000 && short("numOutputRows").value < 7000 && found.size == 60)
      }
    }

  test("times whose images do not tell them apart are never taken for one another") {
    def exact(rows: Seq[(Int, String)], name: String): DataFrame = spark
      .createDataFrame(rows)
      .toDF(name, "at")
      .select(col("at").cast("decimal(38, 18)").as("at"), col(name))
    val few = exact(Seq(1 -> "12345678901234567890.000000000000000001"), "l")
    val near = Seq(
      1 -> "12345678901234567890.000000000000000000",
      2 -> "12345678901234567890.000000000000000001",
      3 -> "12345678901234567890.000000000000000002"
    )
    for (direction <- Seq("backward", "forward"); exactly <- Seq(true, false))
      under(by("broadcast_left")) {
        val joined = few.asofJoin(
          exact(near, "r"),
          on = "at",
          tolerance = 1,
          direction = direction,
          allowExactMatches = exactly
        )
        val right = if (exactly) 2 else if (direction == "backward") 1 else 3
        assert(joined.select("r").collect().map(_.get(0)).toSeq == Seq(right))
        assert(met(joined) == Meeting.BroadcastLeft)
      }
  }

  test("a task that may remember few rows sends the others on as they come") {
    under(by("broadcast_left"), "spark.penstock.state.maxRows" -> "3") {
      val joined = left.asofJoin(right, on = "ts", by = Seq("sym"))
      joined.collect()
      assert(shortlists(joined).head.metrics("numOutputRows").value > 5000)
    }
  }

  test("a tie that must fail does so") {
    val few = spark.range(100, 103).select(col("id").as("t"))
    val twice = spark.sql("SELECT * FROM VALUES (5L, 1), (5L, 2) AS q(t, x)")
    under(by("broadcast_left")) {
      val e = intercept[Exception](few.asofJoin(twice, on = "t", onTies = "error").collect())
      assert(Iterator.iterate[Throwable](e)(_.getCause).takeWhile(_ != null).exists(_.getMessage.contains("on_ties")))
    }
  }

  test("a chain, a self-join and empty sides") {
    under(by("broadcast_left")) {
      def chain = left
        .asofJoin(right, on = "ts", by = Seq("sym"))
        .asofJoin(left, on = "ts", by = Seq("sym"), suffixes = ("", "_again"))
      assert(rows(chain) == under(by("hash"))(rows(chain)))
      assert(left.filter("l < 0").asofJoin(right, on = "ts").count() == 0)
      assert(left.asofJoin(right.filter("r < 0"), on = "ts").filter("r IS NULL").count() == 60)
    }
  }
}
