package team

import org.apache.spark.sql.functions.{col, floor, lit, when}
import penstock.contract.{Kind, Param, Transform, TransformProvider}

/** What this team brings: transforms in the public DataFrame API, found by ServiceLoader. */
class TeamTransforms extends TransformProvider {
  def transforms: Seq[Transform] = Seq(TeamTransforms.addVat, TeamTransforms.enrich)
}

object TeamTransforms {

  private val rate = Param.default("rate", Kind.Real, 0.2, "The rate of the tax.")
  private val net = Param.default("net", Kind.Column, "net", "The column of net amounts.")
  private val into = Param.default("into", Kind.Text, "vat", "The name of the new column.")

  /** One input, three parameters with defaults. */
  val addVat: Transform =
    Transform.of("add_vat", "Add the value added tax of a net amount.", Seq("orders"), Seq(rate, net, into)) {
      (in, args) => in("orders").withColumn(args(into), col(args(net)) * args(rate))
    }

  private val by = Param.required("by", Kind.Columns, "The key columns, on both sides.")
  private val price = Param.required("price", Kind.Column, "The column to scale, on the left.")
  private val how = Param.default("how", Kind.Choice(Seq("inner", "left")), "inner", "What becomes of unmatched rows.")
  private val keep = Param.optional("keep", Kind.SqlText, "Which rows of the result stay.")
  private val bucket = Param.default("bucket", Kind.Whole, 10L, "The width of a price bucket.")
  private val factor = Param.default("factor", Kind.Real, 1.0, "What the price is multiplied by.")
  private val label = Param.default("label", Kind.Text, "none", "A text for every row.")
  private val marked = Param.default("marked", Kind.Flag, false, "Whether a column says that a row matched.")
  private val within = Param.optional("within", Kind.Duration, "A distance in time, shown as it came.")
  private val names =
    Param.default("names", Kind.Pair, ("price_left", "bucket"), "The names of the scaled price and of its bucket.")

  /** Two inputs, and a parameter of every kind. */
  val enrich: Transform = Transform.of(
    "team_enrich",
    "Join orders with reference rows, scale the price and put it in a bucket.",
    Seq("orders", "reference"),
    Seq(by, price, how, keep, bucket, factor, label, marked, within, names)
  ) { (in, args) =>
    val matched = in("reference").withColumn("_matched", lit(true))
    val joined = in("orders").join(matched, args(by), args(how))
    val (scaled, bucketed) = args(names)
    val all = joined
      .withColumn(scaled, col(args(price)) * args(factor))
      .withColumn(bucketed, floor(col(scaled) / args(bucket)) * args(bucket))
      .withColumn("label", lit(args(label)))
      .withColumn("within", lit(args.get(within).map(_.toString).orNull))
    val shown = if (args(marked)) all.withColumn("matched", when(col("_matched"), true).otherwise(false)) else all
    val rows = shown.drop("_matched")
    args.get(keep).fold(rows)(rows.where)
  }
}
