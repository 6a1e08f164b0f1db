package penstock.plan

import org.apache.spark.sql.DataFrame
import org.apache.spark.sql.catalyst.plans.logical.ResolvedHint
import org.apache.spark.sql.execution.{SortExec, WholeStageCodegenExec}
import org.apache.spark.sql.execution.exchange.{BroadcastExchangeExec, ShuffleExchangeExec}
import org.apache.spark.sql.functions._

import org.scalatest.funsuite.AnyFunSuite

import penstock.SharedSession
import penstock.exec.{Meeting, TimeSeekExec}
import penstock.syntax._

/** When the right side is broadcast, and that nothing else changes by it. */
class BroadcastSuite extends AnyFunSuite with SharedSession with TimeJoins {

  private def table(name: String, rows: Int): DataFrame = spark
    .range(0, rows.toLong, 1, 3)
    .select(
      (col("id") % 7).cast("string").as("sym"),
      timestamp_micros(col("id") * 1000003 % 500009).as("ts"),
      col("id").as(name)
    )

  private lazy val left = table("l", 3000)
  private lazy val right = table("r", 1000)

  private val never = "spark.sql.autoBroadcastJoinThreshold" -> "-1"

  test("a right side below Spark's threshold is sent, and the left side stays where it lies") {
    val joined = left.asofJoin(right, on = "ts", by = Seq("sym"))
    val merge = timeJoin(joined)
    assert(merge.isInstanceOf[TimeSeekExec])
    assert(collect(merge) { case e: ShuffleExchangeExec => e }.isEmpty)
    assert(collect(merge) { case e: BroadcastExchangeExec => e }.size == 1)
    assert(joined.queryExecution.toString.contains("strategy: right side broadcast, left rows looked up in no order"))
    joined.collect()
    val ran = timeJoin(joined).metrics.map { case (name, metric) => name -> metric.value }
    assert(ran("broadcast") == 3 && ran("sought") == 3 && ran("numOutputRows") == 3000)
    assert(collect(merge) { case s: SortExec => s }.isEmpty)
    assert(under(never)(met(left.asofJoin(right, on = "ts", by = Seq("sym")))) == Meeting.Hash)
  }

  test("what looks further than the nearest row is merged in order of time") {
    val merged = Seq(
      left.asofJoin(right, on = "ts", by = Seq("sym"), direction = "nearest"),
      left.asofJoin(right, on = "ts", by = Seq("sym"), condition = "right.r < left.l"),
      left.asofJoin(right, on = "ts", by = Seq("sym"), skipNulls = true)
    )
    for (joined <- merged) {
      assert(joined.queryExecution.toString.contains("strategy: right side broadcast, order by time"))
      joined.collect()
      val ran = timeJoin(joined).metrics.map { case (name, metric) => name -> metric.value }
      assert(ran("broadcast") == 3 && !ran.contains("sought"))
    }
  }

  test("rows that are looked up leave in the order they came, so an order is not made twice") {
    val sorted = left.sortWithinPartitions("l").asofJoin(right, on = "ts", by = Seq("sym"))
    assert(timeJoin(sorted).outputOrdering.nonEmpty)
    val seen = sorted.select("l").rdd.mapPartitions(p => Iterator(p.map(_.getLong(0)).toVector)).collect()
    assert(seen.length == 3 && seen.forall(l => l == l.sorted))
  }

  test("a hint sends it whatever its size, through projections, filters and aliases, and is taken off the plan") {
    val hinted = Seq(
      broadcast(right),
      broadcast(right).select("sym", "ts", "r"),
      right.hint("broadcast").filter("r > 3").as("q"),
      spark.sql("SELECT /*+ BROADCAST(q) */ * FROM VALUES ('1', timestamp'2024-01-02', 1) AS q(sym, ts, r)")
    )
    under(never) {
      for (side <- hinted) {
        val joined = left.asofJoin(side, on = "ts", by = Seq("sym"))
        assert(joined.queryExecution.analyzed.collectFirst { case h: ResolvedHint => h }.isEmpty)
        assert(met(joined) == Meeting.Broadcast)
      }
      assert(met(left.asofJoin(right.groupBy("sym", "ts").count(), on = "ts")) == Meeting.Hash)
    }
  }

  test("the configuration forces and forbids it") {
    def asked(strategy: String): Meeting =
      under("spark.penstock.join.strategy" -> strategy)(met(left.asofJoin(broadcast(right), on = "ts")))
    assert(asked("hash") == Meeting.Hash)
    assert(asked("Broadcast") == Meeting.Broadcast)
    val e = intercept[IllegalArgumentException](asked("merge"))
    assert(
      e.getMessage == "spark.penstock.join.strategy must be one of auto, hash, broadcast, broadcast_left, slice, got 'merge'"
    )
  }

  for {
    direction <- Seq("backward", "forward", "nearest")
    by <- Seq(Seq("sym"), Nil)
    limit <- Seq("0", "1")
    adaptive <- Seq("true", "false")
  } test(s"$direction by [${by.mkString}] gives the same rows both ways, state limit $limit, adaptive $adaptive") {
    def answered(strategy: String): Seq[String] = under(
      "spark.penstock.join.strategy" -> strategy,
      "spark.penstock.state.maxRows" -> limit,
      "spark.sql.adaptive.enabled" -> adaptive
    )(rows(left.asofJoin(right, on = "ts", by = by, direction = direction, tolerance = "200 milliseconds")))
    assert(answered("broadcast") == answered("hash"))
  }

