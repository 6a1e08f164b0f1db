"""The first action: what is true of rows, and what is true of columns as a whole.

Every question to a row has a number, and a row becomes the list of the numbers that it says yes to. Few different lists
exist in a table, so they are counted first; how often each question is true, and which two are true of one row, is then
read off the lists. Questions to columns as a whole are one wide aggregate. Both are one query.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from penstock.core.frames import expression
from penstock.scenarios.leaves import leaves

from .columns import Question, of_column
from .measures import facts, paired
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
                continue
            here.counts[self.numbered[number].key] = n
            here.met[number] = sum(word << (i * WORD) for i, word in enumerate(words))
        return out

    def pairs(self, answers: Answers) -> Pairs:
        """Which values were met in one row."""
        met = tuple(answers.met.get(i, 0) for i in range(len(self.paired)))
        columns = tuple(fact.leaf.column for fact in self.paired)
        return Pairs(tuple(fact.key for fact in self.paired), columns, met, self.left_out)

    def _of_rows(self, rows: DataFrame) -> DataFrame:
        yes = [f"if({fact.sql}, {i}, NULL)" for i, fact in enumerate(self.numbered) if fact.sql]
        lists = rows.selectExpr("_tag", f"array_compact(array({', '.join(yes) or 'CAST(NULL AS INT)'})) AS _yes")
        counted = lists.groupBy("_tag", "_yes").agg(expression(rows, "count(*)").alias("_n"))
        whole = counted.selectExpr("_tag", "_n", f"concat(_yes, {self._ordinary()}) AS _yes")
        told = whole.selectExpr("_tag", "_n", "explode(_yes) AS _number", *[f"{w} AS _w{i}" for i, w in self._words()])
        sums = ["sum(_n)", *[f"bit_or(_w{i})" for i in range(self.words)]]
        names = ["_n", *[f"_w{i}" for i in range(self.words)]]
        grouped = told.groupBy("_tag", "_number")
        each = grouped.agg(*[expression(rows, sql).alias(name) for sql, name in zip(sums, names, strict=True)])
        words = f"array({', '.join(names[1:]) or 'CAST(NULL AS BIGINT)'})"
        return each.selectExpr("_tag", "_number", "_n", f"{words} AS _words", "CAST(NULL AS STRING) AS _columns")

    def _of_columns(self, rows: DataFrame) -> DataFrame:
        told = [expression(rows, question.sql).alias(f"a{i}") for i, question in enumerate(self.questions)]
        names = ", ".join(f"a{i}" for i in range(len(told)))
        nothing = ["CAST(NULL AS INT)", "CAST(NULL AS BIGINT)", "CAST(NULL AS ARRAY<BIGINT>)"]
        return rows.groupBy("_tag").agg(*told).selectExpr("_tag", *nothing, f"to_json(struct({names}))")

    def _ordinary(self) -> str:
        """The numbers of `ordinary`, each where no other fact of its column is true."""
        out: list[str] = []
        for i, fact in enumerate(self.paired):
            if fact.name == ORDINARY:
                others = [str(j) for j, o in enumerate(self.paired) if o.leaf == fact.leaf and o.name != ORDINARY]
                out.append(f"if(arrays_overlap(_yes, array({', '.join(others)})), NULL, {i})")
        return f"array_compact(array({', '.join(out) or 'CAST(NULL AS INT)'}))"

    def _words(self) -> list[tuple[int, str]]:
        """A list as bits, for the questions that make pairs."""
        out: list[tuple[int, str]] = []
        for w in range(self.words):
            inside = f"filter(_yes, x -> x >= {w * WORD} AND x < {min((w + 1) * WORD, len(self.paired))})"
            out.append((w, f"aggregate({inside}, 0L, (bits, x) -> bits | shiftleft(1L, x - {w * WORD}))"))
        return out
