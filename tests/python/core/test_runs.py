"""What a run's record says of itself."""

from __future__ import annotations

import pytest
from penstock.core.runs import StageRun


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("collect at /tmp/ipykernel_4711/123.py:3", "collect, line 3"),
        ("count at <ipython-input-3-ab>:12", "count, line 12"),
        ("collect at /srv/project/jobs/daily.py:37", "collect, daily.py:37"),
        ("collect at /opt/x/penstock/notebooks/inside/table.py:37", "display"),
        ("showString at NativeMethodAccessorImpl.java:0", "showString"),
        ("$anonfun$withThreadLocalCaptured$2 at CompletableFuture.java:1768", "a part of the query"),
        ("save at Main.scala:12", "save at Main.scala:12"),
    ],
)
def test_a_stage_is_told_as_its_user_would(name: str, label: str) -> None:
    assert StageRun("app", 0, name, 1, 1).label == label
