"""The manual's "by hand" SQL is run, and must answer as the transform does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from cases.sessions import attached
from cases.tables import answer, difference
from oracles.trades import trades_and_quotes

PAGE = Path(__file__).parents[2] / "docs" / "transforms" / "asof_join.md"
BLOCKS = re.findall(r"```sql\n-- by hand: (.*?)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def session(spark: Any) -> Any:
    session = attached(spark.newSession())
    trades_and_quotes(session)
    return session


def test_the_page_has_a_form_for_each_direction() -> None:
    assert [re.findall(r"'(\w+)'", arguments)[0] for arguments, _ in BLOCKS] == ["backward", "forward", "nearest"]


@pytest.mark.parametrize(("arguments", "sql"), BLOCKS, ids=[a for a, _ in BLOCKS])
def test_by_hand_agrees(session: Any, arguments: str, sql: str) -> None:
    ours = session.sql(f"SELECT * FROM asof_join(TABLE(trades), TABLE(quotes), on => 'ts', by => 'sym', {arguments})")
    wrong = difference(answer(session.sql(sql)), answer(ours))
    assert not wrong, wrong
