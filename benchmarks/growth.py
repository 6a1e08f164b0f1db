"""How the time of each transform grows with its input: once, four and sixteen times the rows.

    python -m benchmarks.growth [--rounds 3] [--results FOLDER]

Sizes run in turn, round after round, after one to warm up. Linear is where sixteen times the rows take at most sixteen times
the seconds; what a job costs whatever its size makes it less. Writes growth.md and growth.svg.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from .asof_join import data, on_spark
from .interval_join import data as intervals
from .interval_join import on_spark as sweeps
from .machine import machine
from .window_join import peers as windows

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

TIMES = (1, 4, 16)
Work = tuple[str, Callable[[], object]]
"""Rows of both sides, as text, and the run."""


def works(spark: SparkSession) -> dict[str, tuple[Work, ...]]:
    """Each transform with its three sizes."""

    def quotes(size: data.Size) -> tuple[str, on_spark.OnSpark]:
        return f"{size.trades:,} × {size.quotes:,}", on_spark.OnSpark(spark, data.inputs(size))

    asof = [quotes(data.SIZES[name]) for name in ("sixteenth", "quarter", "full")]
    window = [quotes(windows.SIZES[name]) for name in ("range-sixteenth", "range-quarter", "range")]
    swept = [sweeps.OnSpark(spark, intervals.inputs(intervals.SIZES[f"grown-{n}"])) for n in TIMES]
    return {
        "asof_join": tuple((rows, tables.penstock) for rows, tables in asof),
        "window_join": tuple((rows, lambda tables=tables: windows.one_window(tables)) for rows, tables in window),
        "interval_join": tuple((f"{s.size.rows:,} × {s.size.rows:,}", s.penstock) for s in swept),
    }


def measured(spark: SparkSession, rounds: int) -> dict[str, list[tuple[str, float]]]:
    """The median seconds of each size."""
    found: dict[str, list[tuple[str, float]]] = {}
    for name, sizes in works(spark).items():
        seconds: list[list[float]] = [[] for _ in sizes]
        for number in range(rounds + 1):
            for (rows, run), taken in zip(sizes, seconds, strict=True):
                start = time.perf_counter()
                run()
                taken.append(time.perf_counter() - start)
                print(f"round {number}  {name:14} {rows:26} {taken[-1]:8.2f} s", flush=True)
        found[name] = [(rows, statistics.median(t[1:])) for (rows, _), t in zip(sizes, seconds, strict=True)]
    return found


def table(found: dict[str, list[tuple[str, float]]], version: str, rounds: int) -> str:
    """The figures for a reader."""
    lines = [
        "# How the time grows with the rows",
        "",
        f"Seconds of `python -m benchmarks.growth`, medians of {rounds} interleaved rounds after one to warm up, two cores.",
        "",
        "| transform | rows | times the rows | seconds | times the seconds |",
        "|---|---|---|---|---|",
    ]
    for name, sizes in found.items():
        least = sizes[0][1]
        for times, (rows, seconds) in zip(TIMES, sizes, strict=True):
            lines.append(f"| `{name}` | {rows} | {times} | {seconds:.2f} | {seconds / least:.1f} |")
    return "\n".join(
        [*lines, "", "![growth](growth.svg)", "", f"{', '.join(machine().values())}, Spark {version}.", ""]
    )


def drawn(found: dict[str, list[tuple[str, float]]], path: Path) -> None:
    """The same as curves: both axes double, so a straight line of slope one is linear."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6, 4), layout="constrained")
    for name, sizes in found.items():
        axes.plot(TIMES, [seconds for _, seconds in sizes], marker="o", label=name)
    least = min(sizes[0][1] for sizes in found.values())
    axes.plot(TIMES, [least * n for n in TIMES], color="grey", linestyle=":", label="linear")
    axes.set_xscale("log", base=2)
    axes.set_yscale("log", base=2)
    axes.set_xticks(TIMES, [f"{n}×" for n in TIMES])
    axes.set_xlabel("rows")
    axes.set_ylabel("seconds")
    axes.legend()
    figure.savefig(path, metadata={"Date": cast(str, None)})


def main() -> None:
    """Measures, and writes both files."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--results", type=Path, default=Path(__file__).parent / "results")
    chosen = parser.parse_args()
    spark = on_spark.start(broadcast=False)
    found, version = measured(spark, chosen.rounds), spark.version
    spark.stop()
    text = table(found, version, chosen.rounds)
    (chosen.results / "growth.md").write_text(text)
    drawn(found, chosen.results / "growth.svg")
    print("\n" + text)


if __name__ == "__main__":
    main()
