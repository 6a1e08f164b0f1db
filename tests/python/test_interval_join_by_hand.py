"""The manual's "by hand" SQL is run, and must answer as the transform does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from cases.sessions import attached
from cases.tables import answer, difference
from oracles.stays import stays_and_outages

PAGE = Path(__file__).parents[2] / "docs" / "transforms" / "interval_join.md"
BLOCKS = re.findall(r"```sql\n-- by hand:(.*?)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def session(spark: Any) -> Any:
    session = attached(spark.newSession())
    stays_and_outages(session)
    return session


def test_the_page_has_pairs_kinds_and_first_matches() -> None:
    shown = [[word in arguments for word in ("kind", "mult")] for arguments, _ in BLOCKS]
    assert shown == [[False, False], [True, False], [False, True]]


@pytest.mark.parametrize(("arguments", "sql"), BLOCKS, ids=["overlap", "within", "first"])
def test_by_hand_agrees(session: Any, arguments: str, sql: str) -> None:
    more = f", {arguments}" if arguments else ""
    ours = session.sql(
        f"SELECT * FROM interval_join(TABLE(stays), TABLE(outages), start => 'start', end => 'end', by => 'site'{more})"
    )
    expected = answer(session.sql(sql))
    assert len(expected[1]) > 50
    wrong = difference(expected, answer(ours))
    assert not wrong, wrong
