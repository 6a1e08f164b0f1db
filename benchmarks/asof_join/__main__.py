"""Measures all peers in turn.

    python -m benchmarks.asof_join [--rows SHAPE] [--rounds 5] [--only Penstock] [--cores 2] [--memory 6g] [--results FOLDER]
    make bench BENCH_ARGS="--rows small-right"

The shapes are `data.SIZES`. Peers run round after round, so that a slow minute of the machine hits all of them; what takes
over a minute runs once. Every answer of every run is compared; a different one ends the measurement.
`--only Penstock --cores 1` and `--memory 1g` show what a second core and memory are worth.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from . import elsewhere, on_spark, report
from .data import SIZES, Inputs, inputs
from .peer import CHECKSUM, Answer, Peer

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


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
    timed = [report.Timed(peer, []) for peer in peers]
    answers: dict[str, Answer] = {}
    for number in range(rounds + 1):
        for one in timed:
            if one.slow:
                continue
            seconds = clocked(one.peer, answers)
            print(f"round {number}  {one.peer.name:36} {seconds:8.2f} s", flush=True)
            if number > 0 or seconds > report.SLOW:  # the first is for the JVM to warm up
                one.seconds.append(seconds)
    spark.stop()
    return report.write(timed, data, java, results)


def clocked(peer: Peer, answers: dict[str, Answer]) -> float:
    """The seconds of one run, whose answer must be everybody's."""
    start = time.perf_counter()
    answer = peer.run()
    seconds = time.perf_counter() - start
    if answer is not None:
        right = answers.setdefault("right", answer)
        if answer != right:
            sys.exit(f"{peer.name} answers otherwise:\n  {answer}\n  instead of\n  {right}\nof {', '.join(CHECKSUM)}")
    return seconds


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
