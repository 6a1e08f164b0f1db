"""Every planted mistake is found by its own scenario, and its correct twin passes it.

One of them also runs the whole quick set; `python -m benchmarks.mutants` does so for all of them, beside other ways to test.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from penstock.scenarios.suite.execute import Executor
from penstock.scenarios.suite.suite import Suite
from scenarios.mutants.all import MUTANTS
from scenarios.mutants.mutant import Mutant
from scenarios.mutants.shrunk import shrunk

WANTED = [
    "B1",
    "B4",
    "B5",
    "B6",
    "B9",
    "C1",
    "C3",
    "C5",
    "C6",
    "C7",
    "C9",
    "C11",
    "D3",
    "D6",
    "E1",
    "E3",
    "E4",
    "E6",
    "F1",
    "F2",
    "F5",
    "G1",
    "G2",
    "G8",
    "H7",
]
DEEP = bool(os.environ.get("PENSTOCK_DEEP"))
deep = pytest.mark.skipif(not DEEP, reason="a whole quick set for each: PENSTOCK_DEEP=1")


def failing(suite: Suite, spark: Any, ids: list[str] | None = None) -> dict[str, str]:
    """The scenarios that fail, each with what is said of it."""
    found = suite.run(spark, ids=ids, executor=Executor(spark, at_once=48))
    assert ids is None or set(ids) <= set(found), f"{ids} have no place in the inputs"
    return {name: str(o) for name, outcomes in found.items() for o in outcomes if o.status == "fail"}


def test_all_are_there() -> None:
    assert sorted(m.id for m in MUTANTS) == sorted(WANTED)


@pytest.mark.parametrize("mutant", MUTANTS if DEEP else MUTANTS[::4], ids=lambda m: m.name)
def test_its_own_scenario_finds_it_and_the_development_data_does_not(spark: Any, mutant: Mutant) -> None:
    assert set(failing(mutant.suite(mutant.wrong), spark, [mutant.id, "base"])) == {mutant.id}
    assert failing(mutant.suite(mutant.right), spark, [mutant.id, "base"]) == {}


@pytest.mark.parametrize(
    "mutant", MUTANTS if DEEP else [m for m in MUTANTS if m.id in {"B6", "C9", "E6"}], ids=lambda m: m.name
)
def test_what_finds_it_is_made_small(spark: Any, mutant: Mutant) -> None:
    """From 100 000 rows to at most five, in at most 30 actions; the correct twin answers those rightly."""
    found = shrunk(mutant, 100_000, spark)
    assert found is not None
    assert found.small.from_rows >= 100_000
    assert found.small.rows <= 5, str(found.small)
    assert found.small.actions <= 30, str(found.small)
    assert found.twin_passes, str(found.small)


@deep
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda m: m.name)
def test_the_correct_twin_passes_the_quick_set(spark: Any, mutant: Mutant) -> None:
    assert failing(mutant.suite(mutant.right), spark) == {}
