"""`interval_join` against other readings of the contract, on generated frames.

Each combination of options is one call and one Spark job: its cases are small frames told apart by a key column.
Seeded, so a failure repeats. `PENSTOCK_DEEP=1` draws many more cases, `PENSTOCK_SEED` others.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from cases.run import settings
from cases.sessions import attached
from oracles import interval_duck
from oracles.combinations import CASE
from oracles.frames import frame
from oracles.interval_combinations import IntervalCall, Pairs, draw

DEEP = os.environ.get("PENSTOCK_DEEP") == "1"
SEED = int(os.environ.get("PENSTOCK_SEED", "20240103"))
# 39: each type of time three times; deep: 24 000 cases
CALLS, CASES = (400, 60) if DEEP else (39, 30)
BATCHES = range(0, CALLS, 13)


def call(number: int) -> IntervalCall:
    return draw(Random(SEED + number), number, CASES)


@pytest.fixture(scope="module")
def session(spark: Any) -> Any:
    return attached(spark.newSession())


def run(spark: Any, c: IntervalCall) -> Pairs:
    """Penstock's answer."""
    import penstock

    left = frame(spark, c.left_columns, c.left)
    right = frame(spark, c.right_columns, c.right)
    pairs = c.how in ("inner", "left")
    with settings(spark, c.settings):
        result = penstock.interval_join(left, right, **c.arguments())
        # all columns are asked for, so that none is pruned
        rows = result.selectExpr("row", "id" if pairs else "NULL AS id", f"hash({_hashable(c)})").collect()
    return Counter((str(row[0]), None if row[1] is None else str(row[1])) for row in rows)


def _hashable(c: IntervalCall) -> str:
    return ", ".join([*c.left_columns, *(["x", "y", "z", "seq", "id"] if c.how in ("inner", "left") else [])])


def wrong(c: IntervalCall, got: Pairs) -> list[str]:
    """What differs, the case first."""
    cases = {str(r["row"]): str(r[CASE]) for r in c.left}
    expected = c.expected()
    return [
        f"case {cases[left]}, left row {left} with right row {right}: {said}"
        for said, some in (("missing", expected - got), ("unexpected", got - expected))
        for left, right in some.elements()
    ]


def smallest(spark: Any, c: IntervalCall) -> IntervalCall:
    """The failing case with as few rows as still fail."""
    for side in ("right", "left"):
        for row in list(getattr(c, side)):
            fewer = replace(c, **{side: [r for r in getattr(c, side) if r is not row]})
            if wrong(fewer, run(spark, fewer)):
                c = fewer
    return c


@pytest.mark.parametrize("first", BATCHES)
def test_penstock_agrees_with_the_contract(session: Any, first: int) -> None:
    for number in range(first, min(first + 13, CALLS)):
        c = call(number)
        found = wrong(c, run(session, c))
        if found:
            small = smallest(session, c.case(found[0].split(",")[0].removeprefix("case ")))
            said = "\n".join(wrong(small, run(session, small)) or found[:5])
            rows = "\n".join(map(str, ["left", *small.left, "right", *small.right]))
            pytest.fail(
                f"call {number}: {len(found)} differences\n{said}\n{small.arguments()}\n{small.settings}\n{rows}"
            )


def test_duckdb_agrees_with_the_contract() -> None:
    asked = 0
    for number, c in enumerate(map(call, range(CALLS))):
        if interval_duck.knows(c):
            asked += 1
            found = wrong(c, interval_duck.answer(c))
            assert not found, f"call {number}: {c.arguments()}\n" + "\n".join(found[:5])
    assert asked >= CALLS // 5


WRONG: dict[str, dict[str, Any]] = {
    "the ends": {"closed": "both"},
    "no ends": {"closed": "neither"},
    "the kind": {"kind": "overlap"},
    "the shared length": {"min_overlap": None},
    "the gap": {"max_gap": None},
    "which match": {"mult": "first"},
    "ties": {"tie_break": ("seq", "x")},
    "null keys": {"nulls_equal": False},
    "the condition": {"condition": None},
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_reading_would_be_seen(what: str) -> None:
    """A comparison that finds nothing is worth something only if it would find this."""
    seen = 0
    for c in map(call, range(CALLS)):
        misread = replace(c, meaning=replace(c.meaning, **WRONG[what]))
        seen += c.expected() != misread.expected()
    assert seen >= 2, f"only {seen} calls notice"
