"""A table in which nothing of the catalogue is there: twelve keys with 24 rows each, and a column of every kind."""

from __future__ import annotations

from typing import Any

from penstock.scenarios.roles import Foreign, Roles

ZONE = "America/New_York"
ROLES = Roles(
    key=("device", "site"),
    time="ts",
    arrival="seen",
    foreign={"owner": Foreign(("owner",), "owners", ("id",))},
    categories={"state": ("on", "off", "idle")},
    date_texts=("day_text",),
    interval=("valid_from", "valid_to"),
    operation="op",
    partition=("region",),
    zone=ZONE,
)

COLUMNS = {
    "device": "CAST(100 + k AS INT)",
    "site": "concat('site-', chr(CAST(97 + k % 3 AS INT)))",
    "ts": "timestamp_micros(us)",
    "seen": "timestamp_micros(us + 5000000L)",
    "local": "TIMESTAMP_NTZ'1970-01-01 00:00:00' + INTERVAL '0.000001' SECOND * us",
    "day": "date_add(DATE'2024-06-01', CAST(m AS INT))",
    "valid_from": "timestamp_micros(us)",
    "valid_to": "timestamp_micros(us + 60000000L)",
    "price": "10D + k + m / 8D",
    "ratio": "CAST(2 + m AS FLOAT)",
    "qty": "CAST(1 + id % 7 AS INT)",
    "small": "CAST(1 + id % 5 AS TINYINT)",
    "big": "id + 1",
    "amount": "CAST(1 + m / 4 AS DECIMAL(9, 2))",
    "state": "element_at(array('on', 'off', 'idle'), CAST(1 + id % 3 AS INT))",
    "note": "concat('note ', chr(CAST(97 + id % 20 AS INT)))",
    "day_text": "concat('2024-06-', CAST(10 + m % 15 AS STRING))",
    "region": "element_at(array('eu', 'us'), CAST(1 + id % 2 AS INT))",
    "flag": "id % 2 = 0",
    "owner": "id % 20",
    "op": "if(m = 0, 'I', 'U')",
    "place": "named_struct('lat', 40D + k + m / 24D, 'city', concat('city ', chr(CAST(97 + k AS INT))))",
    "tags": "array(concat('tag ', chr(CAST(97 + id % 4 AS INT))), 'all')",
    "items": "array(named_struct('sku', concat('sku ', chr(CAST(97 + id % 6 AS INT))), 'n', CAST(1 + id % 3 AS INT)))",
    "labels": "array(named_struct('key', 'a', 'value', id + 1), named_struct('key', 'b', 'value', id + 2))",
    "extra": "map('a', id + 1)",
}
"""Row m of key k is a minute after row m - 1, and begins at a time without any edge: 2024-06-11 08:07:30 UTC."""


def base_frame(spark: Any, *columns: str) -> Any:
    """The table, or some of its columns."""
    us = "1718093250000000L + m * 60000000L AS us"
    rows = spark.range(0, 288, 1, 2).selectExpr("id", "id % 12 AS k", "id DIV 12 AS m").selectExpr("*", us)
    return rows.selectExpr(*[f"{COLUMNS[name]} AS {name}" for name in columns or COLUMNS])


def owners(spark: Any) -> Any:
    """The parents: each has children."""
    return spark.range(20).selectExpr("id", "concat('owner ', chr(CAST(97 + id AS INT))) AS name")
