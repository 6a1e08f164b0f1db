"""The doctor: what it says of a healthy session and of a sick one, as a table, as JSON and by its exit code."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import penstock
import pytest
from penstock.core import jar
from typer.testing import CliRunner

if TYPE_CHECKING:
    from servers import ConnectServer


def test_healthy(fresh: Any) -> None:
    report = penstock.doctor(fresh)
    assert report.findings == ()
    assert report.ok
    assert report.self_check == "passed"
    assert report.spark == fresh.version
    assert "asof_join" in report.transforms
    assert "Nothing is wrong." in str(report)
    assert json.loads(json.dumps(report.as_dict()))["ok"] is True
    with pytest.raises(dataclasses.FrozenInstanceError):
        report.door = "x"  # type: ignore[misc]


def test_sick(new_connect: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jar, "JARS", tmp_path)
    report = penstock.doctor(new_connect())
    assert [f.code for f in report.findings] == ["jar-missing"]
    assert not report.ok
    assert "wrong: penstock" in str(report)


def test_without_a_session(monkeypatch: pytest.MonkeyPatch) -> None:
    from penstock.core import doctor

    monkeypatch.setattr(doctor, "_running", lambda: None)
    report = penstock.doctor()
    assert (report.door, report.jar) == ("no session", penstock.jar_path().name)


def test_command_of_a_dead_server() -> None:
    from penstock.core.doctor import doctor_at

    report = doctor_at("sc://localhost:1/;token=secret")
    assert [f.code for f in report.findings] == ["no-session"]
    assert "No Spark Connect server answers at localhost:1" in str(report)
    assert "secret" not in str(report)


def test_command(connect_server: ConnectServer, new_connect: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from penstock.cli.app import app
    from penstock.core import doctor

    # this process has a classic session, beside which SparkSession.builder makes no remote one; and a session that
    # outlives its server keeps PySpark's client trying for ten minutes when the process ends
    monkeypatch.setattr(doctor, "remote", lambda _: new_connect())
    done = CliRunner().invoke(app, ["doctor", "--json", "--remote", connect_server.url])
    said = json.loads(done.stdout)
    assert (said["ok"], said["door"]) == (True, "connect")
    assert done.exit_code == 0


def test_command_when_something_is_wrong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from penstock.cli.app import app
    from penstock.core import doctor

    monkeypatch.setattr(jar, "JARS", tmp_path)
    monkeypatch.setattr(doctor, "session", lambda **_: penstock.session())
    done = CliRunner().invoke(app, ["doctor"])
    assert done.exit_code == 1
    assert "jar-missing" in done.stdout
