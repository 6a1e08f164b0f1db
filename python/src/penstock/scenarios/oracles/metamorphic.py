"""Oracles that need no expected output: when the input changes in a known way, the output changes in a known way.

The idea is Chen's (metamorphic testing, 1998). Each is a property that a transform must be said to have: a sum does not
care for the order of rows, a sum of doubles does in its last bits (give `key` and `relative`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING, ClassVar
from zlib import crc32

from penstock.scenarios.suite.execute import Output, Raised, Result, Run

from .agreement import Agreement
from .oracle import Oracle

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from penstock.scenarios.shrink.literals import Literals
    from penstock.scenarios.suite.case import Case, Frames


@dataclass(frozen=True, kw_only=True)
class Metamorphic(Agreement, Oracle):
    """A changed input, and what it does to the output (nothing, unless a rule says otherwise)."""

    inputs: Sequence[str] = ()
    """Which inputs are changed; none named: all."""
    said: ClassVar[str] = ""

    def variants(self) -> Sequence[int]:
        """The numbers of the ways in which the input is changed."""
        return (0,)

    def changed(self, case: Case, frame: DataFrame, input: str, variant: int) -> DataFrame:
        """An input, changed."""
        raise NotImplementedError

    def reordered(self, case: Case, rows: Literals, input: str, variant: int) -> Literals | None:
        """The same for an input that is held as literals: a choice of its rows; None: `changed` does it."""
        return None

    def run(self, case: Case, spark: SparkSession, variant: int) -> DataFrame:
        """The transform's output for the changed input."""
        return case.subject.of(case.subject.transform, self.all_changed(case, spark, variant))

    def settings(self, case: Case) -> dict[str, str]:
        """The settings of the changed run."""
        return dict(case.settings)

    def runs(self, case: Case) -> list[Run]:
        return [
            Run(lambda spark, v=variant: self.run(case, spark, v), self.settings(case)) for variant in self.variants()
        ]

    def all_changed(self, case: Case, spark: SparkSession, variant: int) -> Frames:
        """All inputs, changed where they are meant."""
        rows = dict(case.rows or {})
        wanted = self.inputs or tuple(case.subject.makers)
        chosen = {n: self.reordered(case, rows[n], n, variant) if n in rows else None for n in wanted}
        known = {name: literals for name, literals in chosen.items() if literals is not None}
        if len(known) == len(chosen):
            return replace(case, rows={**rows, **known}).inputs(spark)
        frames = case.inputs(spark)
        return {n: self.changed(case, f, n, variant) if n in wanted else f for n, f in frames.items()}

    def judge(self, case: Case, actual: Output, results: Sequence[Result], held: Sequence[int]) -> str | None:
        for told in results[: len(self.variants())]:
            if isinstance(told, Raised):
                return f"{self.said}, it raises {told.kind}.\n{told.text}"
            found = self.difference(actual, told)
            if found:
                return f"{self.said}, the answer (expected) is another one.\n{found}"
        return None


@dataclass(frozen=True)
class RowOrder(Metamorphic):
    """The order in which rows arrive does not matter: once turned round, once shuffled."""

    said = "With its rows in another order"

    def variants(self) -> Sequence[int]:
        return (0, 1)

    def reordered(self, case: Case, rows: Literals, input: str, variant: int) -> Literals | None:
        there = list(rows.rows)
        if variant == 0:
            return rows.with_rows(there[::-1])
        return rows.with_rows(Random(f"{variant} {len(there)}").sample(there, len(there)))

    def changed(self, case: Case, frame: DataFrame, input: str, variant: int) -> DataFrame:
        place = "monotonically_increasing_id()"
        order = f"-{place}" if variant == 0 else f"xxhash64({place}, {variant})"
        numbered = frame.coalesce(1).selectExpr("*", f"{order} AS _order")
        # Spark leaves out a sort that it takes for useless, below a join or an aggregation; not below a random filter.
        return numbered.sortWithinPartitions("_order").where("rand(0) >= 0").drop("_order")


@dataclass(frozen=True)
class Repartition(Metamorphic):
    """How rows lie in partitions does not matter: all in one, and spread over five."""

    said = "With its rows in other partitions"

    def variants(self) -> Sequence[int]:
        return (1, 5)

    def changed(self, case: Case, frame: DataFrame, input: str, variant: int) -> DataFrame:
        return frame.repartition(variant)


@dataclass(frozen=True)
class Duplicates(Metamorphic):
    """Delivery at least once: every row twice is the same as every row once."""

    said = "With every row delivered twice"

    def changed(self, case: Case, frame: DataFrame, input: str, variant: int) -> DataFrame:
        return frame.unionAll(frame)


@dataclass(frozen=True)
class SplitUnion(Metamorphic):
    """Keys do not know each other: half of the keys and the other half, each alone, give the whole.

    `by` names the key's columns, the same in all changed inputs; without it they are those of the roles.
    """

    by: Sequence[str] = ()
    said = "With one half of the keys at a time"

    def applies(self, case: Case) -> bool:
        return all(self.keys_of(case, name) for name in self.inputs or case.subject.makers)

    def run(self, case: Case, spark: SparkSession, variant: int) -> DataFrame:
        halves = [super(SplitUnion, self).run(case, spark, half) for half in (0, 1)]
        return halves[0].unionAll(halves[1])

    def reordered(self, case: Case, rows: Literals, input: str, variant: int) -> Literals | None:
        types = {f.name: f.dataType.simpleString() for f in rows.schema.fields}
        by = self.keys_of(case, input)
        if any(types.get(name) not in {"string", "int", "bigint"} for name in by):  # equal by other rules than as texts
            return None
        at = [rows.schema.names.index(name) for name in by]
        return rows.with_rows([row for row in rows.rows if crc32(repr([row[i] for i in at]).encode()) % 2 == variant])

    def changed(self, case: Case, frame: DataFrame, input: str, variant: int) -> DataFrame:
        by = ", ".join(f"`{name}`" for name in self.keys_of(case, input))
        return frame.where(f"pmod(xxhash64({by}), 2L) = {variant}L")

    def keys_of(self, case: Case, input: str) -> tuple[str, ...]:
        """The key's columns in an input."""
        return (self.by,) if isinstance(self.by, str) else tuple(self.by) or case.role(input, "key")


@dataclass(frozen=True)
class Backfill(Metamorphic):
    """All days at once give what one day after the other gives: a backfill equals the daily runs.

    `by` is SQL text that says to which run a row belongs, such as `to_date(ts)`; rows of no day run last.
    """

    by: str = ""
    runs_at_most: int = 8
    said = "Run one day after the other"

    def run(self, case: Case, spark: SparkSession, variant: int) -> DataFrame:
        outputs = [super(Backfill, self).run(case, spark, part) for part in range(self.runs_at_most)]
        whole = outputs[0]
        for part in outputs[1:]:
            whole = whole.unionAll(part)
        return whole

    def changed(self, case: Case, frame: DataFrame, input: str, variant: int) -> DataFrame:
        return frame.where(f"pmod(xxhash64({self.by}), {self.runs_at_most}L) = {variant}L")
