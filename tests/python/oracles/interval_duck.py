"""A range join in DuckDB, for the calls of `interval_join` whose meaning it shares."""

from __future__ import annotations

from collections import Counter
from typing import Any

from oracles.combinations import Texts, meaning
from oracles.duck import TYPES
from oracles.interval_combinations import IntervalCall, Pairs
from oracles.kinds import Kind

FAR = 10**30
"""Beyond every time: where open intervals begin and end."""

KINDS = {
    "overlap": "true",
    "within": "r.low <= l.low AND l.high <= r.high",
    "contains": "l.low <= r.low AND r.high <= l.high",
    "starts": "l.low = r.low",
    "ends": "l.high = r.high",
    "equal": "l.low = r.low AND l.high = r.high",
}


def knows(c: IntervalCall) -> bool:
    o = c.meaning
    plain_keys = all(k.value in (int, str) for k in c.keys)
    return c.time.common and plain_keys and not o.nulls_equal and o.condition is None and o.mult == "all"


def answer(c: IntervalCall) -> Pairs:
    import duckdb

    db = duckdb.connect()
    for name, columns, rows, i in (("l", c.left_columns, c.left, 0), ("r", c.right_columns, c.right, 1)):
        _table(db, name, columns, rows, c, i)
    pairs = db.execute(f"SELECT l.i, r.i FROM l JOIN r ON {_condition(c)}").fetchall()
    rights: dict[int, list[str]] = {}
    for left, right in pairs:
        rights.setdefault(left, []).append(str(c.right[right]["id"]))
    found: Pairs = Counter()
    for i, row in enumerate(c.left):
        found.update((str(row["row"]), right) for right in c.leaving(rights.get(i, [])))
    return found


def _table(db: Any, name: str, columns: dict[str, Kind], rows: list[Texts], c: IntervalCall, side: int) -> None:
    keys = list(c.meaning.by)
    schema = ", ".join(f"{k} {TYPES.get(columns[k].value, 'BIGINT')}" for k in keys)
    db.execute(f"CREATE TABLE {name} (i BIGINT, {schema}, low HUGEINT, high HUGEINT)")
    values: list[tuple[Any, ...]] = []
    for i, row in enumerate(meaning(columns, texts) for texts in rows):
        point = c.meaning.points[side]
        low, high = (row["t"], row["t"]) if point else (row["s"], row["e"])
        if point and low is None:
            continue
        nothing = not point and low is not None and low == high and c.meaning.closed != "both"
        if not nothing:
            bounds = (-FAR if low is None else low, FAR if high is None else high)
            values.append((i, *(row[k] for k in keys), *bounds))
    if values:
        db.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * (len(keys) + 3))})", values)


def _condition(c: IntervalCall) -> str:
    o = c.meaning
    parts = [*(f"l.{k} = r.{k}" for k in o.by), KINDS[o.kind]]
    if o.max_gap is not None:
        return " AND ".join([*parts, f"l.low <= r.high + {o.max_gap}", f"r.low <= l.high + {o.max_gap}"])
    # a point is at both its ends: whether it meets an end is the interval's to say
    holds_low, holds_high = o.closed in ("left", "both"), o.closed == "both"
    for one, other, point, also in (("l", "r", *o.points), ("r", "l", *reversed(o.points))):
        meets = (point or holds_low) and (also or holds_high)
        parts.append(f"{one}.low {'<=' if meets else '<'} {other}.high")
    if o.min_overlap is not None:
        parts.append(f"least(l.high, r.high) - greatest(l.low, r.low) >= {o.min_overlap}")
    return " AND ".join(parts)
