"""The examples in the docstrings do what they show."""

from __future__ import annotations

import doctest
from typing import Any

import pytest
from penstock.transforms import joins


@pytest.mark.parametrize("name", ["asof_join", "window_join"])
def test_joins(spark: Any, name: str) -> None:
    trades = spark.sql("SELECT * FROM VALUES ('a', 3), ('b', 5) AS t(sym, ts)")
    quotes = spark.sql("SELECT * FROM VALUES ('a', 1, 10), ('a', 2, 20), ('b', 4, 30), ('b', 6, 40) AS t(sym, ts, bid)")
    tables = {"trades": trades, "quotes": quotes, name: getattr(joins, name)}
    (found,) = (t for t in doctest.DocTestFinder().find(joins, globs=tables) if t.name.endswith(f".{name}"))
    said: list[str] = []
    # show() ends with an empty line, which no docstring needs to show
    result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(found, out=said.append)
    assert (result.attempted, result.failed) == (1, 0), "".join(said)
