"""The first action: what is true of rows, and what is true of columns as a whole.

Every question to a row is one bit, so a row becomes a few numbers. Few different ones exist in a table, so they are
counted first; how often each question is true, and which two are true of one row, is then read off their bits.
Questions to columns as a whole are one wide aggregate. Both are one query.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from penstock.core.frames import expression
from penstock.scenarios.leaves import Leaf, leaves

from .columns import Question, of_column
from .measures import Fact, facts, paired
from .pairs import ORDINARY, Pairs

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

    from penstock.scenarios.roles import Roles

WORD = 63
"""Bits in a number that is never negative."""


@dataclass
class Answers:
    """What was found in the rows of one tag."""

    counts: dict[tuple[str, str], int] = field(default_factory=lambda: {})
    met: dict[int, int] = field(default_factory=lambda: {})
    columns: dict[tuple[str, str], Any] = field(default_factory=lambda: {})


class Wide:
    """The query for a schema and its roles, and what its rows mean."""

    def __init__(self, schema: StructType, roles: Roles, table: Mapping[str, str], values: bool) -> None:
        self.leaves = leaves(schema)
        self.asked = facts(schema, roles)
        self.paired, self.left_out = paired(self.asked, schema, roles)
        in_pairs = {fact.key for fact in self.paired}
        self.numbered = [*self.paired, *(fact for fact in self.asked if fact.key not in in_pairs)]
        self.words = -(-len(self.paired) // WORD)
        self.questions = [Question("", name, sql) for name, sql in table.items()]
        for leaf in self.leaves:
            self.questions += of_column(leaf, roles, values)

    def frame(self, rows: DataFrame) -> DataFrame:
        """Rows of (tag, number of a question, how often it is true, what else was), and one of JSON for each tag."""
        return self._of_rows(rows).unionAll(self._of_columns(rows))

    def answers(self, told: Iterable[Any]) -> dict[str, Answers]:
        """The answers of each tag."""
        out: dict[str, Answers] = {}
        for tag, number, n, words, columns in told:
            here = out.setdefault(tag, Answers())
            if columns is not None:
                found = json.loads(columns)
                here.columns = {(q.path, q.fact): found.get(f"a{i}") for i, q in enumerate(self.questions)}
            if number is None:
                continue
            here.counts[self.numbered[int(number)].key] = n
            here.met[number] = sum((word or 0) << (i * WORD) for i, word in enumerate(words))
        return out

    def pairs(self, answers: Answers) -> Pairs:
        """Which values were met in one row."""
        met = tuple(answers.met.get(i, 0) for i in range(len(self.paired)))
        columns = tuple(fact.leaf.column for fact in self.paired)
        return Pairs(tuple(fact.key for fact in self.paired), columns, met, self.left_out)

    def _of_rows(self, rows: DataFrame) -> DataFrame:
        groups = [self.numbered[i : i + WORD] for i in range(0, len(self.numbered), WORD)]
        words = [f"{_bits(group)} AS _w{w}" for w, group in enumerate(groups)]
        masks = rows.selectExpr("_tag", *words)
        counted = masks.groupBy(*masks.columns).agg(expression(rows, "count(*)").alias("_n"))
        whole = counted.selectExpr("_tag", "_n", *[f"{self._with_ordinary(w)} AS _v{w}" for w in range(len(groups))])
        bit = f"shiftright(array({', '.join(f'_v{w}' for w in range(len(groups)))})[i DIV {WORD}], i % {WORD}) & 1L"
        yes = f"filter(sequence(0, {len(self.numbered) - 1}), i -> ({bit}) = 1L) AS _yes"
        met = [f"_v{w}" for w in range(self.words)]
        # outer, because Spark would ask before the grouping, row by row, whether there is anything to explode
        told = whole.selectExpr("*", yes).selectExpr("_tag", "_n", "explode_outer(_yes) AS _number", *met)
        sums = {"_n": "sum(_n)", **{name: f"bit_or({name})" for name in met}}
        each = told.groupBy("_tag", "_number").agg(*[expression(rows, sql).alias(name) for name, sql in sums.items()])
        listed = f"array({', '.join(met) or 'CAST(NULL AS BIGINT)'}) AS _words"
        return each.selectExpr("_tag", "_number", "_n", listed, "CAST(NULL AS STRING) AS _columns")

    def _of_columns(self, rows: DataFrame) -> DataFrame:
        told = [expression(rows, question.sql).alias(f"a{i}") for i, question in enumerate(self.questions)]
        names = ", ".join(f"a{i}" for i in range(len(told)))
        nothing = ["CAST(NULL AS INT)", "CAST(NULL AS BIGINT)", "CAST(NULL AS ARRAY<BIGINT>)"]
        return rows.groupBy("_tag").agg(*told).selectExpr("_tag", *nothing, f"to_json(struct({names}))")

    def _with_ordinary(self, w: int) -> str:
        """A word, with the bits of `ordinary` where no other fact of the column is true."""
        text = f"_w{w}"
        for i, fact in enumerate(self.paired):
            if fact.name == ORDINARY and i // WORD == w:
                text += f" | if({self._nothing_of(fact.leaf)}, {1 << i % WORD}L, 0L)"
        return text

    def _nothing_of(self, leaf: Leaf) -> str:
        masks: dict[int, int] = {}
        for i, fact in enumerate(self.paired):
            if fact.leaf == leaf and fact.name != ORDINARY:
                masks[i // WORD] = masks.get(i // WORD, 0) | 1 << i % WORD
        return " AND ".join(f"(_w{w} & {mask}L) = 0L" for w, mask in masks.items())


def _bits(group: list[Fact]) -> str:
    """One bit for each question; `ordinary` is set later."""
    return " | ".join([f"if({fact.sql}, {1 << i}L, 0L)" for i, fact in enumerate(group) if fact.sql] or ["0L"])
