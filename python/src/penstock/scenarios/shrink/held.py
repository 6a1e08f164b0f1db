"""A case's inputs as one numbered table, kept in Spark, in an order that puts together what belongs together."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import TYPE_CHECKING

from penstock.core.compare.values import kind
from penstock.scenarios.leaves import leaves

from .literals import Literals, literal_frame, read

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.types import StructType

    from penstock.scenarios.suite.case import Case

_WHOLE_NUMBERS = {"byte", "short", "integer", "long"}
_TIMES = {"timestamp", "timestamp_ntz", "date"}


class Held:
    """All rows of all inputs, numbered from 0 by key, within a key by time: near numbers, near rows.

    Keys that are null, or have a null part, come first: many failures are theirs, and no hash scatters them.

    An input without a key, beside one that has a key, is needed as a whole; its rows have the last numbers. So numbers
    below `local` may be cut into ranges, each with everything that its rows are likely to need.

    Held in Spark's cache: rows of a frame that is computed again might come in another order. In one partition, so that
    a part of it needs no exchange; Spark skips the cached batches that a range does not reach.
    """

    def __init__(self, case: Case, spark: SparkSession) -> None:
        frames = case.inputs(spark)
        self.schemas = {name: frame.schema for name, frame in frames.items()}
        self.total = self.local = 0
        together = {name: _together(case, name, schema) for name, schema in self.schemas.items()}
        some = any(together.values())
        parts: list[DataFrame] = []
        for i, (name, frame) in enumerate(frames.items()):
            inner = [f"c{c}" for c in range(len(frame.columns))]
            order = _order(together[name], some, _time(case, name, frame.schema))
            cells = f"named_struct({', '.join(f'{c!r}, {c}' for c in inner)}) AS s{i}"
            parts.append(frame.toDF(*inner).selectExpr(f"{i} AS input", *order, cells))
        united = reduce(lambda a, b: a.unionByName(b, allowMissingColumns=True), parts)
        number = "row_number() OVER (ORDER BY later, whole_key, hash, at, input, id) - 1 AS n"
        slots = [f"s{i}" for i in range(len(frames))]
        self.table = united.selectExpr(number, "input", "later", *slots).persist()
        self.inputs = {name: self._input(i, frame.schema) for i, (name, frame) in enumerate(frames.items())}

    def _input(self, i: int, schema: StructType) -> DataFrame:
        cells = [f"s{i}.c{c} AS c{c}" for c in range(len(schema.fields))]
        return self.table.where(f"input = {i}").selectExpr("n", *cells)

    def count(self) -> None:
        """Finds how many rows there are; the one action that makes the table."""
        rows = self.table.groupBy("later").count().collect()
        self.total = sum(row["count"] for row in rows)
        self.local = sum(row["count"] for row in rows if not row["later"])

    @property
    def whole(self) -> range:
        """The rows that are needed whatever range is looked at."""
        return range(self.local, self.total)

    def frames(self, rows: Iterable[int]) -> dict[str, DataFrame]:
        """Some rows, as the inputs of a transform."""
        where = _within("n", rows)
        return {
            name: frame.where(where).drop("n").toDF(*self.schemas[name].names) for name, frame in self.inputs.items()
        }

    def literals(self, rows: Iterable[int]) -> dict[str, Literals]:
        """Some rows as literals, in the order of their numbers; one action."""
        where = _within("n", rows)
        parts = [literal_frame(frame.where(where)).selectExpr(f"{i} AS at", "cells") for i, frame in self._numbered()]
        found = reduce(lambda a, b: a.unionAll(b), parts).collect()
        out: dict[str, Literals] = {}
        for i, (name, schema) in enumerate(self.schemas.items()):
            mine = sorted((row["cells"] for row in found if row["at"] == i), key=lambda c: int(c[0].rstrip("L")))
            out[name] = Literals(schema, tuple(read(cells[1:]) for cells in mine))
        return out

    def _numbered(self) -> Iterable[tuple[int, DataFrame]]:
        return enumerate(self.inputs.values())

    def release(self) -> None:
        """Gives the cache back."""
        self.table.unpersist()


def _together(case: Case, name: str, schema: StructType) -> list[str]:
    """SQL texts: what rows that belong together have in common, here and in other inputs."""
    there = {leaf.path: leaf.read for leaf in leaves(schema)}
    roles = case.subject.roles
    refers = [f.columns for f in roles[name].foreign.values() if f.table in case.subject.makers]
    referred = [f.references for other in roles.values() for f in other.foreign.values() if f.table == name]
    for columns in [*refers, *referred, roles[name].key]:
        if columns and all(column in there for column in columns):
            return [there[column] for column in columns]
    return []


def _order(keys: list[str], some: bool, time: str) -> list[str]:
    """The columns that rows are put in order by; `some`: whether any input has a key."""
    whole = " AND ".join(f"{key} IS NOT NULL" for key in keys)
    return [
        f"{str(some and not keys).lower()} AS later",
        f"{whole or 'true'} AS whole_key",
        f"xxhash64({', '.join(keys) or 0}) AS hash",
        f"{time} AS at",
        "monotonically_increasing_id() AS id",
    ]


def _time(case: Case, name: str, schema: StructType) -> str:
    path = case.subject.roles[name].time
    for leaf in leaves(schema):
        if leaf.path == path and kind(leaf.type) in _TIMES:
            return f"unix_micros(CAST({leaf.read} AS TIMESTAMP))"
        if leaf.path == path and kind(leaf.type) in _WHOLE_NUMBERS:
            return f"CAST({leaf.read} AS BIGINT)"
    return "CAST(NULL AS BIGINT)"


def _within(column: str, numbers: Iterable[int]) -> str:
    """SQL text: whether a column is one of some numbers, by ranges where they are neighbours."""
    ranges: list[list[int]] = []
    for n in sorted(numbers):
        if ranges and n == ranges[-1][1] + 1:
            ranges[-1][1] = n
        else:
            ranges.append([n, n])
    alone = ", ".join(str(low) for low, high in ranges if low == high)
    parts = [f"{column} BETWEEN {low} AND {high}" for low, high in ranges if low < high]
    return " OR ".join([*parts, *([f"{column} IN ({alone})"] if alone else [])]) or "false"
