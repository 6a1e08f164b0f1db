"""What a second core and a small heap are to joins of ten million rows on one key, or on none.

    make bench BENCH=one_key
    python -m benchmarks.one_key [--rounds 3] [--results FOLDER]

Each setting is a process of its own, as a heap's size is that of its JVM; they are asked in turn, round after round, and all
answers are compared. Writes one_key.md.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from . import measure
from .asof_join import on_spark
from .asof_join.data import SIZES, inputs
from .child import Child
from .machine import machine
from .peer import Answer, Peer
from .window_join import peers as windows

if TYPE_CHECKING:
    from collections.abc import Iterable

WORKS = ("asof_join, one key", "asof_join, no key", "window_join, one key")
SETTINGS = {"two cores, 6 GB": ("2", "6g"), "one core, 6 GB": ("1", "6g"), "two cores, 1 GB": ("2", "1g")}
SECOND_CORE = 1.5
"""A second core must make an as-of join at least so many times faster."""


def work(name: str, tables: on_spark.OnSpark) -> Answer | None:
    """One of `WORKS`."""
    tables.by = [] if name.endswith("no key") else ["sym"]
    return windows.one_window(tables) if name.startswith("window") else tables.penstock()


def child(cores: int, memory: str, lines: Iterable[str]) -> None:
    """What each process does: a line out for each line in."""
    spark = on_spark.start(broadcast=False, cores=cores, memory=memory)
    tables = on_spark.OnSpark(spark, inputs(SIZES["one-key"]))
    print(spark.version, flush=True)
    for line in lines:
        print(json.dumps(work(json.loads(line)["work"], tables)), flush=True)
    spark.stop()


def measured(rounds: int) -> tuple[dict[str, dict[str, float]], str]:
    """For each work the median seconds under each setting, and Spark's version."""
    inputs(SIZES["one-key"])  # made once, before three processes would
    children = {
        name: Child(sys.executable, "-m", "benchmarks.one_key", "--child", *setting)
        for name, setting in SETTINGS.items()
    }
    version = next(iter(children.values())).first
    found: dict[str, dict[str, float]] = {}
    for asked in WORKS:
        print(asked, flush=True)
        peers = [Peer(n, version, lambda c=c, w=asked: tuple(c.ask(work=w))) for n, c in children.items()]
        timed = measure.measured(peers, rounds, ("values",) * 7)
        found[asked] = {t.peer.name: statistics.median(t.seconds) for t in timed}
    for each in children.values():
        each.end()
    return found, version


def table(found: dict[str, dict[str, float]], version: str, rounds: int) -> str:
    """The figures for a reader."""
    lines = [
        "# Ten million rows on each side, one key or none",
        "",
        f"Seconds of `make bench BENCH=one_key`, medians of {rounds} interleaved rounds after one to warm up; what takes over"
        f" a minute ran once. Nothing is broadcast. Required: an as-of join with two cores at least {SECOND_CORE} times as"
        " fast as with one, and all in a heap of 1 GB.",
        "",
        f"| | {' | '.join(SETTINGS)} | a second core makes it faster |",
        "|---|" + "---|" * (len(SETTINGS) + 1),
    ]
    for name, seconds in found.items():
        two, one, *_ = seconds.values()
        verdict = "" if name.startswith("window") else ": met" if one / two >= SECOND_CORE else ": MISSED"
        figures = " | ".join(f"{s:.2f}" for s in seconds.values())
        lines.append(f"| {name} | {figures} | {one / two:.2f} times{verdict} |")
    return "\n".join([*lines, "", f"{', '.join(machine().values())}, Spark {version}.", ""])


def main() -> None:
    """Measures, and writes the table; or is one of the processes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.one_key", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--results", type=Path, default=Path(__file__).parent / "results")
    parser.add_argument("--child", nargs=2, metavar=("CORES", "MEMORY"), help="be one of the processes")
    chosen = parser.parse_args()
    if chosen.child:
        child(int(chosen.child[0]), chosen.child[1], sys.stdin)
    else:
        text = table(*measured(chosen.rounds), chosen.rounds)
        (chosen.results / "one_key.md").write_text(text)
        print("\n" + text)


if __name__ == "__main__":
    main()
