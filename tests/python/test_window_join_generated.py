"""`window_join` against other readings of the contract, on generated frames.

Each combination of options is one call and one Spark job: its cases are small frames told apart by a key column.
Seeded, so a failure repeats. `PENSTOCK_DEEP=1` draws many more cases, `PENSTOCK_SEED` others.
"""

from __future__ import annotations

import os
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from cases.run import settings
from cases.sessions import attached
from oracles import window_duck
from oracles.combinations import CASE
from oracles.frames import frame
from oracles.window_brute import Values, same_value
from oracles.window_combinations import WindowCall, draw

DEEP = os.environ.get("PENSTOCK_DEEP") == "1"
SEED = int(os.environ.get("PENSTOCK_SEED", "20240102"))
# 26: each type of time twice; deep: 24 000 cases
CALLS, CASES = (400, 60) if DEEP else (26, 40)
BATCHES = range(0, CALLS, 13)


def call(number: int) -> WindowCall:
    return draw(Random(SEED + number), number, CASES)


@pytest.fixture(scope="module")
def session(spark: Any) -> Any:
    return attached(spark.newSession())


def run(spark: Any, c: WindowCall) -> dict[str, Values]:
    """Penstock's answer, by the left row's id."""
    import penstock

    left = frame(spark, c.left_columns, c.left)
    right = frame(spark, c.right_columns, c.right)
    with settings(spark, c.settings):
        result = penstock.window_join(left, right, **c.arguments())
        rows = result.select("row", *c.columns).collect()
    assert len(rows) == len(c.left), "one row out per left row"
    return {str(row[0]): list(row[1:]) for row in rows}


def wrong(c: WindowCall, got: dict[str, Values]) -> list[str]:
    """The left rows whose answer differs, the case first."""
    cases = {str(r["row"]): str(r[CASE]) for r in c.left}
    found: list[str] = []
    for row, values in c.expected().items():
        pairs = zip(c.columns, values, got[row], strict=True)
        different = [f"{name}: expected {e}, got {g}" for name, e, g in pairs if not same_value(e, g)]
        if different:
            found.append(f"case {cases[row]}, left row {row}: " + "; ".join(different))
    return found


def smallest(spark: Any, c: WindowCall) -> WindowCall:
    """The failing case with as few right rows as still fail."""
    for row in list(c.right):
        fewer = replace(c, right=[r for r in c.right if r is not row])
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
    for c in map(call, range(CALLS)):
        if not window_duck.knows(c):
            continue
        asked += 1
        expected = c.expected()
        for name, answers in window_duck.answer(c).items():
            places = [i for i, n in enumerate(list(c.names) * len(c.bounds)) if n == name]
            for row, values in answers.items():
                ours = [expected[row][i] for i in places]
                same = all(same_value(e, g) for e, g in zip(ours, values, strict=True))
                assert same, f"{name} of left row {row} in {c.arguments()}: {ours}, DuckDB {values}"
    assert asked >= CALLS // 8


WRONG: dict[str, Any] = {
    "ties": {"tie_break": ("seq", "x")},
    "the ends": {"closed": "neither"},
    "the prevailing row": {"prevailing": False},
    "null keys": {"nulls_equal": False},
    "the beginning": {"bounds": ((None, None), (None, None), (None, None))},
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_reading_would_be_seen(what: str) -> None:
    """A comparison that finds nothing is worth something only if it would find this."""
    seen = 0
    for c in map(call, range(26)):
        other = {k: v[: len(c.bounds)] if k == "bounds" else v for k, v in WRONG[what].items()}
        misread = replace(c, meaning=replace(c.meaning, **other))
        right, false = c.expected(), misread.expected()
        seen += any(not same_value(a, b) for row in right for a, b in zip(right[row], false[row], strict=True))
    assert seen >= 2, f"only {seen} calls notice"
