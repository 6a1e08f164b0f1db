package flights

import org.apache.spark.sql.{Column, DataFrame}
import org.apache.spark.sql.functions.{avg, col, count, expr, lit, when}

/** Small tables over the departures with their weather. */
object Delays {

  /** Minutes from which a departure counts as late: the rule of the United States' Department of Transportation. */
  val late = 15

  /** How late departures were in each band of weather; the band is null where no observation was near enough. */
  def byBand(matched: DataFrame): DataFrame = delays(matched, col("band")).orderBy("band")

  /** How late departures were by the rain of the three hours before; null where nothing was observed then. */
  def byRain(matched: DataFrame): DataFrame = {
    val rain = col("rain")
    val amount =
      when(rain === 0, "none").when(rain < 0.1, "under 0.1 inch").when(rain >= 0.1, "0.1 inch or more")
    delays(matched, amount.as("amount")).orderBy("mean_delay")
  }

  /** How late departures were by how many others were in the air to their destination at the same time; without those
    * of which that is not known.
    */
  def byAloft(matched: DataFrame): DataFrame = {
    val aloft = col("aloft")
    val others =
      when(aloft === 0, "0").when(aloft < 5, "1 to 4").when(aloft < 10, "5 to 9").otherwise("over 9")
    delays(matched.where(aloft.isNotNull), others.as("others")).orderBy("others")
  }

  /** How late departures were by the hour for which they were scheduled, on New York's clock. */
  def byHour(matched: DataFrame): DataFrame = delays(matched, col("hour")).orderBy("hour")

  private def delays(matched: DataFrame, key: Column): DataFrame = matched
    .where(col("departed").isNotNull)
    .groupBy(key)
    .agg(
      count(lit(1)).as("departures"),
      expr("percentile(dep_delay, 0.5)").as("median_delay"),
      avg(col("dep_delay")).as("mean_delay"),
      expr("percentile(dep_delay, 0.9)").as("p90_delay"),
      avg((col("dep_delay") >= late).cast("int")).as("late_share")
    )
}
