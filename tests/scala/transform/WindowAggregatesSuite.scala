package penstock.transform

import org.apache.spark.sql.{DataFrame, Encoder, Encoders}
import org.apache.spark.sql.catalyst.encoders.ExpressionEncoder
import org.apache.spark.sql.expressions.Aggregator
import org.apache.spark.sql.functions._
import org.scalatest.funsuite.AnyFunSuite

import penstock.SharedSession
import penstock.syntax._

/** Greatest minus least: what a team writes itself. Null over no rows. */
object Spread extends Aggregator[Long, (Long, Long), Option[Long]] {
  def zero: (Long, Long) = (Long.MaxValue, Long.MinValue)
  def reduce(b: (Long, Long), x: Long): (Long, Long) = (math.min(b._1, x), math.max(b._2, x))
  def merge(a: (Long, Long), b: (Long, Long)): (Long, Long) = (math.min(a._1, b._1), math.max(a._2, b._2))
  def finish(b: (Long, Long)): Option[Long] = if (b._1 > b._2) None else Some(b._2 - b._1)
  def bufferEncoder: Encoder[(Long, Long)] = Encoders.tuple(Encoders.scalaLong, Encoders.scalaLong)
  def outputEncoder: Encoder[Option[Long]] = ExpressionEncoder[Option[Long]]()
}

/** Aggregates in a window join that are objects: a team's own, and sketches; beside Spark's range join and GROUP BY. */
class WindowAggregatesSuite extends AnyFunSuite with SharedSession {

  private lazy val left =
    spark.range(60).select((col("id") * 7 % 50).as("t"), (col("id") % 3).as("k"), col("id").as("l"))
  private lazy val right =
    spark.range(200).select((col("id") * 13 % 47).as("t"), (col("id") % 3).as("k"), (col("id") * 31 % 17).as("x"))

  private def byHand(aggregates: String): DataFrame = {
    left.createOrReplaceTempView("lefts")
    right.createOrReplaceTempView("rights")
    spark.sql(
      s"SELECT l.t, l.k, l.l, $aggregates FROM lefts l LEFT JOIN rights r " +
        "ON l.k = r.k AND r.t BETWEEN l.t - 5 AND l.t - 1 GROUP BY l.t, l.k, l.l"
    )
  }

  private def windowed(aggs: (String, String)*): DataFrame =
    left.windowJoin(right, on = "t", by = Seq("k"), lower = -5, upper = -1, aggs = aggs)

  private val ways =
    for (way <- Seq("hash", "broadcast", "slice"); limit <- Seq("0", "1"))
      yield Seq("spark.penstock.join.strategy" -> way, "spark.penstock.state.maxRows" -> limit)

  test("a team's own Aggregator, registered by its name") {
    spark.udf.register("spread", udaf(Spread, Encoders.scalaLong))
    val expected = rows(byHand("CASE WHEN count(r.x) > 0 THEN spread(r.x) END AS s"))
    assert(expected.distinct.size > 10)
    for (conf <- ways)
      under(conf: _*)(assert(rows(windowed("s" -> "CASE WHEN count(x) > 0 THEN spread(x) END")) == expected))
  }

  test("a sketch that counts distinct values") {
    val expected = rows(byHand("hll_sketch_estimate(hll_sketch_agg(r.x)) AS s"))
    assert(expected.distinct.size > 10)
    for (conf <- ways)
      under(conf: _*)(assert(rows(windowed("s" -> "hll_sketch_estimate(hll_sketch_agg(x))")) == expected))
  }

  test("the rows of a window without a beginning are remembered by the sketch alone") {
    val expected = left.windowJoin(right, on = "t", by = Seq("k"), upper = 0, aggs = Seq("n" -> "count(distinct x)"))
    val sketched = left.windowJoin(
      right,
      on = "t",
      by = Seq("k"),
      upper = 0,
      aggs = Seq("n" -> "hll_sketch_estimate(hll_sketch_agg(x))")
    )
    assert(rows(sketched) == rows(expected), "17 values are few enough for a sketch to be exact")
  }

  test("aggregates as columns, which bring their names and their DISTINCT") {
    val columns = left.windowJoin(
      right,
      on = "t",
      by = Seq("k"),
      lower = -5,
      upper = -1,
      aggs = Seq(sum(col("x") * 2).as("twice"), count_distinct(col("x")).as("n"), max("x"))
    )
    assert(columns.columns.toSeq == Seq("t", "k", "l", "twice", "n", "max(x)"))
    val texts = windowed("twice" -> "sum(x * 2)", "n" -> "count(distinct x)", "max(x)" -> "max(x)")
    assert(rows(columns) == rows(texts))
    val (codes, said) = refusal(left.windowJoin(right, on = "t", upper = 0, aggs = Seq(max("y").as("m"))))
    assert(codes == Seq("wrong-value") && said.contains("right has: t, k, x"))
  }
}
