package penstock.testkit

import org.apache.spark.sql.DataFrame
import org.scalactic.source.Position
import org.scalatest.Assertions

/** The exact comparison of two frames, computed in Spark; Python's `assert_frames_equal` has the same rules.
  *
  * Rows are a multiset, in no order. NaN equals NaN, null equals null, -0.0 equals 0.0, a map is a set of entries, text
  * is compared byte by byte; the n-th column of a repeated name pairs with the n-th. Names, types and the order of
  * columns must agree; what may be null need not.
  */
trait FrameAssertions { this: Assertions =>

  /** Fails unless two frames hold the same rows, each as often, and shows where they differ.
    *
    * @param key
    *   columns that name a row: rows are then paired and their cells compared; a key that is there twice is told
    * @param tolerance
    *   how far a float, double or decimal may be from the expected one, inclusive; needs `key`
    * @param relative
    *   the same as a share of the expected number; both add up
    * @param limit
    *   how many rows of each kind the message shows
    */
  def assertFramesEqual(
      actual: DataFrame,
      expected: DataFrame,
      key: Seq[String] = Nil,
      tolerance: Double = 0.0,
      relative: Double = 0.0,
      limit: Int = 10
  )(implicit pos: Position): Unit =
    FrameAssertions.difference(actual, expected, key, tolerance, relative, limit).foreach(text => fail(text))
}

object FrameAssertions {

  /** What differs, or None; parameters as for `assertFramesEqual`. */
  def difference(
      actual: DataFrame,
      expected: DataFrame,
      key: Seq[String] = Nil,
      tolerance: Double = 0.0,
      relative: Double = 0.0,
      limit: Int = 10
  ): Option[String] = {
    val near = tolerance != 0.0 || relative != 0.0
    require(
      Seq(tolerance, relative).forall(d => d >= 0 && !d.isInfinite),
      "a tolerance is a finite number, 0 or greater"
    )
    require(
      key.nonEmpty || !near,
      "a tolerance needs a key: which of two nearly equal rows belong together is not said"
    )
    require(limit > 0, s"limit = $limit shows nothing")
    val unknown = key.filterNot(expected.columns.contains)
    require(
      unknown.isEmpty,
      s"key ${unknown.mkString(", ")} is no column; there are: ${expected.columns.mkString(", ")}"
    )
    schemas(actual, expected).orElse {
      val types = expected.schema.fields.map(_.dataType).toSeq
      val sides = Sides(plain(actual), plain(expected), expected.columns.toSeq, types)
      val tolerances = if (near) Some(Values.Tolerance(tolerance, relative)) else None
      if (key.isEmpty) sides.asMultisets(limit)
      else sides.byKey(key.map(expected.columns.indexOf(_)), tolerances, limit)
    }
  }

  private def schemas(actual: DataFrame, expected: DataFrame): Option[String] = {
    def told(frame: DataFrame): Seq[String] = frame.schema.fields.map(f => s"${f.name} ${f.dataType.sql}").toSeq
    val (one, other) = (told(actual), told(expected))
    if (one == other) None
    else {
      val lines = one.diff(other).map("  + " + _) ++ other.diff(one).map("  - " + _)
      val more = if (lines.isEmpty) Seq("  the columns stand in another order") else lines
      Some(("The frames differ in their schemas: - expected, + actual." +: more).mkString("\n"))
    }
  }

  /** Columns by position, so that odd or repeated names do no harm. */
  private def plain(frame: DataFrame): DataFrame = {
    val places = frame.toDF(frame.columns.indices.map(i => s"p$i"): _*)
    val fields = frame.schema.fields.toSeq.zipWithIndex
    places.selectExpr(fields.map { case (f, i) => s"${Values.plain(s"p$i", f.dataType)} AS c$i" }: _*)
  }
}
