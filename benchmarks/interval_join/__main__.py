"""Measures all peers in turn.

    python -m benchmarks.interval_join [--rows keys-500|keys-20|no-key|...] [--rounds 5] [--results FOLDER]

They run round after round, and every answer of every run is compared. A peer that takes more than a minute runs once.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from .. import measure, report
from ..asof_join.on_spark import start
from . import elsewhere, on_spark
from .data import CHECKSUM, MATCHES, SIZES, Inputs, inputs


def main() -> None:
    """Rounds, then the table."""
    options = parsed()
    data = inputs(SIZES[options.rows])
    spark = start(broadcast=False)
    java = str(spark.sql("SELECT java_method('java.lang.System', 'getProperty', 'java.version')").collect()[0][0])
    others = elsewhere.peers(data) if data.size.duckdb else []
    peers = [*on_spark.OnSpark(spark, data).peers(), *others]
    timed = measure.measured(peers, options.rounds, CHECKSUM)
    spark.stop()
    print("\n" + report.write(timed, subject(data), java, options.results))


def subject(data: Inputs) -> report.Subject:
    """What the figures are about."""
    size = data.size
    keys = f"{size.keys} keys" if size.keys else "no key"
    return report.Subject(
        f"interval_join-{size.name}",
        f"Interval join of {size.rows:,} with {size.rows:,} intervals, {keys}, about {MATCHES} matches each"
        f" ({data.megabytes:.0f} MB of Parquet)",
        {**{n: v for n, v in vars(size).items() if n != "required"}, "megabytes": data.megabytes},
        size.required,
    )


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.interval_join", description=__doc__)
    parser.add_argument("--rows", choices=SIZES, default="keys-500")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--results", type=Path, default=Path(__file__).parents[1] / "results")
    return parser.parse_args()


if __name__ == "__main__":
    main()
