"""Past runs: what they leave, how a table and a page show it, and runs that never came to an end."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browser import CHROMIUM, look_at
from notebook_files import COMMAND, wait_for
from penstock.core.errors import Refusal
from penstock.notebooks import past_runs, run

Make = Callable[..., Path]


def record(folder: Path, name: str, **entries: Any) -> None:
    """The record of a run that never was."""
    about = {"outcome": "done", "notebook": f"{name}.ipynb", "output": str(folder / f"{name}.ipynb"), "report": None}
    about |= {"parameters": {}, "started": "2024-01-31T10:00:00+00:00", "seconds": 1.5, "exit_code": 0}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.run.json").write_text(json.dumps({**about, **entries}))


def test_the_history_of_real_runs(make: Make, command: Any, tmp_path: Path) -> None:
    path = make("1 / n", "import penstock\npenstock.exit('<b>fine</b>')", parameters="n = 1")
    run(path)
    run(path, {"n": 0})
    shutil.move(tmp_path / "runs", tmp_path / "moved here & there")
    failed, done = past_runs(tmp_path)
    assert (done.job, done.outcome, done.exit_code, done.value, done.parameters) == (
        "job",
        "done",
        0,
        "<b>fine</b>",
        {},
    )
    assert (failed.outcome, failed.exit_code, failed.parameters) == ("failed", 1, {"n": 0})
    assert failed.error == "cell 2: ZeroDivisionError: division by zero"
    assert done.report is not None
    assert done.report.is_file()
    assert done.output.is_file()
    assert failed.started > done.started
    listed = command("runs", "--html", "index.html").stdout.splitlines()
    assert len(listed) == 3
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  job  failed   \d+\.\d s  cell 2: Zero.*", listed[1])
    assert listed[2].endswith("exit value: <b>fine</b>")
    assert [one["outcome"] for one in json.loads(command("runs", ".", "--json").stdout)] == ["failed", "done"]
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;fine" in page
    links = re.findall(r'<a href="([^"]*)"', page)
    assert len(links) == 2
    assert all((tmp_path / link.replace("%20", " ").replace("%26", "&")).is_file() for link in links)
    if CHROMIUM:
        seen = look_at(tmp_path / "index.html")
        assert (seen.console, seen.overflow) == ([], 0)
        assert [url for url in seen.requests if not url.startswith(("data:", "file:"))] == []


def test_a_run_that_runs_and_one_that_vanished(make: Make, tmp_path: Path) -> None:
    path = make("open('mark', 'w').close()\nimport time; time.sleep(60)")
    running = subprocess.Popen([*COMMAND, "run", str(path), "-q"], cwd=tmp_path)
    wait_for(tmp_path / "mark", running)
    [seen] = past_runs(tmp_path)
    assert (seen.outcome, seen.seconds, seen.exit_code) == ("running", None, None)
    running.kill()
    running.wait(10)
    assert past_runs(tmp_path)[0].outcome == "vanished"


def test_which_runs_are_listed(tmp_path: Path, command: Any) -> None:
    for day in (3, 1, 2):
        record(tmp_path / "a" / str(day), "daily", started=f"2024-01-0{day}T00:00:00+00:00")
    record(tmp_path / "b", "weekly", outcome="running", machine="another", process=1)
    (tmp_path / "b" / "broken.run.json").write_text('{"outcome": ')
    (tmp_path / "b" / "other.run.json").write_text("[1]")
    assert [run.started.day for run in past_runs(tmp_path)] == [31, 3, 2, 1]
    assert [run.started.day for run in past_runs(tmp_path, job="daily", limit=2)] == [3, 2]
    assert past_runs(tmp_path, job="weekly")[0].outcome == "running"  # nobody here can say otherwise
    with pytest.raises(Refusal, match="no such folder"):
        past_runs(tmp_path / "nowhere")
    assert command("runs", "nowhere").returncode == 2
    (tmp_path / "empty").mkdir()
    assert command("runs", "empty").stdout == "There are no runs here.\n"
