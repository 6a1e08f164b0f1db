// Databricks notebook source
package notebooks.rates

case class Rate(currency: String, at: java.time.Instant, value: BigDecimal)

/* COMMAND in a comment is a comment */
object Rates {
  def latest(rates: Seq[Rate]): Map[String, Rate] =
    rates.groupBy(_.currency).map { case (c, rs) => c -> rs.maxBy(_.at.toEpochMilli) }
}
