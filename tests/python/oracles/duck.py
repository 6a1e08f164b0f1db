"""DuckDB's ASOF JOIN, for the combinations whose meaning it shares."""

from __future__ import annotations

from typing import Any

from oracles.combinations import Combination, Texts, meaning

TYPES: dict[Any, str] = {int: "BIGINT", str: "VARCHAR", float: "DOUBLE"}


def knows(c: Combination) -> bool:
    o = c.options
    plain_keys = all(k.value in (int, str) for k in c.keys)
    only_time_decides = o.condition is None and not o.skip_nulls and not o.nulls_equal
    return c.time.common and plain_keys and only_time_decides and o.direction in ("backward", "forward")


def answer(c: Combination) -> dict[str, Texts | None]:
    """The match of each left row, by the row's id. Of rows tied in time DuckDB takes any."""
    import duckdb

    db = duckdb.connect()
    keys = list(c.options.by)
    for name, columns, rows in (("l", c.left_columns, c.left), ("r", c.right_columns, c.right)):
        kinds = [columns[n].value for n in (*keys, "t")]
        schema = ", ".join(f"{n} {TYPES.get(k, 'BIGINT')}" for n, k in zip((*keys, "t"), kinds, strict=True))
        db.execute(f"CREATE TABLE {name} (n BIGINT, {schema})")
        values: list[tuple[Any, ...]] = [
            (i, *(m[k] for k in (*keys, "t"))) for i, m in enumerate(meaning(columns, row) for row in rows)
        ]
        if values:
            db.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * (len(keys) + 2))})", values)
    operator = (">" if c.options.direction == "backward" else "<") + ("=" if c.options.allow_exact_matches else "")
    equal = " AND ".join(f"l.{k} = r.{k}" for k in keys)
    found = db.execute(
        f"SELECT l.n, r.n, abs(l.t - r.t) FROM l ASOF LEFT JOIN r ON {equal} AND l.t {operator} r.t"
    ).fetchall()
    tolerance = c.options.tolerance
    near: dict[int, Texts | None] = {
        left: None if right is None or (tolerance is not None and far > tolerance) else c.right[right]
        for left, right, far in found
    }
    return {str(row["row"]): near[i] for i, row in enumerate(c.left)}
