"""Inputs with numbered rows, kept in Spark, and parts of them by number."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING

from .literals import Literals, literal_frame, read

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from penstock.scenarios.suite.case import Case

ROW, BUCKET = "_penstock_row", "_penstock_key"
BUCKETS = 4096


class Numbered:
    """A case's inputs, each row with its number, from 0 over all inputs, and with the bucket that its key falls in.

    Held in Spark's cache: rows of a frame that is computed again might come in another order.
    """

    def __init__(self, case: Case, spark: SparkSession) -> None:
        self.keyed = {name for name in case.subject.makers if case.role(name, "key")}
        self.frames: dict[str, DataFrame] = {}
        self.offsets: dict[str, int] = {}
        self.columns: dict[str, list[str]] = {}
        for name, frame in case.inputs(spark).items():
            keys = ", ".join(f"`{key}`" for key in case.role(name, "key") if key in frame.columns)
            bucket = f"CAST(pmod(xxhash64({keys}), {BUCKETS}L) AS INT)" if keys else "-1"
            counted = frame.selectExpr("*", f"{bucket} AS {BUCKET}", "monotonically_increasing_id() AS _id")
            numbered = counted.selectExpr("*", f"row_number() OVER (ORDER BY _id) - 1 AS {ROW}").drop("_id")
            self.frames[name], self.columns[name] = numbered.persist(), frame.columns

    def count(self) -> tuple[int, list[int]]:
        """How many rows there are, and the buckets that have some; one action."""
        counts = [
            f.groupBy(BUCKET).count().selectExpr(f"'{name}' AS name", f"{BUCKET} AS bucket", "count AS n")
            for name, f in self.frames.items()
        ]
        rows = reduce(lambda a, b: a.unionAll(b), counts).collect()
        total = 0
        for name in self.frames:
            self.offsets[name] = total
            total += sum(row["n"] for row in rows if row["name"] == name)
        return total, sorted({row["bucket"] for row in rows if row["bucket"] >= 0})

    def of_buckets(self, buckets: Sequence[int]) -> dict[str, DataFrame]:
        """The rows whose keys fall in some buckets; inputs without a key stay whole."""
        where = _within(BUCKET, [-1, *buckets])
        return {name: frame.where(where) for name, frame in self.frames.items()}

    def of_rows(self, rows: Sequence[int]) -> dict[str, DataFrame]:
        """The rows of some numbers."""
        out: dict[str, DataFrame] = {}
        ends = [*list(self.offsets.values())[1:], None]
        for (name, start), end in zip(self.offsets.items(), ends, strict=True):
            mine = [row - start for row in rows if row >= start and (end is None or row < end)]
            out[name] = self.frames[name].where(_within(ROW, mine))
        return out

    def numbers(self, frames: dict[str, DataFrame]) -> list[int]:
        """The numbers of the rows of some frames; one action."""
        parts = [f.selectExpr(f"{ROW} + {self.offsets[name]}L AS n") for name, f in frames.items()]
        return sorted(int(row["n"]) for row in reduce(lambda a, b: a.unionAll(b), parts).collect())

    def plain(self, frames: dict[str, DataFrame]) -> dict[str, DataFrame]:
        """Frames without the numbers."""
        return {name: frame.drop(ROW, BUCKET) for name, frame in frames.items()}

    def literals(self, frames: dict[str, DataFrame]) -> dict[str, Literals]:
        """Frames as literals, in the order of their numbers; one action."""
        parts: list[DataFrame] = []
        for i, (name, frame) in enumerate(frames.items()):
            with_number = frame.selectExpr(*[f"`{c}`" for c in self.columns[name]], ROW)
            texts = literal_frame(with_number).selectExpr(f"{i} AS input", "cells")
            parts.append(texts)
        rows = reduce(lambda a, b: a.unionAll(b), parts).collect()
        out: dict[str, Literals] = {}
        for i, (name, frame) in enumerate(self.plain(frames).items()):
            mine = [row["cells"] for row in rows if row["input"] == i]
            mine.sort(key=lambda cells: int(cells[-1].rstrip("L")))
            out[name] = Literals(frame.schema, tuple(read(cells[:-1]) for cells in mine))
        return out

    def release(self) -> None:
        """Gives the cache back."""
        for frame in self.frames.values():
            frame.unpersist()


def _within(column: str, numbers: Sequence[int]) -> str:
    """SQL text: whether a column is one of some numbers, as ranges."""
    ranges: list[list[int]] = []
    for n in sorted(numbers):
        if ranges and n == ranges[-1][1] + 1:
            ranges[-1][1] = n
        else:
            ranges.append([n, n])
    return " OR ".join(f"{column} BETWEEN {low} AND {high}" for low, high in ranges) or "false"
