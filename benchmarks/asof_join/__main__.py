"""Measures all peers in turn.

    python -m benchmarks.asof_join [--rows full|small-right|small] [--rounds 5] [--results FOLDER]
    make bench BENCH_ARGS="--rows small-right"

They run round after round, so that a slow minute of the machine hits all of them. Every answer of every
run is compared; a different one ends the measurement.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from .. import measure, report
from . import elsewhere, on_spark
from .data import CHECKSUM, SIZES, Inputs, inputs


def main() -> None:
    """Rounds, then the table."""
    options = parsed()
    data = inputs(SIZES[options.rows])
    spark = on_spark.start(data.size.broadcast)
    java = str(spark.sql("SELECT java_method('java.lang.System', 'getProperty', 'java.version')").collect()[0][0])
    peers = [*on_spark.OnSpark(spark, data).peers(), *elsewhere.peers(data)]
    timed = measure.measured(peers, options.rounds, CHECKSUM)
    spark.stop()
    print("\n" + report.write(timed, subject(data), java, options.results))


def subject(data: Inputs) -> report.Subject:
    """What the figures are about."""
    size = data.size
    return report.Subject(
        "asof_join" if size.name == "full" else f"asof_join-{size.name}",
        f"As-of join of {size.trades:,} trades with {size.quotes:,} quotes, {size.keys} keys, {size.days} days"
        f" ({data.megabytes:.0f} MB of Parquet)",
        {**{n: v for n, v in vars(size).items() if n != "required"}, "megabytes": data.megabytes},
        size.required,
    )


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.asof_join", description=__doc__)
    parser.add_argument("--rows", choices=SIZES, default="full")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--results", type=Path, default=Path(__file__).parents[1] / "results")
    return parser.parse_args()


if __name__ == "__main__":
    main()
