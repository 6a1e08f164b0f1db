"""The benchmark runs, on a handful of rows, and all its peers give one answer; what it measures is another matter."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import servers
from clean import ROOT

PEERS = {
    "asof_join": {"union + last(ignore nulls)", "sort-merge equi-join", "DuckDB", "Polars"},
    "window_join": {"range join and GROUP BY", "DuckDB"},
    "interval_join": {"Spark's range join", "DuckDB"},
}


@pytest.mark.parametrize("name", PEERS)
def test_every_peer_gives_the_same_answer(name: str, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        f"benchmarks.{name}",
        "--rows",
        "small",
        "--rounds",
        "1",
        "--results",
        str(tmp_path),
    ]
    done = subprocess.run(command, cwd=ROOT, env=servers.environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-4000:]
    told = json.loads((tmp_path / f"{name}-small.json").read_text())
    names = {peer["name"] for peer in told["peers"]}
    assert {"Penstock", *PEERS[name]} <= names
    assert "| Penstock |" in (tmp_path / f"{name}-small.md").read_text()
