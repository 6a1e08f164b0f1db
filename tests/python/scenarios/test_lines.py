"""On every Spark line: the same rows are generated, the same are planted, and what follows from clocks holds.

Quick, since `make test` runs it on each line; the rest of this folder runs there with `make test-matrix`.
"""

from __future__ import annotations

from typing import Any

import pytest
from penstock import scenarios as s
from scenarios import golden


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    return golden.read()


def test_the_same_rows_are_generated(spark: Any, told: dict[str, Any]) -> None:
    assert golden.generated(spark) == told["generated"]
    assert {name: golden.EVERYTHING.sql(name) for name in golden.EVERYTHING.tables} == told["sql"]


def test_the_same_rows_are_planted(spark: Any, told: dict[str, Any]) -> None:
    assert told["base"] == golden.BASE
    found = golden.planted(spark)
    assert found == told["planted"]
    # A1 is a table without rows: there is nothing of it to add up
    wanted = {e.id for e in s.entries() if e.kind != "related_table"} - {"A1"}
    assert {name.split("|")[0] for name in found} == wanted


@pytest.mark.parametrize("zone", ["America/St_Johns", "Europe/Berlin"])
def test_turning_clocks(spark: Any, zone: str) -> None:
    """F1, F2 and F3 are our own derivations: planted they are seen, else not, in a session whose clocks turn elsewhere."""
    from scenarios.turning import missed_and_false

    assert missed_and_false(spark, zone) == ([], [])