  for {
    direction <- Seq("backward", "forward")
    exact <- Seq(true, false)
  } test(s"however a key's times lie and its rows differ in size, $direction, exact $exact") {
    val quotes = Seq(
      "more than a char counts" -> ("id * 3", 70000, ""),
      "two bunches far apart" -> ("id + (id % 2) * 1000000000000000", 300, ""),
      "all in one bucket but one" -> ("IF(id = 0, -4000000000000000000, id)", 300, ""),
      "from end to end of the axis" -> (
        "IF(id = 0, -9223372036854775808, IF(id = 1, 9223372036854775807, id))",
        100,
        ""
      ),
      "one time" -> ("5", 3, ""),
      "sizes a little unlike" -> ("id * 7", 300, "id % 40"),
      "one row much longer" -> ("id * 7", 300, "IF(id = 50, 250, 0)"),
      "rows too long to copy" -> ("id * 7", 300, "300")
    ).map { case (sym, (at, count, text)) =>
      val payload = if (text.isEmpty) lit(null).cast("string") else expr(s"repeat('x', int($text))")
      spark
        .range(count.toLong)
        .select(lit(sym).as("sym"), expr(at).cast("long").as("at"), col("id").as("r"), payload.as("text"))
    }.reduce(_ union _)
    val around = "explode(array(at, greatest(at, -9223372036854775807) - 1, least(at, 9223372036854775806) + 1))"
    val asked = quotes.where("r < 300 OR r % 100 = 0").select(col("sym"), expr(around).as("at"))
    def answered(strategy: String): Seq[String] = under("spark.penstock.join.strategy" -> strategy) {
      val joined = asked.asofJoin(
        quotes.groupBy("sym", "at").agg(max("r").as("r"), max("text").as("text")),
        on = "at",
        by = Seq("sym"),
        direction = direction,
        allowExactMatches = exact
      )
      assert(timeJoin(joined).isInstanceOf[TimeSeekExec] == (strategy == "broadcast"))
      rows(joined)
    }
    assert(answered("broadcast") == answered("hash"))
  }

  test("a chain of joins exchanges nothing") {
    val chain = left
      .asofJoin(right, on = "ts", by = Seq("sym"))
      .asofJoin(table("t", 500), on = "ts", by = Seq("sym"), suffixes = ("", "_t"))
    assert(collect(timeJoin(chain)) { case e: ShuffleExchangeExec => e }.isEmpty)
    assert(chain.count() == 3000)
  }

  test("a right side that holds a broadcast of Spark's own is still exchanged, while adaptive execution plans again") {
    val named =
      right.join(broadcast(table("d", 50).select(col("d"), col("sym").as("name"))), col("r") === col("d"), "left")
    val joined = under("spark.penstock.join.strategy" -> "hash") {
      val asked = left.asofJoin(named, on = "ts", by = Seq("sym"))
      assert(asked.collect().length == 3000)
      asked
    }
    assert(met(joined) == Meeting.Hash)
  }

  test("a right side that is itself the answer of a shuffle is sent by adaptive execution, too") {
    val newest = table("r", 1000).groupBy("sym", "ts").agg(max("r").as("r"))
    val joined = left.asofJoin(broadcast(newest), on = "ts", by = Seq("sym"))
    assert(
      rows(joined) == under("spark.penstock.join.strategy" -> "hash")(
        rows(left.asofJoin(newest, on = "ts", by = Seq("sym")))
      )
    )
    assert(met(joined) == Meeting.Broadcast)
  }

  for {
    (key, cast) <- Seq("string" -> "a string", "long" -> "a long", "int" -> "an int", "timestamp" -> "a time")
    how <- Seq("left", "inner", "left_semi", "left_anti")
    nullsEqual <- Seq(true, false)
  } test(s"generated code looks up what is looked up without it: $cast as key, $how, nulls equal $nullsEqual") {
    def keyed(frame: DataFrame, value: String, time: String): DataFrame = frame.select(
      when(col(value) % 11 === 0, null).otherwise(lower(concat(lit("key "), col("sym")))).as("text"),
      when(col(value) % 11 =!= 0, col("sym").cast("long")).cast(if (key == "string") "long" else key).as("k"),
      when(col(value) % 13 =!= 0, col("ts")).as(time),
      col(value)
    )
    val by = if (key == "string") "text" else "k"
    def joined: DataFrame = keyed(left, "l", "at").asofJoin(
      keyed(right, "r", "at"),
      on = "at",
      by = Seq(by),
      how = how,
      nullsEqual = nullsEqual,
      tolerance = "20 milliseconds"
    )
    def fused(frame: DataFrame): Boolean =
      collect(frame.queryExecution.executedPlan) { case w: WholeStageCodegenExec => w }
        .exists(_.child.exists(_.isInstanceOf[TimeSeekExec]))
    val generated = joined
    val found = rows(generated)
    assert(fused(generated) && found.nonEmpty)
    under("spark.sql.codegen.wholeStage" -> "false") {
      val plain = joined
      assert(rows(plain) == found && !fused(plain))
    }
  }
}
