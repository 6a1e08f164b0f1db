"""The wheel alone, on sessions that run already and know nothing of Penstock; on every Spark line."""

from __future__ import annotations

from typing import Any

import question
import servers
from clean import ROOT, Run


def right(result: dict[str, Any]) -> None:
    """Every step gave the one right answer, with the wheel's own JAR, and nothing is wrong with the session."""
    assert not result["wheel"].startswith(str(ROOT)), "the checkout's Penstock was imported, not the wheel's"
    assert set(result["origins"]) == {"brought by this wheel"}
    assert result["doctor"]["findings"] == []
    wrong = [name for name, rows in result["steps"].items() if rows != question.answer()]
    assert wrong == []


def test_attach_to_a_driver_on_the_cluster(cluster: servers.Cluster, run: Run) -> None:
    result = run("doors.py", cluster.url)
    right(result)
    assert cluster.executors_of(result["app"]) == 2


def test_attach_to_a_connect_server(connect_server: str, run: Run) -> None:
    right(run("doors.py", connect_server))
