"""The second action: one group-by over the key. Rows per key, ties, conflicts, order, gaps, runs.

Without a key the rows are grouped by a hash of all their columns, so that repeated rows are found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from penstock.core.frames import expression
from penstock.scenarios.catalogue.registry import entry
from penstock.scenarios.catalogue.texts import micros
from penstock.scenarios.columns.base import literal
from penstock.scenarios.leaves import Leaf, hashable, leaves, row_hash

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

    from penstock.scenarios.roles import Roles

RUN = 10
"""Equal readings in a row that make a stuck sensor."""
BURST = 20
"""How many times the usual rate makes a burst."""


class Keyed:
    """The group-by for a schema and its roles."""

    def __init__(self, schema: StructType, roles: Roles) -> None:
        self.schema, self.roles = schema, roles
        self.by_path = {leaf.path: leaf for leaf in leaves(schema)}
        self.stuck = [t.column for t in entry("stuck_value").targets(schema, roles)] if self.timed else []

    @property
    def timed(self) -> bool:
        """Whether there are a key and a time."""
        return bool(self.roles.key and self.roles.time)

    def frame(self, rows: DataFrame) -> DataFrame:
        """One row of facts for each `_tag`."""
        told = rows.selectExpr("_tag", *self._columns())
        windowed = told.selectExpr("*", *[f"{sql} AS {name}" for name, sql in self._windows().items()])
        key = ["_tag", *self._keys]
        per_key = _aggregated(windowed, key, {"_rows": "count(*)", **self._per_key()})
        return _aggregated(per_key, ["_tag"], self._overall())

    @property
    def _keys(self) -> list[str]:
        return [f"_k{i}" for i in range(len(self.roles.key))] or ["_h"]

    def _leaf(self, path: str) -> Leaf:
        return self.by_path[path]

    def _columns(self) -> list[str]:
        roles = self.roles
        out = [f"{self._hashable(p)} AS _k{i}" for i, p in enumerate(roles.key)]
        out += [f"{self._hashable(p)} AS _i{i}" for i, p in enumerate(roles.identity)]
        out += [f"{row_hash(self.schema)} AS _h", f"{self._payload()} AS _p"]
        for name, path in {"_t": roles.time, "_a": roles.arrival}.items():
            if path:
                out.append(f"{micros(self._leaf(path).read, self._leaf(path).type)} AS {name}")
        if roles.operation:
            out.append(f"{self._leaf(roles.operation).read} AS _op")
        return out + [f"{self._leaf(path).read} AS _s{i}" for i, path in enumerate(self.stuck)]

    def _hashable(self, path: str) -> str:
        return hashable(self._leaf(path).read, self._leaf(path).type)

    def _payload(self) -> str:
        """A hash of what may not differ between two deliveries of a row: not of its arrival."""
        fixed = {*self.roles.identity, self.roles.arrival}
        free = [leaf for leaf in self.by_path.values() if not leaf.steps and leaf.path not in fixed]
        return f"xxhash64({', '.join(hashable(leaf.read, leaf.type) for leaf in free) or '0'})"

    def _windows(self) -> dict[str, str]:
        identity = ", ".join(["_tag", *(f"_i{i}" for i in range(len(self.roles.identity)))])
        same = f"PARTITION BY {identity if self.roles.identity else '_tag, _h'}"
        out = {"_again": f"coalesce(lag(_h) OVER ({same} ORDER BY _h) = _h, false)"}
        if self.roles.identity:
            out["_conflict"] = f"min(_p) OVER ({same}) <> max(_p) OVER ({same})"
        if not self.timed:
            return out
        key = f"PARTITION BY {', '.join(['_tag', *self._keys])}"
        by_time = f"{key} ORDER BY _t, _h"
        out["_gap"] = f"_t - lag(_t) OVER ({by_time})"
        out["_span"] = f"_t - lag(_t, {BURST}) OVER ({by_time})"
        out["_ties"] = f"if(_t IS NULL, 1L, count(*) OVER ({key}, _t))"
        if self.roles.arrival:
            before = "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"
            out["_disorder"] = f"_t < max(_t) OVER ({key} ORDER BY _a, _t {before})"
        if self.roles.operation:
            inserts = ", ".join(map(literal, self.roles.inserts))
            out["_headless"] = f"row_number() OVER ({by_time}) = 1 AND coalesce(_op NOT IN ({inserts}), true)"
        run = f"OVER ({by_time} ROWS BETWEEN {RUN - 1} PRECEDING AND CURRENT ROW)"
        for i, _ in enumerate(self.stuck):
            out[f"_run{i}"] = f"count(_s{i}) {run} = {RUN} AND min(_s{i}) {run} = max(_s{i}) {run}"
        return out

    def _per_key(self) -> dict[str, str]:
        out = {"_again": "count_if(_again)"}
        if self.roles.identity:
            out["_conflict"] = "count_if(_conflict)"
        if not self.timed:
            return out
        out |= {
            "_ties": "max(_ties)",
            "_first": "min(_t)",
            "_last": "max(_t)",
            "_most": "max(_gap)",
            "_span": "min(_span)",
        }
        out["_usual"] = "percentile_approx(_gap, array(0.05D, 0.5D, 0.95D), 1000)"
        out |= {name: f"count_if({name})" for name in ("_disorder", "_headless") if name in self._windows()}
        return out | {f"_run{i}": f"count_if(_run{i})" for i, _ in enumerate(self.stuck)}

    def _overall(self) -> dict[str, str]:
        out = {"duplicates": "sum(_again)"}
        if self.roles.identity:
            out["conflicts"] = "sum(_conflict)"
        if self.roles.key:
            out |= {"keys": "count(*)", "min_rows": "min(_rows)", "max_rows": "max(_rows)"}
        if not self.timed:
            return out
        covered = "nullif(max(_last) - min(_first), 0L)"
        hole = "_most > 10 * _usual[1] OR (_usual[0] = _usual[2] AND _most >= 2 * _usual[1])"
        burst = "_rows > 1 AND _span < (_last - _first) / (_rows - 1)"
        out |= {"max_ties": "max(_ties)", "gaps": f"count_if({hole})", "bursts": f"count_if({burst})"}
        out["early_end"] = f"round((max(_last) - min(_last)) / {covered}, 2)"
        out["late_start"] = f"round((max(_first) - min(_first)) / {covered}, 2)"
        out |= {"out_of_order": "sum(_disorder)"} if self.roles.arrival else {}
        out |= {"headless_keys": "sum(_headless)"} if self.roles.operation else {}
        return out | {f"stuck:{path}": f"sum(_run{i})" for i, path in enumerate(self.stuck)}


def _aggregated(frame: DataFrame, keys: list[str], told: dict[str, str]) -> DataFrame:
    return frame.groupBy(*keys).agg(*[expression(frame, sql).alias(name) for name, sql in told.items()])
