"""A range join and GROUP BY in DuckDB, for the calls of `window_join` whose meaning it shares."""

from __future__ import annotations

from typing import Any

from oracles.combinations import meaning
from oracles.duck import TYPES
from oracles.window_brute import AGGREGATES, Values
from oracles.window_combinations import WindowCall

SHARED = {"n", "c", "s", "a", "lo", "d", "md", "fs"}
"""Aggregates that mean the same; of doubles only sums would, and NaN is another number there."""


def knows(c: WindowCall) -> bool:
    plain_keys = all(k.value in (int, str) for k in c.keys)
    o = c.meaning
    return (
        c.time.common and plain_keys and not o.prevailing and not o.nulls_equal and bool(SHARED.intersection(c.names))
    )


def answer(c: WindowCall) -> dict[str, dict[str, Values]]:
    """By aggregate, then by the left row's id: the values, one for each window."""
    import duckdb

    db = duckdb.connect()
    keys = list(c.meaning.by)
    for name, columns, rows, more in (("l", c.left_columns, c.left, ()), ("r", c.right_columns, c.right, ("x", "z"))):
        kinds = [columns[n].value for n in (*keys, "t", *more)]
        schema = ", ".join(f"{n} {TYPES.get(k, 'BIGINT')}" for n, k in zip((*keys, "t", *more), kinds, strict=True))
        db.execute(f"CREATE TABLE {name} (i BIGINT, {schema})")
        values: list[tuple[Any, ...]] = [
            (i, *(m[k] for k in (*keys, "t", *more))) for i, m in enumerate(meaning(columns, row) for row in rows)
        ]
        if values:
            db.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * (len(keys) + 2 + len(more)))})", values)
    names = [n for n in c.names if n in SHARED]
    found: dict[str, dict[str, Values]] = {n: {str(r["row"]): [] for r in c.left} for n in names}
    for lower, upper in c.meaning.bounds:
        for row in db.execute(_query(c, names, lower, upper)).fetchall():
            for name, value in zip(names, row[1:], strict=True):
                found[name][str(c.left[row[0]]["row"])].append(value)
    return found


def _query(c: WindowCall, names: list[str], lower: Any, upper: Any) -> str:
    closed = c.meaning.closed
    after = ">=" if closed in ("both", "left") else ">"
    before = "<=" if closed in ("both", "right") else "<"
    on = [f"l.{k} = r.{k}" for k in c.meaning.by] + ["r.t IS NOT NULL", "l.t IS NOT NULL"]
    on += [] if lower is None else [f"r.t {after} l.t + ({lower})"]
    on += [] if upper is None else [f"r.t {before} l.t + ({upper})"]
    aggregates = [
        AGGREGATES[n][0].replace("count(*)", "count(r.i)").replace("percentile", "quantile_cont") for n in names
    ]
    return f"SELECT l.i, {', '.join(aggregates)} FROM l LEFT JOIN r ON {' AND '.join(on)} GROUP BY l.i"
