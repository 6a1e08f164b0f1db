"""Scenarios planted once, for all their environments: small inputs become literal rows.

To plant is to number the rows by their hashes, and to analyse a long plan; an oracle asks for the same input several
times. So the bases are read once, as literals with their numbers, in one action; most scenarios are then projections of
literals, which Spark evaluates while it plans. Their results are read as literals too: an input costs a line to parse,
is the same in every environment, and has its rows in the order of the base.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from pyspark.sql.types import IntegerType, StructField, StructType

from penstock.core.frames import carried
from penstock.core.lookups import looked_up_once
from penstock.scenarios.catalogue.plant import ROW
from penstock.scenarios.leaves import row_hash
from penstock.scenarios.shrink.literals import Literals, literal_frame, read

from .case import Case, Scenario
from .environment import set_on
from .execute import SAME_CODE, THREADS, Cells, in_one_task
from .made import made, made_once

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from .execute import Executor

MOST_ROWS = 400
"""Larger inputs stay plans."""
_SETTINGS = {"spark.sql.ansi.enabled": "false"}
_AT_ONCE = 8
Rows = Mapping[str, Literals]


def as_literals(cases: Sequence[Case], executor: Executor) -> list[Case]:
    """The cases of one subject with their inputs as literals, where they are small.

    How rows lie in partitions, and a schema that changes, is lost in literals: such scenarios stay plans over literals.
    """
    if not cases:
        return []
    seed = next((s.seed for case in cases for s in case.scenarios), 0)
    with set_on(executor.spark, _SETTINGS, SAME_CODE), looked_up_once(executor.spark), made_once():
        base = _base(cases[0], seed, executor)
        if base is None:
            return list(cases)
        first = {tuple(map(str, c.scenarios)): c for c in cases if c.scenarios and all(map(_only_rows, c.scenarios))}
        known = dict(zip(first, _planted(list(first.values()), base, executor), strict=True))
    return [_with(case, base, known) for case in cases]


@dataclass(frozen=True)
class _Base:
    """The inputs as they are, and with the rows' numbers as a last column."""

    rows: Rows
    numbered: Rows

    def planted(self, case: Case, spark: SparkSession) -> dict[str, DataFrame]:
        frames = {name: made(spark, frame.sql()) for name, frame in self.rows.items()}
        for i, scenario in enumerate(case.scenarios):
            numbers = made(spark, self.numbered[scenario.planted_in].sql()) if i == 0 else None
            frames = scenario.plant(frames, case.subject.roles, numbers)
        return frames


def _only_rows(scenario: Scenario) -> bool:
    plant = scenario.entry.plant_with
    lies = not callable(plant) and any("partitions" in step for steps in plant.values() for step in steps)
    return not lies and not scenario.entry.changes_schema


def _with(case: Case, base: _Base, known: Mapping[tuple[str, ...], Rows | None]) -> Case:
    if not case.scenarios:
        return replace(case, rows=base.rows)
    rows = known.get(tuple(map(str, case.scenarios)))
    return replace(case, rows=rows) if rows else case.having(lambda spark: base.planted(case, spark))


def _base(case: Case, seed: int, executor: Executor) -> _Base | None:
    """The bases as literals; None where one is too large."""
    frames = {name: make(executor.spark) for name, make in case.subject.makers.items()}
    hashed = {
        name: frame.selectExpr("*").toDF(*(f"c{i}" for i in range(len(frame.columns))))
        for name, frame in frames.items()
    }
    told = [
        frame.selectExpr("*", f"{row_hash(frames[name].schema, seed)} AS {ROW}").limit(MOST_ROWS + 1)
        for name, frame in hashed.items()
    ]
    read_rows = _read(told, executor)
    if any(len(rows) > MOST_ROWS for rows in read_rows):
        return None
    plain, numbered = dict[str, Literals](), dict[str, Literals]()
    for (name, frame), rows in zip(frames.items(), read_rows, strict=True):
        plain[name] = Literals(frame.schema, tuple(row[:-1] for row in rows))
        number = StructType([*frame.schema.fields, StructField(ROW, IntegerType())])
        order = sorted(range(len(rows)), key=lambda i: int(rows[i][-1].rstrip("L")))
        place = {at: str(n) for n, at in enumerate(order, start=1)}
        numbered[name] = Literals(number, tuple((*row[:-1], place[i]) for i, row in enumerate(rows)))
    return _Base(plain, numbered)


def _planted(cases: Sequence[Case], base: _Base, executor: Executor) -> list[Rows | None]:
    """Each case's inputs; None where they grew too large. While Spark runs one action, the next is planned."""
    started: list[tuple[list[dict[str, DataFrame]], Future[list[list[Cells]]]]] = []
    with ThreadPoolExecutor(THREADS) as pool:
        for at in range(0, len(cases), _AT_ONCE):
            frames = [_changed(case, base, executor.spark) for case in cases[at : at + _AT_ONCE]]
            every = [f.limit(MOST_ROWS + 1) for each in frames for f in each.values()]
            started.append((frames, pool.submit(carried(executor.spark, _read), every, executor)))
    return [rows for frames, read_rows in started for rows in _literals(frames, read_rows.result(), base)]


def _changed(case: Case, base: _Base, spark: SparkSession) -> dict[str, DataFrame]:
    names = {s.planted_in for s in case.scenarios}
    return {name: frame for name, frame in base.planted(case, spark).items() if name in names}


def _literals(
    frames: Sequence[Mapping[str, DataFrame]], rows: Sequence[Sequence[Cells]], base: _Base
) -> Iterator[Rows | None]:
    left = iter(rows)
    for each in frames:
        made = {name: Literals(frame.schema, tuple(next(left))) for name, frame in each.items()}
        small = all(len(f.rows) <= MOST_ROWS for f in made.values())
        yield {**base.rows, **made} if small else None


def _read(frames: Sequence[DataFrame], executor: Executor) -> list[list[Cells]]:
    """The rows of frames as literals; one action."""
    # The number is a text: an INT would be written into the generated code, and each frame be compiled anew.
    texts = [literal_frame(frame).selectExpr(f"'{i}' AS at", "cells") for i, frame in enumerate(frames)]
    executor.actions += 1
    out: list[list[Cells]] = [[] for _ in frames]
    for row in cast("list[Any]", in_one_task(texts).collect()):
        out[int(row["at"])].append(read(row["cells"]))
    return out
