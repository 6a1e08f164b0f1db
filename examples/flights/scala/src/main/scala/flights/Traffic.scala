package flights

import org.apache.spark.sql.DataFrame
import org.apache.spark.sql.functions.{col, count, lit, sum}

import penstock.syntax._

/** Which flights were in the air, and how many others were so together with each departure. */
object Traffic {

  private val span = Seq("dest", "departed", "landed")

  /** How many of the flights of `Departures.timed` went to `dest` from `departed` to `landed`: one row per such span.
    *
    * A flight whose times are not all known is in none: a null end would hold it in the air to the end of time.
    */
  def inTheAir(flights: DataFrame): DataFrame = flights
    .where("departed IS NOT NULL AND landed IS NOT NULL")
    .groupBy(span.map(col): _*)
    .agg(count(lit(1)).as("flights"))

  /** Each departure with `aloft`: the other flights to its destination that were in the air at the same time. One row
    * out per departure, all of which `inTheAir` must hold; null where its time in the air is not known.
    */
  def withAloft(departures: DataFrame, inTheAir: DataFrame): DataFrame = {
    val together = inTheAir.intervalJoin(inTheAir, start = "departed", end = "landed", by = Seq("dest"))
    // the count depends on the span alone; each span met its own flights too, of which one is the flight itself
    val aloft = together.groupBy(span.map(col): _*).agg((sum("flights_right") - 1).cast("int").as("aloft"))
    departures.join(aloft, span, "left").select((departures.columns.toSeq :+ "aloft").map(col): _*)
  }
}
