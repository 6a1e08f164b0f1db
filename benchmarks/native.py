"""`asof_join` beside the operator that Spark 4.3 brings, as one key gets more rows.

    make bench BENCH=native
    python -m benchmarks.native [--rounds 3] [--most 100000] [--results FOLDER]

Spark's own looks at all rows of a key for each left row, so its time grows with their square; with the rows of the other
benchmarks it does not end. Both run round after round on the same files and all answers are compared. Writes native.md and
native.svg.
"""

from __future__ import annotations

import argparse
import json
import statistics
from pathlib import Path

from . import curve, measure
from .asof_join import on_spark
from .asof_join.data import CHECKSUM, NATIVE, SIZES, Inputs, inputs
from .child import Child
from .peer import Answer, Peer

PYTHON = Path(__file__).parents[1] / ".venv-native" / "bin" / "python"
"""A Python with PySpark 4.3, which `make bench BENCH=native` makes."""
PROGRAM = Path(__file__).parent / "asof_join" / "native.py"


def measured(rounds: int, most: int) -> tuple[curve.Curve, list[str]]:
    """Both curves, and what was measured with."""
    native = Child(str(PYTHON), str(PROGRAM), json.dumps(on_spark.SETTINGS | on_spark.EXCHANGE_ALL))
    spark = on_spark.start(broadcast=False)
    found: curve.Curve = {}
    for name, keyed in (("one key", True), ("no key", False)):
        for rows in (n for n in NATIVE if n <= most):
            data = inputs(SIZES[f"one-key-{rows // 1000}k"])
            ours = on_spark.OnSpark(spark, data)
            ours.by = ["sym"] if keyed else []
            print(f"{name}, {rows:,} rows on each side", flush=True)
            peers = [
                Peer("Penstock", spark.version, ours.penstock),
                Peer("ASOF JOIN", native.first, lambda d=data, k=keyed: asked(native, d, k)),
            ]
            seconds = {t.peer.name: statistics.median(t.seconds) for t in measure.measured(peers, rounds, CHECKSUM)}
            found.setdefault(name, {})[rows] = seconds
    versions = [f"Penstock on Spark {spark.version}", f"ASOF JOIN of Spark {native.first}"]
    spark.stop()
    native.end()
    return found, versions


def asked(native: Child, data: Inputs, keyed: bool) -> Answer:
    """The checksum of one join."""
    folders = {"trades": data.trades.rpartition("/")[0], "quotes": data.quotes.rpartition("/")[0]}
    return tuple(native.ask(**folders, keyed=keyed))


def main() -> None:
    """Measures, and writes both files."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.native", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--most", type=int, default=max(NATIVE), help="rows of a side; 100,000 take minutes")
    parser.add_argument("--results", type=Path, default=Path(__file__).parent / "results")
    chosen = parser.parse_args()
    found, versions = measured(chosen.rounds, chosen.most)
    method = (
        f"Seconds of `make bench BENCH=native`, medians of {chosen.rounds} interleaved rounds after one to warm up, two cores;"
        " what takes over a minute ran once. Nothing is broadcast."
    )
    title = "Beside Spark 4.3's own `ASOF JOIN`"
    print("\n" + curve.written("native", title, method, found, versions, chosen.results))


if __name__ == "__main__":
    main()
