"""The examples in the docstrings do what they show."""

from __future__ import annotations

import doctest
from typing import Any

import pytest
from penstock.transforms import intervals, joins


@pytest.mark.parametrize("name", ["asof_join", "window_join"])
def test_joins(spark: Any, name: str) -> None:
    trades = spark.sql("SELECT * FROM VALUES ('a', 3), ('b', 5) AS t(sym, ts)")
    quotes = spark.sql("SELECT * FROM VALUES ('a', 1, 10), ('a', 2, 20), ('b', 4, 30), ('b', 6, 40) AS t(sym, ts, bid)")
    tables = {"trades": trades, "quotes": quotes, name: getattr(joins, name)}
    check(joins, name, tables)


def test_intervals(spark: Any) -> None:
    shifts = spark.sql("SELECT * FROM VALUES ('a', 0, 8), ('a', 8, 16), ('b', 0, 8) AS t(site, start, end)")
    alarms = spark.sql("SELECT * FROM VALUES ('a', 6, 10), ('b', 8, 9) AS t(site, start, end)")
    # in one partition pairs come in the order of the sweep; a table has none
    shifts = shifts.coalesce(1)
    check(
        intervals,
        "interval_join",
        {"shifts": shifts, "alarms": alarms, "interval_join": intervals.interval_join},
    )


def check(module: Any, name: str, tables: dict[str, Any]) -> None:
    (found,) = (t for t in doctest.DocTestFinder().find(module, globs=tables) if t.name.endswith(f".{name}"))
    said: list[str] = []
    # show() ends with an empty line, which no docstring needs to show
    result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(found, out=said.append)
    assert (result.attempted, result.failed) == (1, 0), "".join(said)
