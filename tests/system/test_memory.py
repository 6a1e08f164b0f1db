"""State that does not fit an executor's memory: the right answer, and no executor lost, on a real cluster."""

from __future__ import annotations

import os

import pytest
import servers
from clean import Run

DEEP = os.environ.get("PENSTOCK_DEEP") == "1"
ROWS = 5_000_000 if DEEP else 400_000
SPARKS = "0.6"
"""The part of the heap that Spark uses unless it is told otherwise."""


@pytest.mark.parametrize(("most", "fraction"), [("1", SPARKS), ("0", SPARKS if DEEP else "0.1")])
def test_more_keys_than_memory(cluster: servers.Cluster, run: Run, most: str, fraction: str) -> None:
    """One task, 512 MB, a key a row: with room for one row, and with what the task's share of memory holds."""
    told = run("many_keys.py", cluster.url, ROWS, most, fraction)
    matched = [n % 1000 for n in range(0, ROWS, 2)]
    assert told["answer"] == [ROWS, len(matched), sum(matched)]
    assert told["metrics"]["numOutputRows"] == ROWS
    assert told["metrics"]["keyOrdered"] == 1, "the states must have outgrown their limit"
    assert told["metrics"]["stateRows"] <= (2 if most == "1" else ROWS)
