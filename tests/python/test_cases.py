"""Every case file, through every door that Python has, and through py4j under its matrix of settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cases.doors import DOORS
from cases.grammar import CaseFile, read
from cases.matrix import cells
from cases.run import differences
from cases.sessions import attached, line

FOLDER = Path(__file__).parents[1] / "cases"
CASES = {f"{p.parent.name}/{p.stem}": read(p) for p in sorted(FOLDER.glob("*/*.sql"))}
THROUGH_DOORS = [(name, door) for name, case in CASES.items() for door in case.doors if door in DOORS]
UNDER_SETTINGS = [
    pytest.param(name, conf, id=f"{name}-{cell}")
    for turn, (name, case) in enumerate((n, c) for n, c in CASES.items() if c.matrix)
    for cell, conf in cells(case.matrix, turn).items()
]


@pytest.fixture(scope="module")
def classic(spark: Any) -> Any:
    return attached(spark.newSession())


@pytest.fixture(scope="module")
def connect(connect_server: Any) -> Iterator[Any]:
    from pyspark.sql.connect.session import SparkSession

    session: Any = SparkSession.builder.remote(connect_server.url).create()
    yield attached(session)
    session.client.close()


@pytest.mark.parametrize(("name", "door"), THROUGH_DOORS, ids=lambda x: str(x))
def test_door(name: str, door: str, request: pytest.FixtureRequest) -> None:
    case = _runnable(name)
    session = request.getfixturevalue("connect" if door == "connect" else "classic")
    wrong = differences(session, case, DOORS[door])
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize(("name", "conf"), UNDER_SETTINGS)
def test_settings(name: str, conf: dict[str, str], classic: Any) -> None:
    case = _runnable(name)
    wrong = differences(classic, case, DOORS["py4j"], conf)
    assert not wrong, "\n\n".join(wrong)


def _runnable(name: str) -> CaseFile:
    case = CASES[name]
    if case.since > line():
        pytest.skip(f"needs Spark {case.since[0]}.{case.since[1]}")
    return case
