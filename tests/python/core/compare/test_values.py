"""What `assert_frames_equal` calls equal, type by type."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import penstock
import pytest
from penstock.core.compare.frames import difference

VALUES = {
    # name: (actual, expected, equal?)
    "nan_nan": ("double('NaN')", "double('NaN')", True),
    "nan_one": ("double('NaN')", "1D", False),
    "one_inf": ("1D", "double('Infinity')", False),
    "inf_minus_inf": ("double('Infinity')", "double('-Infinity')", False),
    "inf_inf": ("double('Infinity')", "double('Infinity')", True),
    "nan_null": ("double('NaN')", "CAST(NULL AS DOUBLE)", False),
    "null_null": ("CAST(NULL AS DOUBLE)", "CAST(NULL AS DOUBLE)", True),
    "float_nan_one": ("float('NaN')", "float('1')", False),
    "zeros": ("-0D", "0D", True),
    "last_bit": ("0.1D + 0.2D", "0.3D", False),
    "big_longs": ("9007199254740993L", "9007199254740992L", False),
    "decimals": ("12345678901234567890.12BD", "12345678901234567890.13BD", False),
    "empty_text_null": ("''", "CAST(NULL AS STRING)", False),
    "text_case": ("'a'", "'A'", False),
    "text_end": ("'a'", "'a '", False),
    "broken_bytes": ("CAST(X'C328' AS STRING)", "CAST(X'C329' AS STRING)", False),
    "binary": ("X'00'", "X''", False),
    "micros": ("timestamp'2024-01-01 00:00:00.000001'", "timestamp'2024-01-01'", False),
    "map_order": ("map('a', 1, 'b', 2)", "map('b', 2, 'a', 1)", True),
    "map_value": ("map('a', 1, 'b', 2)", "map('b', 2, 'a', 3)", False),
    "map_null_value": ("map('a', CAST(NULL AS INT))", "map('a', 0)", False),
    "map_in_array": ("array(map(1, double('NaN'), 2, 1D))", "array(map(2, 1D, 1, double('NaN')))", True),
    "map_in_map": ("map(1, map('x', 1, 'y', 2))", "map(1, map('y', 2, 'x', 1))", True),
    "map_in_struct": ("named_struct('a', map(1, 2))", "named_struct('a', map(1, 3))", False),
    "null_map": ("CAST(NULL AS MAP<INT, INT>)", "CAST(map() AS MAP<INT, INT>)", False),
    "nan_in_array": ("array(1D, double('NaN'))", "array(1D, 1D)", False),
    "array_order": ("array(1, 2)", "array(2, 1)", False),
    "array_null": ("array(CAST(NULL AS INT))", "CAST(array() AS ARRAY<INT>)", False),
    "struct_of_nulls": ("named_struct('f', CAST(NULL AS INT))", "CAST(NULL AS STRUCT<f: INT>)", False),
    "odd_fields": ("named_struct('a.b', 1, 'a`b', -0D)", "named_struct('a.b', 1, 'a`b', 0D)", True),
    "interval": ("INTERVAL '30' DAY", "INTERVAL '31' DAY", False),
    "void": ("NULL", "NULL", True),
}

NEAR = {
    # name: (actual, expected, absolute, relative, near?)
    "on_the_edge": ("10.5D", "10D", 0.5, 0, True),
    "past_the_edge": ("10.5000001D", "10D", 0.5, 0, False),
    "relative": ("110D", "100D", 0, 0.1, True),
    "relative_of_expected": ("100D", "110D", 0, 0.0909, False),
    "nan_one": ("double('NaN')", "1D", 9, 9, False),
    "one_nan": ("1D", "double('NaN')", 9, 9, False),
    "nan_nan": ("double('NaN')", "double('NaN')", 9, 9, True),
    "one_inf": ("1D", "double('Infinity')", 9, 9, False),
    "inf_one": ("double('Infinity')", "1D", 9, 9, False),
    "inf_minus_inf": ("double('Infinity')", "double('-Infinity')", 9, 9, False),
    "inf_inf": ("double('Infinity')", "double('Infinity')", 9, 9, True),
    "float_inf": ("float('Infinity')", "float('1')", 9, 9, False),
    "null_zero": ("CAST(NULL AS DOUBLE)", "0D", 9, 9, False),
    "null_null": ("CAST(NULL AS DOUBLE)", "CAST(NULL AS DOUBLE)", 9, 9, True),
    "overflow": ("1.7E308D", "-1.7E308D", 9, 0, False),
    "beyond_2_53": ("9007199254740993L", "9007199254740992L", 0.5, 0, False),
    "whole_numbers": ("CAST(5 AS TINYINT)", "CAST(6 AS TINYINT)", 1, 0, True),
    "long_ends": ("-9223372036854775808L", "9223372036854775807L", 9, 0, False),
    "decimal": ("1.10BD", "1.20BD", 0.1, 0, True),
    "decimal_38": (
        "99999999999999999999999999999999999999BD",
        "-99999999999999999999999999999999999999BD",
        9,
        0,
        False,
    ),
    "nested": ("map('a', array(named_struct('x', 1.05D)))", "map('a', array(named_struct('x', 1D)))", 0.1, 0, True),
    "nested_far": (
        "map('a', array(named_struct('x', 1.05D)))",
        "map('a', array(named_struct('x', 1D)))",
        0.01,
        0,
        False,
    ),
    "nested_length": ("array(1D)", "array(1D, 1D)", 9, 9, False),
    "nested_null": ("array(1D, NULL)", "array(1D, 1D)", 9, 9, False),
    "nested_text": ("named_struct('x', 1D, 't', 'a')", "named_struct('x', 1D, 't', 'b')", 9, 9, False),
    "map_keys": ("map(1D, 1D)", "map(1.1D, 1D)", 9, 9, False),
}


def one_row(spark: Any, values: dict[str, str]) -> Any:
    return spark.sql("SELECT 1 AS id, " + ", ".join(f"{sql} AS {name}" for name, sql in values.items()))


def differing(found: Any) -> set[str]:
    return {name for name, _ in found.cells}


def test_each_value_rule_in_pairs(spark: Any) -> None:
    actual = one_row(spark, {name: a for name, (a, _, _) in VALUES.items()})
    expected = one_row(spark, {name: e for name, (_, e, _) in VALUES.items()})
    found = difference(actual, expected, key="id")
    assert differing(found) == {name for name, (_, _, equal) in VALUES.items() if not equal}


def test_each_value_rule_in_a_multiset(spark: Any) -> None:
    equal = {name: case for name, case in VALUES.items() if case[2]}
    one, other = (one_row(spark, {name: case[side] for name, case in equal.items()}) for side in (0, 1))
    penstock.assert_frames_equal(one, other)
    for name in ("nan_one", "one_inf", "inf_minus_inf", "nan_null", "map_in_struct", "struct_of_nulls", "text_case"):
        one, other = (spark.sql(f"SELECT {VALUES[name][side]} AS x") for side in (0, 1))
        found = difference(one, other)
        assert (found.only_actual, found.only_expected) == (1, 1), name


def test_tolerance(spark: Any) -> None:
    actual = one_row(spark, {name: case[0] for name, case in NEAR.items()})
    expected = one_row(spark, {name: case[1] for name, case in NEAR.items()})
    tolerance = {name: case[2] for name, case in NEAR.items()}
    relative = {name: case[3] for name, case in NEAR.items()}
    found = difference(actual, expected, key="id", tolerance=tolerance, relative=relative)
    assert differing(found) == {name for name, case in NEAR.items() if not case[4]}


def test_a_tolerance_for_all_leaves_whole_numbers_exact(spark: Any) -> None:
    actual, expected = (spark.sql(f"SELECT 1 AS id, {x}D AS d, {i} AS i") for x, i in ((1.05, 5), (1.0, 6)))
    assert differing(difference(actual, expected, key="id", tolerance=1)) == {"i"}


def test_signed_zero_tells_zeros_apart(spark: Any) -> None:
    zeros = [spark.sql(f"SELECT array({sign}0D) AS a, {sign}float('0') AS f") for sign in ("-", "")]
    penstock.assert_frames_equal(*zeros)
    with pytest.raises(penstock.FramesDiffer, match=r"\+  \[-0.0\]  -0.0"):
        penstock.assert_frames_equal(*zeros, signed_zero=True)
    penstock.assert_frames_equal(zeros[0], zeros[0], signed_zero=True)


def test_collation_is_no_excuse(spark: Any) -> None:
    if spark.version < "4":
        pytest.skip("collations came with Spark 4.0")
    one, other = (
        spark.sql(f"SELECT '{t}' COLLATE UTF8_LCASE AS t, array('{t}' COLLATE UTF8_LCASE) AS a") for t in "aA"
    )
    assert difference(one, other).only_actual == 1
    with pytest.raises(penstock.FramesDiffer, match="is string in actual, string collate UTF8_LCASE in expected"):
        penstock.assert_frames_equal(one.selectExpr("CAST(t AS STRING) AS t", "a"), one)


def test_variants(spark: Any) -> None:
    if spark.version < "4":
        pytest.skip("variant came with Spark 4.0")
    texts = ('{"a": 1, "b": 2}', '{"b": 2, "a": 1}', '{"b": 2, "a": 1.5}')
    one, same, other = (spark.sql(f"SELECT parse_json('{t}') AS v") for t in texts)
    penstock.assert_frames_equal(one, same)
    assert difference(one, other).only_actual == 1


def test_multisets_against_counters(spark: Any) -> None:
    """Random multisets of the difficult doubles, against Python's own Counter."""
    choose = random.Random(20240229)
    texts = ["NaN", "Infinity", "-Infinity", "0.0", "1.0", None]

    def frame(values: list[str | None]) -> Any:
        listed = ", ".join("(CAST(NULL AS DOUBLE))" if v is None else f"(double('{v}'))" for v in values)
        return spark.sql(f"SELECT x, 'row' AS t FROM VALUES {listed} AS v(x)")

    for _ in range(6):
        ours, theirs = ([choose.choice(texts) for _ in range(choose.randint(3, 12))] for _ in range(2))
        found = difference(frame(ours), frame(theirs))
        extra, missing = Counter(ours) - Counter(theirs), Counter(theirs) - Counter(ours)
        told = (found.only_actual, found.only_expected) if found else (0, 0)
        assert told == (sum(extra.values()), sum(missing.values()))
        seen = Counter({(r.sign, r.values[0]): r.times for r in found.rows}) if found else Counter()
        assert seen == Counter({("+", x or "null"): n for x, n in extra.items()}) + Counter(
            {("-", x or "null"): n for x, n in missing.items()}
        )
