"""What a look at a Connect session gives, told by a stand-in that reports as PySpark's client does."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from penstock.core import stages


class Session:
    """Takes the handler, and says what the client would."""

    version, session_id = "4.1.3", "s"

    def __init__(self) -> None:
        self.client = SimpleNamespace(is_closed=False)
        self.report: Any = None
        self.interruptAll: Callable[[], list[str]] = list

    def registerProgressHandler(self, handler: Any) -> None:
        self.report = handler


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Session:
    made = Session()
    module = SimpleNamespace(SparkSession=SimpleNamespace(_default_session=made))
    monkeypatch.setitem(sys.modules, "pyspark.sql.connect.session", module)
    monkeypatch.setitem(sys.modules, "penstock.core.attach", SimpleNamespace(_attached={}))
    monkeypatch.setattr(stages, "existing_context", lambda: None)
    return made


SEEN = [SimpleNamespace(stage_id=3, num_tasks=4, num_completed_tasks=2, num_bytes_read=7, done=False)]


def _numbers(watch: stages.StageWatch) -> tuple[int, int, int, bool]:
    [stage] = watch.look()[1]
    return stage["tasks"], stage["completed"], stage["running"], stage["done"]


def test_what_ended_well_is_done_though_the_last_report_lies_before_its_end(session: Session) -> None:
    watch = stages.StageWatch()
    assert watch.look() == ([{"version": "4.1.3", "master": "Spark Connect", "app": "s"}], [])
    session.report(stages=SEEN, inflight_tasks=2, operation_id="q", done=False)
    assert _numbers(watch) == (4, 2, 2, False)
    session.report(stages=SEEN, inflight_tasks=2, operation_id="q", done=True)
    assert _numbers(watch) == (4, 4, 0, True)


def test_what_failed_has_done_what_was_reported(session: Session) -> None:
    watch = stages.StageWatch()
    watch.look()
    try:
        raise ValueError
    except ValueError:
        session.report(stages=SEEN, inflight_tasks=2, operation_id="q", done=True)
    assert _numbers(watch) == (4, 2, 0, True)


def test_a_session_that_was_stopped_is_none(session: Session) -> None:
    session.client.is_closed = True
    assert stages.StageWatch().look() == ([], [])
    assert not stages.cancel_everything()


@pytest.mark.parametrize("running", [[], ["operation"]])
def test_there_is_something_to_wait_for_where_something_was_cancelled(session: Session, running: list[str]) -> None:
    session.interruptAll = lambda: running
    assert stages.cancel_everything() is bool(running)
