"""The manual's "by hand" SQL is run, and must answer as the transform does."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from typing import Any

import pytest

from cases.sessions import attached
from cases.tables import answer, difference

PAGE = Path(__file__).parents[2] / "docs" / "transforms" / "asof_join.md"
BLOCKS = re.findall(r"```sql\n-- by hand: (.*?)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
MINUTE = 60_000_000


@pytest.fixture(scope="module")
def session(spark: Any) -> Any:
    session = attached(spark.newSession())
    random = Random(7)
    # times a minute apart, so that ties and equal times are many; now and then a null
    for name, columns, rows in (("trades", ("qty",), 300), ("quotes", ("seq", "bid"), 400)):
        values = [
            (
                random.choice(["A", "B", "C", None]),
                None if random.random() < 0.05 else random.randint(0, 90) * MINUTE,
                *(random.choice([None, random.randint(0, 4)]) for _ in columns),
            )
            for _ in range(rows)
        ]
        schema = ", ".join(["sym string", "micros bigint", *(f"{c} int" for c in columns)])
        frame = session.createDataFrame(values, schema)
        frame.selectExpr("sym", "timestamp_micros(micros) AS ts", *columns).createOrReplaceTempView(name)
    return session


def test_the_page_has_a_form_for_each_direction() -> None:
    assert [re.findall(r"'(\w+)'", arguments)[0] for arguments, _ in BLOCKS] == ["backward", "forward", "nearest"]


@pytest.mark.parametrize(("arguments", "sql"), BLOCKS, ids=[a for a, _ in BLOCKS])
def test_by_hand_agrees(session: Any, arguments: str, sql: str) -> None:
    ours = session.sql(f"SELECT * FROM asof_join(TABLE(trades), TABLE(quotes), on => 'ts', by => 'sym', {arguments})")
    wrong = difference(answer(session.sql(sql)), answer(ours))
    assert not wrong, wrong
