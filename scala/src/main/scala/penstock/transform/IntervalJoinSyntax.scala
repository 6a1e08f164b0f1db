package penstock.transform

import org.apache.spark.sql.DataFrame

import penstock.contract.ScalaSyntax

/** `intervalJoin` as a method of a frame, for Scala. */
trait IntervalJoinSyntax extends ScalaSyntax {
  implicit class IntervalJoinFrame(left: DataFrame) {

    /** Joins each row with the rows of `right` whose intervals overlap its own, per key; see [[IntervalJoin]] for the
      * parameters. Lazy.
      */
    def intervalJoin(
        right: DataFrame,
        start: String = null,
        end: String = null,
        leftStart: String = null,
        leftEnd: String = null,
        rightStart: String = null,
        rightEnd: String = null,
        leftOn: String = null,
        rightOn: String = null,
        by: Seq[String] = Nil,
        leftBy: Seq[String] = Nil,
        rightBy: Seq[String] = Nil,
        kind: String = "overlap",
        closed: String = "left",
        minOverlap: Any = null,
        maxGap: Any = null,
        how: String = "inner",
        mult: String = "all",
        tieBreak: Seq[String] = Nil,
        condition: String = null,
        nullsEqual: Boolean = false,
        suffixes: (String, String) = ("", "_right")
    ): DataFrame = callByName(
      IntervalJoin.name,
      Seq(left, right),
      Map(
        "start" -> start,
        "end" -> end,
        "left_start" -> leftStart,
        "left_end" -> leftEnd,
        "right_start" -> rightStart,
        "right_end" -> rightEnd,
        "left_on" -> leftOn,
        "right_on" -> rightOn,
        "by" -> by,
        "left_by" -> leftBy,
        "right_by" -> rightBy,
        "kind" -> kind,
        "closed" -> closed,
        "min_overlap" -> minOverlap,
        "max_gap" -> maxGap,
        "how" -> how,
        "mult" -> mult,
        "tie_break" -> tieBreak,
        "condition" -> condition,
        "nulls_equal" -> nullsEqual,
        "suffixes" -> suffixes
      )
    )
  }
}
