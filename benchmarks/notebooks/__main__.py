"""Measures `penstock run` beside nbclient alone, on notebooks of many short cells, and the start of the command.

    python -m benchmarks.notebooks [--cells 1 100 1000] [--rounds 5]

Every figure is that of a whole process, its start included. Rounds are interleaved: each runs every peer once. A cell
assigns and prints, so what is measured is the runner. Required: at most 10 % and 1 s more than nbclient, whichever is
less; 0.5 s for `penstock --help`.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from ..machine import machine

PENSTOCK = [sys.executable, "-c", "from penstock.cli.app import main; main()"]
PLAIN = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], 4)
NotebookClient(notebook, timeout=None).execute()
nbformat.write(notebook, sys.argv[2])
"""
PACKAGES = ("nbclient", "jupyter_client", "ipykernel", "pyzmq")


def peers(source: Path, output: Path) -> dict[str, list[str]]:
    """The commands, the one that the others are held against first."""
    return {
        "nbclient": [sys.executable, "-c", PLAIN, str(source), str(output)],
        "penstock run": [*PENSTOCK, "run", str(source), str(output), "-q"],
        "penstock run --no-report": [*PENSTOCK, "run", str(source), str(output), "-q", "--no-report"],
    }


def seconds_of(command: list[str]) -> float:
    """How long the command takes; one that fails ends the benchmark."""
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    taken = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return taken


def measure(commands: dict[str, list[str]], rounds: int) -> dict[str, float]:
    """The median of each command, after one round that does not count."""
    taken = {name: [seconds_of(command)] for name, command in commands.items()}
    for _ in range(rounds):
        for name, command in commands.items():
            taken[name].append(seconds_of(command))
    return {name: statistics.median(times[1:]) for name, times in taken.items()}


def row(cells: int, name: str, seconds: float, plain: float) -> str:
    """One line of the table."""
    met = "met" if seconds - plain <= min(1.0, plain * 0.1) else "MISSED"
    return f"| {cells} | {name} | {seconds:.2f} | {seconds / plain:.2f} | {seconds - plain:+.2f} | {met} |"


def main() -> None:
    """Prints one table over all sizes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.notebooks", description=__doc__)
    parser.add_argument("--cells", type=int, nargs="+", default=[1, 100, 1000])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    print("| cells | | median s | over nbclient | more s | ≤ 10 % and 1 s |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "job.ipynb"
        for cells in options.cells:
            code = [new_code_cell(f"x = {number}\nprint(x)") for number in range(cells)]
            nbformat.write(new_notebook(cells=code), source)
            found = measure(peers(source, Path(folder) / "out.ipynb"), options.rounds)
            for name, seconds in found.items():
                print(row(cells, name, seconds, found["nbclient"]), flush=True)
    help = measure({"help": [*PENSTOCK, "--help"]}, options.rounds)["help"]
    print(f"\n`penstock --help`: {help:.2f} s, {'met' if help <= 0.5 else 'MISSED'} (≤ 0.5 s)")
    print(f"{options.rounds} interleaved rounds. {', '.join(machine().values())};", end=" ")
    print(", ".join(f"{name} {version(name)}" for name in PACKAGES))


if __name__ == "__main__":
    main()
