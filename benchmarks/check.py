"""Measures `penstock check` over many notebooks.

    python -m benchmarks.check [--notebooks 1000] [--rounds 3]

The notebooks are written for it, in the four formats by turns: a dozen cells, about 60 lines of code, functions and chains
as real ones have them, every tenth a copy with other names. The time is that of the whole command, its start included.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from penstock.notebooks.formats.registry import FORMATS
from penstock.notebooks.model import Cell, Notebook

COMMAND = [sys.executable, "-c", "from penstock.cli.app import main; main()", "check", ".", "--format", "json"]


def main() -> None:
    """Writes the notebooks, checks them several times, prints the seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notebooks", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.notebooks):
            write(Path(folder), number)
        seconds: list[float] = []
        for round in range(options.rounds):
            start, worked = time.perf_counter(), processor()
            done = subprocess.run(COMMAND, cwd=folder, capture_output=True, text=True, check=False)
            seconds.append(time.perf_counter() - start)
            told = json.loads(done.stdout)
            used = processor() - worked
            print(
                f"round {round + 1}: {seconds[-1]:.2f} s ({used:.2f} s of the processor), {told['lines']} lines, {len(told['findings'])} findings"
            )
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores"
    print(f"{options.notebooks} notebooks: {statistics.median(seconds):.2f} s (median of {options.rounds}; {machine})")


def processor() -> float:
    """Seconds that the processor has spent on commands so far: what a busy machine does not change much."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def write(folder: Path, number: int) -> None:
    """One notebook, by its number in one of the formats; the same number is always the same notebook."""
    format = FORMATS[number % len(FORMATS)]
    suffix = ".ipynb" if format.name == "ipynb" else ".py"
    path = folder / f"team{number % 20}" / f"n{number}{suffix}"
    if format.name == "fabric":
        path = path.with_suffix(".Notebook") / "notebook-content.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(format.write(notebook(number)), encoding="utf-8")


def notebook(number: int) -> Notebook:
    """A notebook whose code repeats another's, with other names, one time in ten."""
    cells = [
        Cell("markdown", f"# Load {number}\n\nOne day of orders."),
        Cell("code", "day = '2024-01-31'\nlimit = 100", metadata={"tags": ["parameters"]}),
        Cell("code", "from pyspark.sql import functions as F"),
    ]
    seed = number // 10 * 10 if number % 10 == 1 else number
    cells += [Cell("code", code(seed * 100 + part, f"n{number}")) for part in range(8)]
    cells.append(Cell("code", f"SELECT count(*) FROM orders_{number} WHERE day = :day", "sql"))
    return Notebook("python", tuple(cells))


def code(seed: int, names: str) -> str:
    """A few statements as a notebook has them: a read, a chain, a function, a loop, a result."""
    chance = random.Random(seed)
    table, column, other = (f"{word}_{chance.randrange(1000)}" for word in ("table", "column", "other"))
    return f"""frame_{names} = spark.table("{table}").where(F.col("day") == day)
joined_{names} = (
    frame_{names}.join(spark.table("{other}"), "{column}")
    .withColumn("loaded", F.current_timestamp())
    .select("{column}", "loaded")
)
if joined_{names}.isEmpty():
    raise ValueError(f"nothing for {{day}}")
print(joined_{names}.limit(limit).count())"""


if __name__ == "__main__":
    main()
