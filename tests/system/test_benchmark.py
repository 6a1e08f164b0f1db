"""The benchmarks run, on a handful of rows, and all their peers give one answer; what they measure is another matter."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import servers
from clean import ROOT

PEERS = {
    "asof_join": {"Penstock", "union + last(ignore nulls)", "sort-merge equi-join", "DuckDB", "Polars"},
    "window_join": {"Penstock", "range join and GROUP BY", "DuckDB"},
}


@pytest.mark.parametrize("program", PEERS)
def test_every_peer_gives_the_same_answer(program: str, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        f"benchmarks.{program}",
        "--rows",
        "small",
        "--rounds",
        "1",
        "--results",
        str(tmp_path),
    ]
    done = subprocess.run(command, cwd=ROOT, env=servers.environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-4000:]
    told = json.loads((tmp_path / f"{program}-small.json").read_text())
    names = {peer["name"] for peer in told["peers"]}
    assert names >= PEERS[program]
    assert "| Penstock |" in (tmp_path / f"{program}-small.md").read_text()
