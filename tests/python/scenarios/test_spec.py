"""Specs from schemas, dictionaries and YAML; what is wrong with one is said at once, in its own names."""

from __future__ import annotations

from typing import Any

import penstock
import pytest
from penstock import scenarios as s


def test_from_a_schema(spark: Any) -> None:
    schema = spark.sql(
        "SELECT 1Y a, 1S b, 1 c, 1L d, 1F e, 1D f, 1.5BD g, '' h, true i, DATE'2024-01-01' j, now() k, X'' l, "
        "array(map('x', named_struct('y', array(1)))) m, TIMESTAMP_NTZ'2024-01-01' n"
    ).schema
    made = s.generate(s.from_schema(schema, 50, nulls=0.2, seed=1), spark=spark)
    assert [(f.name, f.dataType.simpleString()) for f in made.schema] == [
        (f.name, f.dataType.simpleString()) for f in schema
    ]
    assert len({str(row) for row in made.collect()}) == 50


def test_yaml_and_python_say_the_same(tmp_path: Any) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(
        "seed: 7\ntables:\n  t:\n    rows: 10\n    columns:\n      id: sequence\n"
        "      x: {kind: normal, mean: 5, nulls: 0.1}\n      c: {kind: category, values: [a, b]}\n"
        "      l: {kind: array, of: {kind: struct, fields: {a: zipf}}}\n"
    )
    written = s.Table(
        10,
        {
            "id": s.Sequence(),
            "x": s.Normal(mean=5, nulls=0.1),
            "c": s.Category(("a", "b")),
            "l": s.Array(s.Struct({"a": s.Zipf()})),
        },
    )
    assert s.load(path) == s.Spec({"t": written}, seed=7)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"id": "sequense"}, "t.id: there is no kind 'sequense'"),
        ({"id": {"kind": "normal", "sd": 1}}, "t.id has no parameter 'sd'"),
        ({"id": {"kind": "normal", "nulls": 2}}, "t.id: nulls=2 is not a share between 0 and 1"),
        ({"id": {"kind": "category", "values": [1], "weights": [1, 2]}}, "there are 1 values and 2 weights"),
        ({"id": {"kind": "foreign_key", "table": "u"}}, "t.id: there is no column u.id to refer to; there are t.id"),
        ({"id": {"kind": "date", "start": "soon"}}, "t.id: start='soon' cannot be read"),
        ({"id": {"kind": "date", "start": "2024-02-01", "end": "2024-01-01"}}, "t.id: it ends before it starts"),
        ({"_row": "sequence"}, "column '_row' clashes"),
        ({"a": "sequence", "A": "sequence"}, "column 'A' clashes"),
        ({"a": {"kind": "array", "of": {"kind": "sql", "expression": "1"}}}, "cannot be inside an array"),
        (
            {"a": "key", "b": {"kind": "foreign_key", "table": "t", "column": "a", "orphans": 0.1}},
            "t.b: orphans need a unique key",
        ),
    ],
)
def test_refusals(told: dict[str, Any], says: str) -> None:
    with pytest.raises(penstock.Refusal) as caught:
        s.from_dict({"tables": {"t": {"rows": 5, "columns": told}}})
    assert says in str(caught.value)


def test_unknown_tables_are_refused() -> None:
    with pytest.raises(penstock.Refusal, match=r"customers, orders\.   Did you mean 'orders'"):
        s.from_dict({"tables": {n: {"rows": 1, "columns": {"id": "key"}} for n in ("customers", "orders")}}).sql(
            "order"
        )
