"""A team's own Scala, built outside of Penstock, attached to sessions that run already."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import servers
from clean import LINE_ID, ROOT, Run

WITH_TAX = [[n, float(n), n / 2] for n in range(100)]


@pytest.fixture(scope="module")
def jar() -> Path:
    path = ROOT / "tests" / "team" / "target" / f"team-transforms-{LINE_ID}-1.0.0.jar"
    if not path.is_file():
        pytest.fail(f"there is no {path.relative_to(ROOT)}; make has a rule for it")
    return path


def right(result: dict[str, Any]) -> None:
    assert result["function"] == WITH_TAX
    assert result["sql"] == WITH_TAX


def test_a_team_s_jar_on_the_cluster(cluster: servers.Cluster, run: Run, jar: Path) -> None:
    result = run("team.py", cluster.url, jar)
    right(result)
    assert cluster.executors_of(result["app"]) == 2


def test_a_team_s_jar_on_a_connect_server(connect_server: str, run: Run, jar: Path) -> None:
    right(run("team.py", connect_server, jar))
