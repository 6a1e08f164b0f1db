package penstock.testkit

import org.apache.spark.sql.DataFrame
import org.scalatest.exceptions.TestFailedException
import org.scalatest.funsuite.AnyFunSuite

/** When the testkit calls two frames equal, one rule a line, and what it says where they are not. */
class FrameAssertionsSuite extends AnyFunSuite with LocalSpark with FrameAssertions {

  private def rows(values: String*): DataFrame = spark.sql(values.map("SELECT " + _ + " AS v").mkString(" UNION ALL "))
  private def same(a: DataFrame, b: DataFrame): Boolean = FrameAssertions.difference(a, b).isEmpty

  private val values = Seq(
    ("NaN is NaN", "double('NaN')", "double('NaN')", true),
    ("NaN is not null", "double('NaN')", "CAST(NULL AS DOUBLE)", false),
    ("-0.0 is 0.0", "-0.0D", "0.0D", true),
    ("-0.0 is 0.0 inside", "array(named_struct('x', -0.0D))", "array(named_struct('x', 0.0D))", true),
    ("null is null", "CAST(NULL AS INT)", "CAST(NULL AS INT)", true),
    ("null is not an empty text", "CAST(NULL AS STRING)", "''", false),
    ("case counts", "'a'", "'A'", false),
    ("a map has no order", "map(1, 'a', 2, 'b')", "map(2, 'b', 1, 'a')", true),
    ("a map inside a map", "map('k', map(1, -0.0D, 2, 1D))", "map('k', map(2, 1D, 1, 0.0D))", true),
    ("a map has values", "map(1, 'a')", "map(1, 'b')", false),
    ("an array has an order", "array(1, 2)", "array(2, 1)", false),
    ("a null array is not empty", "CAST(NULL AS ARRAY<INT>)", "CAST(array() AS ARRAY<INT>)", false),
    ("a struct of null is not null", "named_struct('x', CAST(NULL AS INT))", "CAST(NULL AS STRUCT<x: INT>)", false),
    ("decimals by value", "1.10BD", "1.20BD", false),
    ("types count", "1", "1L", false)
  )

  for ((name, one, other, equal) <- values) test(name) {
    assert(same(rows(one), rows(other)) == equal)
    assert(same(rows(other), rows(one)) == equal)
  }

  test("rows are counted, and have no order") {
    assert(same(rows("1", "2", "2"), rows("2", "1", "2")))
    assert(!same(rows("1", "2", "2"), rows("1", "1", "2")))
  }

  test("names may be repeated, odd, and must be in place") {
    val twice = spark.sql("SELECT 1 AS `a.b`, 2 AS x, 3 AS x")
    assert(same(twice, twice))
    assert(!same(twice, spark.sql("SELECT 1 AS `a.b`, 3 AS x, 2 AS x")))
    assert(
      FrameAssertions
        .difference(spark.sql("SELECT 1 AS a, 2 AS b"), spark.sql("SELECT 2 AS b, 1 AS a"))
        .get
        .contains("another order")
    )
  }

  test("the message shows the rows") {
    val error = intercept[TestFailedException](assertFramesEqual(rows("'a'", "'c'"), rows("'a'", "'b'", "'b'")))
    assert(error.getMessage.contains("2 rows missing in actual (-), 1 rows too much (+)"))
    assert(error.getMessage.contains("-  'b'  (2 times)"))
    assert(error.getMessage.contains("+  'c'"))
  }

  private def keyed(values: String): DataFrame = spark.sql(s"SELECT * FROM VALUES $values AS t(id, n, d)")

  test("by key, cells are compared, within a tolerance where there is one") {
    val (one, other) = (keyed("(1, 1.0D, 1.00BD), (2, 5.0D, 2.00BD)"), keyed("(2, 5.01D, 2.01BD), (1, 1.0D, 1.00BD)"))
    assertFramesEqual(one, other, key = Seq("id"), tolerance = 0.02)
    assertFramesEqual(one, other, key = Seq("id"), relative = 0.01)
    val text = FrameAssertions.difference(one, other, key = Seq("id"), tolerance = 0.005).get
    assert(text.contains("id = 2: n is 5.0, expected 5.01; d is 2.00, expected 2.01"))
  }

  test("an infinity is near nothing but itself") {
    val (inf, one) = (keyed("(1, double('Infinity'), 1)"), keyed("(1, 1D, 1)"))
    assertFramesEqual(inf, inf, key = Seq("id"), relative = 10)
    assert(FrameAssertions.difference(one, inf, key = Seq("id"), relative = 10).isDefined)
  }

  test("keys of one side, null keys, keys that are there twice") {
    val one = keyed("(1, 1, 1), (CAST(NULL AS INT), 2, 2), (3, 3, 3), (3, 3, 3)")
    val other = keyed("(4, 1, 1), (CAST(NULL AS INT), 2, 2), (3, 3, 3)")
    val text = FrameAssertions.difference(one, other, key = Seq("id")).get
    assert(text.contains("3 keys"))
    Seq("id = 1: too much", "id = 4: missing in actual", "id = 3: there more than once").foreach(t =>
      assert(text.contains(t))
    )
  }

  test("what cannot be asked") {
    val refused = intercept[IllegalArgumentException](assertFramesEqual(rows("1D"), rows("1D"), tolerance = 1))
    assert(refused.getMessage.contains("a tolerance needs a key"))
    assert(
      intercept[IllegalArgumentException](assertFramesEqual(rows("1"), rows("1"), key = Seq("w"))).getMessage
        .contains("there are: v")
    )
  }
}
