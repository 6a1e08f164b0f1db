"""The tables that the manual's page on intervals speaks of, small and full of equal, open and empty intervals."""

from __future__ import annotations

from random import Random
from typing import Any

from oracles.trades import MINUTE


def stays_and_outages(session: Any) -> None:
    """Makes the temporary views `stays` (site, start, end, guest) and `outages` (site, start, end, code)."""
    random = Random(11)
    for name, column, rows in (("stays", "guest", 150), ("outages", "code", 120)):
        values: list[tuple[Any, ...]] = []
        for _ in range(rows):
            start = random.randint(0, 300)
            bounds = [b * MINUTE for b in (start, start + random.choice((0, 1, 5, 5, 20, 90)))]
            kept = [None if random.random() < 0.06 else b for b in bounds]
            values.append((random.choice(["A", "B", "C", None]), *kept, random.choice([None, *range(5)])))
        frame = session.createDataFrame(values, f"site string, low bigint, high bigint, {column} int")
        frame.selectExpr(
            "site", "timestamp_micros(low) AS start", "timestamp_micros(high) AS end", column
        ).createOrReplaceTempView(name)
