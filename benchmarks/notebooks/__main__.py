"""Measures `penstock run` beside nbclient alone, and the start of the command.

    python -m benchmarks.notebooks [--cells 1 100 1000] [--rounds 5] [--no-spark] [--results FOLDER]

Every figure is that of a whole process, its start included. Rounds are interleaved: each runs every peer once. A cell
assigns and prints, so what is measured is the runner; one more notebook has Spark in local mode, as those have that are
run for a living. Required of `penstock run`: at most 10 % and at most 1 s more than nbclient; of `penstock --help`: 0.5 s.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
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
PACKAGES = ("nbclient", "jupyter_client", "ipykernel", "pyzmq", "pyspark")
SPARK = (
    "from pyspark.sql import SparkSession, functions as F\n"
    'spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()',
    'frame = spark.range(20_000_000).select((F.col("id") % 1000).alias("key"), F.rand(1).alias("x"))\n'
    'totals = frame.groupBy("key").agg(F.sum("x").alias("total"), F.stddev("x").alias("spread"))\n'
    "totals.count()",
    'frame.join(totals, "key").where("x > total / 20000").groupBy("key").count().agg(F.max("count")).show()',
    'frame.orderBy("x").limit(10).toPandas()',
    "spark.stop()",
)
PERCENT, SECONDS = 10, 1.0
"""What `penstock run` may take more than nbclient; both are required."""
HELP = 0.5


def notebooks(cells: list[int], spark: bool) -> Iterator[tuple[str, list[str]]]:
    """(what it is, its cells)."""
    for number in cells:
        yield f"{number:,} cell{'s' if number > 1 else ''}", [f"x = {one}\nprint(x)" for one in range(number)]
    if spark:
        yield f"{len(SPARK)} cells with Spark", list(SPARK)


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


def measure(commands: dict[str, list[str]], rounds: int) -> dict[str, list[float]]:
    """The seconds of each command, after one round that does not count."""
    taken = {name: [seconds_of(command)] for name, command in commands.items()}
    for _ in range(rounds):
        for name, command in commands.items():
            taken[name].append(seconds_of(command))
    return {name: times[1:] for name, times in taken.items()}


def rows(what: str, taken: dict[str, list[float]]) -> Iterator[str]:
    """The lines of one notebook."""
    plain = statistics.median(taken["nbclient"])
    for name, times in taken.items():
        seconds = statistics.median(times)
        more, percent = seconds - plain, 100 * (seconds / plain - 1)
        told = "| | |" if name == "nbclient" else f"{more:+.2f} | {percent:+.0f} % | {verdict(more, percent)} |"
        yield f"| {what} | {name} | {seconds:.2f} | {min(times):.2f} | {max(times):.2f} | {told}"


def verdict(more: float, percent: float) -> str:
    """Each limit by itself."""
    share = f"{PERCENT} % {'met' if percent <= PERCENT else 'MISSED'}"
    return f"{share}, {SECONDS:g} s {'met' if more <= SECONDS else 'MISSED'}"


def main() -> None:
    """Prints one table over all notebooks, and keeps it where that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.notebooks", description=__doc__)
    parser.add_argument("--cells", type=int, nargs="+", default=[1, 100, 1000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-spark", action="store_true", help="leave out the notebook with Spark")
    parser.add_argument("--results", type=Path, help="the folder that gets notebooks.md")
    options = parser.parse_args()
    lines = [
        "| notebook | | median s | fastest | slowest | more s | more | required |",
        "|---|---|---|---|---|---|---|---|",
    ]
    print(*lines, sep="\n")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "job.ipynb"
        for what, cells in notebooks(options.cells, not options.no_spark):
            nbformat.write(new_notebook(cells=[new_code_cell(code) for code in cells]), source)
            for line in rows(what, measure(peers(source, Path(folder) / "out.ipynb"), options.rounds)):
                print(line, flush=True)
                lines.append(line)
    helped = statistics.median(measure({"help": [*PENSTOCK, "--help"]}, options.rounds)["help"])
    about = (
        f"\n`penstock --help`: {helped:.2f} s (≤ {HELP} s: {'met' if helped <= HELP else 'MISSED'}).\n\n"
        f"{options.rounds} interleaved rounds after one that does not count, whole processes. "
        f"{', '.join(machine().values())}; {', '.join(f'{name} {version(name)}' for name in PACKAGES)}."
    )
    print(about)
    if options.results:
        options.results.mkdir(parents=True, exist_ok=True)
        title = "# `penstock run` beside nbclient\n\n`python -m benchmarks.notebooks --results benchmarks/results`\n"
        (options.results / "notebooks.md").write_text("\n".join([title, *lines, about, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
