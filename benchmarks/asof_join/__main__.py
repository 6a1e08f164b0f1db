"""Measures all peers in turn.

    python -m benchmarks.asof_join [--rows SHAPE] [--rounds 5] [--only Penstock] [--cores 2] [--memory 6g] [--results FOLDER]
    make bench BENCH_ARGS="--rows small-right"

The shapes are `data.SIZES`. Peers run round after round, so that a slow minute of the machine hits all of them; what takes
over a minute runs once. Every answer of every run is compared; a different one ends the measurement.
`--only Penstock --cores 1` and `--memory 1g` show what a second core and memory are worth.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from .. import measure, report
from . import elsewhere, on_spark
from .data import CHECKSUM, SIZES, Inputs, inputs

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from ..peer import Peer


def main() -> None:
    """Rounds, then the table."""
    options = parsed()
    data = inputs(SIZES[options.rows])
    spark = on_spark.start(data.size.broadcast, options.cores, options.memory)
    others = [] if data.size.wide else elsewhere.peers(data)
    peers = [p for p in [*on_spark.OnSpark(spark, data).peers(), *others] if p.name.startswith(options.only)]
    print("\n" + measured(peers, spark, data, options.rounds, options.results))


def measured(peers: list[Peer], spark: SparkSession, data: Inputs, rounds: int, results: Path) -> str:
    """The table of a measurement, which is written, too."""
    java = str(spark.sql("SELECT java_method('java.lang.System', 'getProperty', 'java.version')").collect()[0][0])
    timed = measure.measured(peers, rounds, CHECKSUM)
    spark.stop()
    return report.write(timed, subject(data), java, results)


def subject(data: Inputs) -> report.Subject:
    """What the figures are about."""
    size = data.size
    told = ("required", "title", "program", "data")
    return report.Subject(
        size.program if size.name == "full" else f"{size.program}-{size.name}",
        f"{size.title} of {size.trades:,} trades with {size.quotes:,} quotes,"
        f" {size.keys if size.keyed else 'no'} keys, {size.days} days ({data.megabytes:.0f} MB of Parquet)",
        {**{n: v for n, v in vars(size).items() if n not in told}, "megabytes": data.megabytes},
        size.required,
    )


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.asof_join", description=__doc__)
    parser.add_argument("--rows", choices=SIZES, default="full")
    parser.add_argument("--only", default="", help="peers whose name begins so")
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--memory", default="6g")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--results", type=Path, default=Path(__file__).parents[1] / "results")
    return parser.parse_args()


if __name__ == "__main__":
    main()
