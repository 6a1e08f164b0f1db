"""Measures all peers in turn.

    python -m benchmarks.asof_join [--rows full|small-right|small] [--rounds 5] [--results FOLDER]
    make bench BENCH_ARGS="--rows small-right"

They run round after round, so that a slow minute of the machine hits all of them. Every answer of every
run is compared; a different one ends the measurement.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from . import elsewhere, on_spark, report
from .data import SIZES, inputs
from .peer import CHECKSUM, Answer, Peer


def main() -> None:
    """Rounds, then the table."""
    options = parsed()
    data = inputs(SIZES[options.rows])
    spark = on_spark.start(data.size.broadcast)
    java = str(spark.sql("SELECT java_method('java.lang.System', 'getProperty', 'java.version')").collect()[0][0])
    peers = [*on_spark.OnSpark(spark, data).peers(), *elsewhere.peers(data)]
    timed = [report.Timed(peer, []) for peer in peers]
    answers: dict[str, Answer] = {}
    for number in range(options.rounds + 1):
        for one in timed:
            seconds = clocked(one.peer, answers)
            print(f"round {number}  {one.peer.name:36} {seconds:8.2f} s", flush=True)
            if number > 0:  # the first is for the JVM to warm up
                one.seconds.append(seconds)
    spark.stop()
    print("\n" + report.write(timed, data, java, options.results))


def clocked(peer: Peer, answers: dict[str, Answer]) -> float:
    """The seconds of one run, whose answer must be everybody's."""
    start = time.perf_counter()
    answer = peer.run()
    seconds = time.perf_counter() - start
    if answer is not None:
        right = answers.setdefault("right", answer)
        if answer != right:
            there, here = (dict(zip(CHECKSUM, a, strict=True)) for a in (right, answer))
            sys.exit(f"{peer.name} answers otherwise:\n  {here}\n  instead of\n  {there}")
    return seconds


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.asof_join", description=__doc__)
    parser.add_argument("--rows", choices=SIZES, default="full")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--results", type=Path, default=Path(__file__).parents[1] / "results")
    return parser.parse_args()


if __name__ == "__main__":
    main()
