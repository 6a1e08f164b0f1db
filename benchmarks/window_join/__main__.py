"""Measures window joins.

    python -m benchmarks.window_join [--rows range|three-windows|small] [--rounds 5] [--only Penstock] [--results FOLDER]

`range`: ten minutes before each of 100,000 trades, among 10 million quotes; the range join runs once, for it takes minutes.
`three-windows`: three windows at once for 2 million trades, beside the as-of join of the same inputs.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.asof_join import on_spark
from benchmarks.asof_join.__main__ import measured
from benchmarks.asof_join.data import inputs

from .peers import SIZES, peers


def main() -> None:
    """Rounds, then the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.window_join", description=__doc__)
    parser.add_argument("--rows", choices=SIZES, default="range")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="", help="peers whose name begins so")
    parser.add_argument("--results", type=Path, default=Path(__file__).parents[1] / "results")
    options = parser.parse_args()
    data = inputs(SIZES[options.rows])
    spark = on_spark.start(broadcast=True)  # a left side of 100,000 rows may be sent
    chosen = [p for p in peers(spark, data) if p.name.startswith(options.only)]
    print("\n" + measured(chosen, spark, data, options.rounds, options.results))


if __name__ == "__main__":
    main()
