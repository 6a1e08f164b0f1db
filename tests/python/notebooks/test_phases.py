"""SIGTERM in every phase of a run: what has begun is whole, and what is about to end is written to its end."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from notebook_files import printed, whole
from penstock.notebooks.history import past_runs

Make = Callable[..., Path]

TRAP = """
import importlib, os, signal, sys
module, name = sys.argv.pop(1).split(":")
holder = importlib.import_module(module)
real = getattr(holder, name)
def trapped(*given, **named):
    print("trapped", file=sys.stderr)
    os.kill(os.getpid(), signal.SIGTERM)
    return real(*given, **named)
setattr(holder, name, trapped)
from penstock.cli.app import main
main()
"""
PHASES = {
    "job:prepare": 143,  # its parameters are read
    "job:choose_places": 143,
    "job:first_save": 143,
    "job:launched": 143,
    "runfile:begin": 143,  # the kernel comes up
    "job:watcher": 143,
    "execute:on_signals": 143,
    "saving:write_atomically": 143,
    "job:_conclude": 0,  # all cells have run: what is left is written to its end
    "report.write:write_report": 0,
    "runfile:end": 0,
}


@pytest.mark.parametrize("phase", PHASES)
def test_sigterm_in_every_phase(make: Make, tmp_path: Path, phase: str) -> None:
    path = make("print(1)", "print(2)")
    command = [sys.executable, "-c", TRAP, f"penstock.notebooks.{phase}", "run", str(path), "out.ipynb"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (PHASES[phase], False), done.stdout + done.stderr
    assert "trapped" in done.stderr
    whole(tmp_path)
    if done.returncode == 0:
        assert printed(tmp_path / "out.ipynb") == "1\n2\n"
        assert (tmp_path / "out.html").is_file()
        [past] = past_runs(tmp_path)
        assert past.outcome == "done"
