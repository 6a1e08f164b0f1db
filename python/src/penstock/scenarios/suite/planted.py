"""Scenarios planted once, for all their environments: small inputs become literal rows.

To plant is to sort and count rows, and to analyse a long plan; an oracle asks for the same input several times. Held as
literals, an input costs a line to parse, and is the same in every environment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, Any

from penstock.core.frames import query
from penstock.scenarios.shrink.literals import Literals, literal_frame, read

from .case import Case, Scenario
from .environment import set_on

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from .execute import Executor

MOST_ROWS = 400
"""Larger inputs stay plans."""
_SETTINGS = {"spark.sql.ansi.enabled": "false"}


def as_literals(cases: Sequence[Case], executor: Executor) -> list[Case]:
    """The cases with their inputs as literals, where they are small and their rows are all that matters.

    How rows lie in partitions, and what a schema says of nulls, is lost in literals: scenarios of that stay plans.
    """
    able = {id(c): tuple(map(str, c.scenarios)) for c in cases if all(map(_only_rows, c.scenarios))}
    first: dict[tuple[str, ...], Case] = {}
    for case in cases:
        if id(case) in able:
            first.setdefault(able[id(case)], case)
    with set_on(executor.spark, _SETTINGS):
        made = _collected(list(first.values()), executor)
    known = dict(zip(first, made, strict=True))
    return [_with(case, known.get(able.get(id(case), ("",)))) for case in cases]


def _only_rows(scenario: Scenario) -> bool:
    return scenario.entry.seen != "metadata" and not scenario.entry.changes_schema


def _with(case: Case, literals: dict[str, Literals] | None) -> Case:
    if literals is None:
        return case
    texts = {name: frame.sql() for name, frame in literals.items()}

    def given(spark: SparkSession) -> dict[str, DataFrame]:
        return {name: query(spark, text) for name, text in texts.items()}

    return replace(case, given=given)


def _collected(cases: Sequence[Case], executor: Executor) -> list[dict[str, Literals] | None]:
    out: list[dict[str, Literals] | None] = []
    for at in range(0, len(cases), executor.at_once):
        frames = [case.inputs(executor.spark) for case in cases[at : at + executor.at_once]]
        texts = [
            literal_frame(frame.limit(MOST_ROWS + 1)).selectExpr(f"{i} AS at", f"'{name}' AS input", "cells")
            for i, each in enumerate(frames)
            for name, frame in each.items()
        ]
        executor.actions += 1
        rows: dict[tuple[int, str], list[Any]] = {}
        for row in reduce(lambda a, b: a.unionAll(b), texts).collect():
            rows.setdefault((row["at"], row["input"]), []).append(row["cells"])
        for i, each in enumerate(frames):
            literals = {
                name: Literals(frame.schema, tuple(read(cells) for cells in rows.get((i, name), [])))
                for name, frame in each.items()
            }
            out.append(None if any(len(f.rows) > MOST_ROWS for f in literals.values()) else literals)
    return out
