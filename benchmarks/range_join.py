"""`interval_join` without a key beside Spark's own join of the range and DuckDB's, as both sides get more rows.

    make bench BENCH=range_join
    python -m benchmarks.range_join [--rounds 5] [--results FOLDER]

Spark's own compares every row with every row, so its time grows with their square; at the million rows of the other benchmark
it does not end. All run round after round on the same files and all answers are compared. Writes range_join.md and
range_join.svg.
"""

from __future__ import annotations

import argparse
import statistics
from pathlib import Path

from . import curve, measure
from .asof_join.on_spark import start
from .interval_join import elsewhere, on_spark
from .interval_join.data import CHECKSUM, KEYLESS, MATCHES, SIZES, inputs


def measured(rounds: int) -> tuple[curve.Curve, list[str]]:
    """The curves, and what was measured with."""
    spark = start(broadcast=False)
    sizes: dict[int, dict[str, float]] = {}
    told: dict[str, str] = {}
    for rows in KEYLESS:
        data = inputs(SIZES[f"no-key-{rows // 1000}k"])
        print(f"{rows:,} rows on each side", flush=True)
        peers = [p for p in on_spark.OnSpark(spark, data).peers() if not p.name.startswith("floor")]
        timed = measure.measured([*peers, *elsewhere.peers(data)], rounds, CHECKSUM)
        sizes[rows] = {t.peer.name: statistics.median(t.seconds) for t in timed}
        told = {t.peer.name: t.peer.version for t in timed}
    spark.stop()
    return {"no key": sizes}, [f"{name} {version}" for name, version in told.items()]


def main() -> None:
    """Measures, and writes both files."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.range_join", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--results", type=Path, default=Path(__file__).parent / "results")
    chosen = parser.parse_args()
    found, versions = measured(chosen.rounds)
    method = (
        f"Seconds of `make bench BENCH=range_join`, about {MATCHES} matches for each row, medians of {chosen.rounds} interleaved"
        " rounds after one to warm up, two cores; what takes over a minute ran once. Nothing is broadcast."
    )
    title = "Intervals without a key, beside Spark's own join"
    print("\n" + curve.written("range_join", title, method, found, versions, chosen.results))


if __name__ == "__main__":
    main()
