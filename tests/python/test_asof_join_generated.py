"""`asof_join` against other readings of the contract, on generated frames.

Each combination of options is one call and one Spark job: its cases are small frames told apart by a key column.
Seeded, so a failure repeats; it is shrunk and printed as a case file. `PENSTOCK_DEEP=1` draws many more cases,
`PENSTOCK_SEED` others.
"""

from __future__ import annotations

import os
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from cases.run import settings
from cases.sessions import attached, line
from oracles import duck, pandas_merge
from oracles.combinations import Combination, Texts, allowed, draw
from oracles.frames import answers, differences, expectations, frames
from oracles.kinds import COLLATED
from oracles.shrink import case_file, smaller

DEEP = os.environ.get("PENSTOCK_DEEP") == "1"
SEED = int(os.environ.get("PENSTOCK_SEED", "20240102"))
# 39: each of 3 directions meets each of 13 types of time; deep: 24 000 cases
COMBINATIONS, CASES = (400, 60) if DEEP else (39, 60)
BATCHES = range(0, COMBINATIONS, 13)


def combination(number: int) -> Combination:
    more = [COLLATED] if line() >= (4, 0) else []
    return draw(Random(SEED + number), number, CASES, more)


@pytest.fixture(scope="module")
def session(spark: Any) -> Any:
    return attached(spark.newSession())


def run(spark: Any, c: Combination) -> dict[str, list[Texts]]:
    """Penstock's answer."""
    import penstock

    with settings(spark, c.settings):
        return answers(c, penstock.asof_join(*frames(spark, c), **c.arguments()))


@pytest.mark.parametrize("first", BATCHES)
def test_penstock_agrees_with_the_contract(session: Any, first: int) -> None:
    for number in range(first, min(first + 13, COMBINATIONS)):
        c = combination(number)
        found = differences(c, run(session, c))
        if found:
            small = smaller(c.case(found[0].case), lambda one: bool(differences(one, run(session, one))))
            now = differences(small, run(session, small))
            said = "\n".join(str(d) for d in now or found[:5])
            pytest.fail(f"combination {number}: {len(found)} differences\n{said}\n\n{case_file(small)}")


@pytest.mark.parametrize("first", BATCHES)
def test_duckdb_agrees_with_the_contract(first: int) -> None:
    for number in range(first, min(first + 13, COMBINATIONS)):
        c = combination(number)
        if duck.knows(c):
            # of rows tied in time DuckDB takes any
            tied = replace(c, options=replace(c.options, on_ties="any", tie_break=()))
            agree(c, duck.answer(c), allowed(tied))


@pytest.mark.parametrize("first", BATCHES)
def test_pandas_agrees_with_the_contract(first: int) -> None:
    for number in range(first, min(first + 13, COMBINATIONS)):
        c = combination(number)
        if pandas_merge.knows(c):
            agree(c, pandas_merge.answer(c), allowed(c))


def test_the_other_readings_are_asked_often_enough() -> None:
    asked = [combination(n) for n in range(COMBINATIONS)]
    assert sum(map(duck.knows, asked)) >= COMBINATIONS // 8
    assert sum(map(pandas_merge.knows, asked)) >= COMBINATIONS // 12


WRONG: dict[str, Any] = {
    "ties": {"tie_break": ("seq", "x")},
    "the tolerance": {"tolerance": None},
    "the condition": {"condition": None},
    "exact matches": {"allow_exact_matches": False},
    "the direction": {"direction": "nearest"},
    "the nearer side": {"nearest_tie": "earlier"},
    "null keys": {"nulls_equal": True},
    "nulls": {"skip_nulls": False},
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_reading_would_be_seen(what: str) -> None:
    """A comparison that finds nothing is worth something only if it would find this."""
    seen = 0
    for c in map(combination, range(39)):
        right, wrong = allowed(c), allowed(replace(c, options=replace(c.options, **WRONG[what])))
        rows = [r for r in c.left if str(r["row"]) in wrong]
        seen += any(expectations(c, r, right[str(r["row"])]) != expectations(c, r, wrong[str(r["row"])]) for r in rows)
    assert seen >= 2, f"only {seen} combinations notice"


def agree(c: Combination, got: dict[str, Texts | None], possible: dict[str, list[Texts]]) -> None:
    for row, match in got.items():
        fits = match in possible[row] if possible[row] else match is None
        assert fits, f"left row {row} of {c.arguments()}: {match}, expected one of {possible[row]}"
