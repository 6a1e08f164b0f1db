"""Every cell is a function of (seed, table, column, row id), and the distributions are what they are called."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from penstock import scenarios as s
from scenarios.everything import EVERYTHING


def checksums(frame: Any, *columns: str) -> dict[str, int]:
    """By column: the sum of the hashes of (id, value) over all rows; as JSON, since maps have no hash of their own."""
    hashed = "sum(CAST(xxhash64(to_json(struct(id, `{0}` AS x))) AS DECIMAL(38, 0))) AS `{0}`"
    told = frame.selectExpr(*[hashed.format(c) for c in columns or frame.columns]).collect()[0]
    return {column: int(total) for column, total in told.asDict().items()}


@pytest.fixture(scope="module")
def whole(spark: Any) -> Any:
    """The orders, made once."""
    return {row["id"]: row for row in s.generate(EVERYTHING, "orders", spark=spark).collect()}


def test_no_partitioning_and_no_door_changes_a_value(spark: Any, connect_server: Any) -> None:
    from pyspark.sql.connect.session import SparkSession

    columns = list(EVERYTHING.table("orders").columns)
    right = checksums(spark.sql(EVERYTHING.sql("orders")))
    assert len(set(right.values())) == len(columns)
    for partitions in (1, 7):
        assert checksums(s.generate(EVERYTHING, "orders", spark=spark, partitions=partitions)) == right
    # a third of the columns: a row as wide as all is not compiled as a whole, and each of 200 tasks would interpret it
    many = checksums(s.generate(EVERYTHING, "orders", spark=spark, partitions=200), *columns[::3])
    assert many == {c: right[c] for c in columns[::3]}
    remote = SparkSession.builder.remote(connect_server.url).create()
    assert checksums(s.generate(EVERYTHING, "orders", spark=remote)) == right
    remote.client.close()


def test_no_setting_of_a_session_changes_a_value(spark: Any) -> None:
    other = spark.newSession()
    other.conf.set("spark.sql.session.timeZone", "Asia/Kolkata")
    other.conf.set("spark.sql.ansi.enabled", "false")
    other.conf.set("spark.sql.codegen.wholeStage", "false")
    here, there = (
        checksums(session.sql(EVERYTHING.sql("orders", 3)).selectExpr(*_by_instant(EVERYTHING)))
        for session in (spark, other)
    )
    assert here == there


def _by_instant(spec: s.Spec) -> list[str]:
    """All columns, with instants as numbers: their text depends on the zone, they must not."""
    return [f"unix_micros({c}) AS {c}" if c in {"at", "ts", "seen"} else c for c in spec.table("orders").columns]


def test_another_seed_table_or_column_is_another_value(spark: Any) -> None:
    one = {name: s.Table(100, {"x": s.Integer(0, 10**9), "y": s.Integer(0, 10**9)}) for name in "ab"}
    made = [
        tuple(row[c] for row in s.generate(s.Spec(one, seed), name, spark=spark).collect())
        for seed in (0, 1)
        for name in "ab"
        for c in "xy"
    ]
    assert len(set(made)) == 8
    assert all(len(set(a) & set(b)) < 3 for i, a in enumerate(made) for b in made[:i])


def test_a_row_alone_is_the_row_of_the_table(spark: Any, whole: Any) -> None:
    for number in (0, 17, 399):
        assert s.row(EVERYTHING, number, "orders", spark=spark).collect() == [whole[number]]


def test_other_columns_change_nothing(spark: Any, whole: Any) -> None:
    told = EVERYTHING.table("orders")
    few = dataclasses.replace(
        told, columns={n: told.columns[n] for n in ("rate", "tags", "id")}, shuffled=0, repeated=0
    )
    spec = dataclasses.replace(EVERYTHING, tables={**EVERYTHING.tables, "orders": few})
    made = s.generate(spec, "orders", spark=spark).collect()
    assert all((row["rate"], row["tags"]) == (whole[row["id"]]["rate"], whole[row["id"]]["tags"]) for row in made)


def test_delivery_is_out_of_order_and_repeats(spark: Any) -> None:
    ids = [row[0] for row in s.generate(EVERYTHING, "orders", spark=spark).select("id").collect()]
    assert sorted(ids[:400]) == list(range(400)) != ids[:400]
    assert max(abs(i - at) for at, i in enumerate(ids[:400])) < 16
    assert set(ids[400:]) <= set(range(400))


def test_keys_across_tables(spark: Any, whole: Any) -> None:
    parents = {row["id"]: row["region"] for row in s.generate(EVERYTHING, "customers", spark=spark).collect()}
    with_parent = [row for row in whole.values() if row["customer"] in parents]
    assert all(parents[row["customer"]] == row["region"] for row in with_parent), "one composite key, one parent row"
    assert 20 <= 400 - len(with_parent) <= 60, "a tenth are orphans"
    assert len({row["customer"] for row in with_parent}) <= 40, "a fifth of the parents has no child"
    assert all(row["boss"] is None or row["boss"] < row["id"] for row in whole.values())
    assert whole[0]["boss"] is None
    assert 20 <= sum(row["boss"] is None for row in whole.values()) <= 60


def test_change_log_and_series(whole: Any) -> None:
    for key in range(10):
        rows = [whole[i] for i in range(key, 400, 10)]
        ops = [row["op"] for row in rows]
        assert ops[0] == "I"
        assert set(ops[1:-1]) == {"U"}
        assert ops[-1] in "UD"
        start = datetime(2024, 1, 1, tzinfo=timezone.utc).timestamp()
        for n, row in enumerate(rows):
            assert row["key"] == key
            assert 0 <= row["ts"].timestamp() - start - 60 * n < 60
            assert row["seen"] >= row["ts"]
    late = [row for row in whole.values() if row["seen"] - row["ts"] >= timedelta(minutes=10)]
    assert 5 <= len(late) <= 40
    assert {row["op"] for row in (whole[i] for i in range(390, 400))} == {"U", "D"}


def test_shares_ranges_and_lengths(whole: Any) -> None:
    rows = list(whole.values())
    assert 60 <= sum(row["note"] is None for row in rows) <= 140
    assert {len((row["note"] or "").split()) for row in rows} == {0, 1, 2, 3, 4}
    assert {len(row["tags"]) for row in rows if row["tags"] is not None} == {0, 1, 2, 3}
    assert {row["qty"] for row in rows} == set(range(1, 10))
    assert all(0 <= row["price"] <= 99 and row["total"] == row["price"] * row["qty"] for row in rows)
    assert max(len(row["wide"].as_tuple().digits) for row in rows) == 38
    assert len({str(row["tags"]) for row in rows}) > 200, "elements differ from row to row"
    elements = [x for row in rows for inner in row["tags"] or () for x in inner]
    assert len(set(elements)) == len(elements), "and from element to element"


def test_a_stream_has_the_same_rows(spark: Any) -> None:
    spec = s.Spec({"t": s.Table(1000, {"id": s.Sequence(), "x": s.Normal(), "n": s.Text()}, shuffled=8)}, seed=5)
    stream = s.stream(spec, rows_per_second=1000, spark=spark)
    query = stream.writeStream.format("memory").queryName("made").outputMode("append").start()
    try:
        for _ in range(60):
            query.processAllAvailable() if spark.sql("SELECT count(*) FROM made").collect()[0][0] else None
            if spark.sql("SELECT count(*) FROM made").collect()[0][0] >= 200:
                break
            query.awaitTermination(1)
    finally:
        query.stop()
    streamed = spark.sql("SELECT * FROM made WHERE id < 200")
    assert streamed.count() >= 150
    expected = s.generate(spec, spark=spark)
    assert streamed.exceptAll(expected).count() == 0
