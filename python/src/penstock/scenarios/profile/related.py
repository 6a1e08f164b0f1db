"""One more action for each reference: rows without a parent, parents without rows, keys repeated on both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from penstock.core.frames import expression
from penstock.scenarios.leaves import ddl, hashable, leaves

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from penstock.scenarios.roles import Foreign


def relation(child: DataFrame, parent: DataFrame, foreign: Foreign) -> dict[str, Any]:
    """The facts of one reference. A null in it refers to nothing."""
    one, other = _keys(child, foreign.columns), _keys(parent, foreign.references)
    differ = sum(a[1] != b[1] for a, b in zip(one, other, strict=True))
    counted = [
        _counted(frame, [f"CAST({sql} AS STRING)" if differ else sql for sql, _ in keys], name)
        for frame, keys, name in ((child, one, "children"), (parent, other, "parents"))
    ]
    both = counted[0].join(counted[1], [f"_k{i}" for i in range(len(one))], "full_outer")
    told = {
        "orphans": "coalesce(sum(if(parents IS NULL, children, 0L)), 0L)",
        "childless": "count_if(children IS NULL)",
        "many_to_many": "count_if(children > 1 AND parents > 1)",
    }
    row = both.agg(*[expression(both, sql).alias(name) for name, sql in told.items()]).collect()[0]
    return {**{name: int(row[name]) for name in told}, "types_differ": differ}


def _keys(frame: DataFrame, paths: tuple[str, ...]) -> list[tuple[str, str]]:
    there = {leaf.path: leaf for leaf in leaves(frame.schema)}
    return [(hashable(there[p].read, there[p].type), ddl(there[p].type)) for p in paths]


def _counted(frame: DataFrame, keys: list[str], name: str) -> DataFrame:
    here = frame.toDF(*[f"c{i}" for i in range(len(frame.columns))])
    told = here.selectExpr(*[f"{sql} AS _k{i}" for i, sql in enumerate(keys)])
    known = told.where(" AND ".join(f"_k{i} IS NOT NULL" for i in range(len(keys))))
    return known.groupBy(*known.columns).agg(expression(known, "count(*)").alias(name))
