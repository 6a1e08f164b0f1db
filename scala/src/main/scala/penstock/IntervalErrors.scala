package penstock

import org.apache.spark.sql.types.DataType

import penstock.contract.Refusal

/** What is said of intervals; a part of [[Errors]]. */
private[penstock] trait IntervalErrors {

  def show(value: Any): String

  /** Fails a running job: an interval that ends before it starts. */
  def reversed(transform: String, side: String, at: Seq[(String, String)]): RuntimeException =
    new IllegalStateException(
      s"$transform: an interval of the $side input ends before it starts, in the row with " +
        s"${at.map { case (n, v) => s"$n=$v" }.mkString(", ")}.\n" +
        "  Mend such rows, or leave them out with a filter on that input first.  [penstock.reversed-interval]"
    )

  def twoPoints(transform: String): Refusal = Refusal(
    "conflicting-parameters",
    s"$transform: 'left_on' is given together with 'right_on'.",
    "Points have no length: one side at least must have intervals.",
    "For equal times take a plain join, for near ones asof_join or window_join."
  )

  def pointAndInterval(transform: String, point: String, others: Seq[String]): Refusal = Refusal(
    "conflicting-parameters",
    s"$transform: '$point' is given together with '${others.mkString("' and '")}'.",
    remedy = s"Give '$point' where that side has points in time, its start and end where it has intervals."
  )

  def noInterval(transform: String, side: String, missing: Seq[String]): Refusal = Refusal(
    "missing-parameter",
    s"$transform: the ${missing.mkString(" and the ")} of the $side intervals ${if (missing.size == 1) "is" else "are"} missing.",
    remedy = s"Give start and end where both sides name them alike, else ${side}_start and ${side}_end; " +
      s"or ${side}_on where that side has points in time."
  )

  def startEndUnused(transform: String, params: Seq[String]): Refusal = Refusal(
    "conflicting-parameters",
    s"$transform: '${params.mkString("' and '")}' would speak of no side: both have their own.",
    remedy = s"Leave ${params.mkString(" and ")} out."
  )

  def negativeLength(transform: String, param: String, value: Any): Refusal = Refusal(
    "duration",
    s"$transform: parameter '$param' must not be negative, got ${show(value)}."
  )

  def needsKind(transform: String, param: String, value: Any, kind: String, only: String): Refusal = Refusal(
    "conflicting-parameters",
    s"$transform: $param=${show(value)} does not go with $kind.",
    remedy = s"It goes with $only."
  )

  def endsDiffer(transform: String, side: String, start: String, s: DataType, end: String, e: DataType): Refusal =
    Refusal(
      "type-mismatch",
      s"$transform: start and end of the $side input differ in type: '$start' is ${s.sql}, '$end' is ${e.sql}.",
      remedy = CommonType.remedy(start, s, end, e) + "."
    )
}
