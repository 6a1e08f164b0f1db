"""What `assert_frames_equal` says where two frames are not equal: rows, keys, schemas, refusals."""

from __future__ import annotations

from typing import Any

import penstock
import pytest
from penstock.core.compare.frames import difference


def test_order_counts_only_when_asked(fresh: Any) -> None:
    up, down = (fresh.range(0, 50, 1, 3).orderBy("id", ascending=a) for a in (True, False))
    penstock.assert_frames_equal(up, down)
    penstock.assert_frames_equal(up, fresh.range(0, 50, 1, 7), row_order=True)
    found = difference(up, down.limit(49), row_order=True)
    assert (found.differing, found.only_actual) == (49, 1)
    assert [pair.key for pair in found.pairs if pair.problem == "only_actual"] == [("50",)]


def test_repeated_and_reordered_columns(spark: Any) -> None:
    one = spark.sql("SELECT 1 AS a, 2 AS a, 3 AS b")
    penstock.assert_frames_equal(one, spark.sql("SELECT 1 AS a, 2 AS a, 3 AS b"))
    assert difference(one, spark.sql("SELECT 2 AS a, 1 AS a, 3 AS b")).only_actual == 1
    moved = spark.sql("SELECT 3 AS b, 1 AS a, 2 AS a")
    penstock.assert_frames_equal(one, moved, column_order=False)
    with pytest.raises(penstock.FramesDiffer, match="another order: a, a, b in actual, b, a, a in expected"):
        penstock.assert_frames_equal(one, moved)


def test_nested_values_through_each_door(fresh: Any) -> None:
    text = "SELECT 1 AS id, map('a', array({}, NULL)) AS m, named_struct('x', '{}') AS s"
    one, other = (fresh.sql(text.format(*values)) for values in (("double('NaN')", "é"), ("1D", "e")))
    assert {name for name, _ in difference(one, other, key="id", tolerance=9).cells} == {"m", "s"}
    assert difference(one, other).rows[0].values == ("1", "{'a' -> [NaN, null]}", "{'é'}")


def test_keys(fresh: Any) -> None:
    actual = fresh.sql(
        "SELECT * FROM VALUES (1, NULL, 1D), (1, 'a', 2D), (2, 'b', 3D), (3, 'c', 4D), (3, 'c', 4D) t(k, l, x)"
    )
    expected = fresh.sql("SELECT * FROM VALUES (1, NULL, 1D), (1, 'a', 9D), (3, 'c', 4D), (4, 'd', 5D) t(k, l, x)")
    with pytest.raises(penstock.FramesDiffer) as caught:
        penstock.assert_frames_equal(actual, expected, key=["k", "l"])
    assert str(caught.value).splitlines() == [
        "The frames differ at 4 keys: 1 with other values, 1 only in expected, 1 only in actual, 1 repeated.",
        "  actual has 5 rows, expected 4 rows.",
        "  Cells that differ: x 1.",
        "  k=2, l='b': only in actual  (x=3.0)",
        "  k=4, l='d': only in expected  (x=5.0)",
        "  k=3, l='c': 2x in actual, 1x in expected; a key must name one row",
        "  k=1, l='a': x is 2.0, expected 9.0  [penstock.frames-differ]",
    ]


def test_the_message_puts_near_rows_together(spark: Any) -> None:
    actual = spark.sql("SELECT id, id * 2D AS price, 'a\\tb' AS name FROM range(200)")
    expected = spark.sql("SELECT id, if(id = 7, double('NaN'), id * 2D) AS price, 'a\\tb' AS name FROM range(200)")
    with pytest.raises(penstock.FramesDiffer) as caught:
        penstock.assert_frames_equal(actual.unionAll(actual.where("id = 9")).unionAll(actual.where("id = 9")), expected)
    assert str(caught.value).splitlines() == [
        "The frames differ: 1 row missing in actual (-), 3 rows too much (+).",
        "  actual has 202 rows, expected 200 rows.",
        "  Rows that are nearly the same differ in: price.",
        "     times  id  price  name",
        r"  -  1x     7   NaN    'a\tb'",
        r"  +  1x     7   14.0   'a\tb'",
        r"  +  2x     9   18.0   'a\tb'  [penstock.frames-differ]",
    ]


