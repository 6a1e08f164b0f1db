"""The benchmark runs, on a handful of rows, and all its peers give one answer; what it measures is another matter."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import servers
from clean import ROOT


def test_every_peer_gives_the_same_answer(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "benchmarks.asof_join",
        "--rows",
        "small",
        "--rounds",
        "1",
        "--results",
        str(tmp_path),
    ]
    done = subprocess.run(command, cwd=ROOT, env=servers.environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-4000:]
    told = json.loads((tmp_path / "asof_join-small.json").read_text())
    names = {peer["name"] for peer in told["peers"]}
    assert {"Penstock", "union + last(ignore nulls)", "sort-merge equi-join", "DuckDB", "Polars"} <= names
    assert "| Penstock |" in (tmp_path / "asof_join-small.md").read_text()
