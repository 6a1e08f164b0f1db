"""The tables that the manual's examples speak of, small and full of ties, equal times and nulls."""

from __future__ import annotations

from random import Random
from typing import Any

MINUTE = 60_000_000


def trades_and_quotes(session: Any) -> None:
    """Makes the temporary views `trades` (sym, ts, qty) and `quotes` (sym, ts, seq, bid)."""
    random = Random(7)
    # times a minute apart, so that ties and equal times are many; now and then a null
    for name, columns, rows in (("trades", ("qty",), 300), ("quotes", ("seq", "bid"), 400)):
        values = [
            (
                random.choice(["A", "B", "C", None]),
                None if random.random() < 0.05 else random.randint(0, 90) * MINUTE,
                *(random.choice([None, random.randint(0, 4)]) for _ in columns),
            )
            for _ in range(rows)
        ]
        schema = ", ".join(["sym string", "micros bigint", *(f"{c} int" for c in columns)])
        frame = session.createDataFrame(values, schema)
        frame.selectExpr("sym", "timestamp_micros(micros) AS ts", *columns).createOrReplaceTempView(name)