def test_a_wide_frame_is_planned_in_seconds(spark: Any) -> None:
    """An alias per column above a filter on all of them doubles the optimizer's work with every column."""
    frame, other = (spark.sql(f"SELECT 1 AS id, {', '.join(f'{x}D AS x{i}' for i in range(60))}") for x in (1, 2))
    assert len(difference(frame, other, key="id", tolerance=0.5).cells) == 60


def test_the_message_is_limited_and_counts_the_rest(spark: Any) -> None:
    found = difference(spark.range(1000), spark.range(0), limit=3)
    assert [row.values for row in found.rows] == [("0",), ("1",), ("2",)]
    assert "… and 997 rows more" in str(found)


def test_two_instants_of_one_wall_clock_hour_look_different(spark: Any) -> None:
    session = spark.newSession()
    session.conf.set("spark.sql.session.timeZone", "America/New_York")
    one, other = (session.sql(f"SELECT timestamp_seconds({s}) AS t") for s in (1699162200, 1699165800))
    told = [row.values[0] for row in difference(one, other).rows]
    assert told == ["2023-11-05 01:30:00-04:00", "2023-11-05 01:30:00-05:00"]


def test_schema_is_said_first_and_nothing_runs(spark: Any) -> None:
    boom = "SELECT raise_error('a row was read') AS {}, 1 AS y, named_struct('f', array(1)) AS s"
    actual = spark.sql(boom.format("x"))
    expected = spark.sql(boom.format("z").replace("1 AS y", "1L AS y").replace("array(1)", "array(1D)"))
    with pytest.raises(penstock.FramesDiffer) as caught:
        penstock.assert_frames_equal(actual, expected)
    assert str(caught.value).splitlines() == [
        "The schemas differ; no row was compared.",
        "  column 'z' is only in expected (void)",
        "  column 'x' is only in actual (void)",
        "  column 'y' is int in actual, bigint in expected",
        "  column 's', field 'f', element is int in actual, double in expected  [penstock.frames-differ]",
    ]


def test_nullability_counts_only_when_asked(spark: Any) -> None:
    one, other = spark.sql("SELECT 1 AS x"), spark.sql("SELECT nullif(1, 2) AS x")
    penstock.assert_frames_equal(one, other)
    with pytest.raises(penstock.FramesDiffer, match="'x' is declared not null in actual, and may be null in expected"):
        penstock.assert_frames_equal(one, other, nullability=True)


def test_frames_without_rows_or_columns(spark: Any) -> None:
    empty = spark.range(3).select()
    penstock.assert_frames_equal(spark.range(0), spark.range(0))
    penstock.assert_frames_equal(empty, empty)
    assert difference(empty, spark.range(5).select()).only_expected == 2


def test_a_failure_is_an_assertion_and_an_error_of_ours(spark: Any) -> None:
    with pytest.raises(AssertionError) as caught:
        penstock.assert_frames_equal(spark.range(2), spark.range(1))
    assert isinstance(caught.value, penstock.PenstockError)
    assert caught.value.difference.only_actual == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"tolerance": 0.1}, "a tolerance needs rows that are paired"),
        ({"key": "idd"}, "They have: id, x.   Did you mean 'id'?"),
        ({"key": "id", "tolerance": {"y": 1}}, "column 'y' (parameter tolerance) is not in the frames"),
        ({"key": "id", "tolerance": float("nan")}, "tolerance=nan is not a distance"),
        ({"key": "id", "relative": -1}, "relative=-1 is not a distance"),
        ({"key": "id", "row_order": True}, "key and row_order were both given"),
        ({"key": "id", "tolerance": 1, "signed_zero": True}, "signed_zero and a tolerance contradict"),
        ({"limit": 0}, "limit=0 shows nothing"),
    ],
)
def test_refusals(spark: Any, given: dict[str, Any], says: str) -> None:
    frame = spark.sql("SELECT 1 AS id, 1D AS x")
    with pytest.raises(penstock.Refusal) as caught:
        penstock.assert_frames_equal(frame, frame, **given)
    assert says in str(caught.value)


def test_other_things_than_frames_are_refused(spark: Any) -> None:
    with pytest.raises(penstock.Refusal, match="table 2 must be a Spark DataFrame"):
        penstock.assert_frames_equal(spark.range(1), [1])
    stream = spark.readStream.format("rate").load()
    with pytest.raises(penstock.Refusal, match="is a stream, which has no end"):
        penstock.assert_frames_equal(stream, stream)
