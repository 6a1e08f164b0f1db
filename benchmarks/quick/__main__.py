"""Runs the quick set over each of Penstock's transforms, as tests/python/scenarios/test_own_transforms.py has them.

    python -m benchmarks.quick [--only asof_join] [--rounds 3] [--write]

The first round warms the session and is not counted. All scenarios that have a place in the two inputs are run, with a
reference, row count, row order and halves of the keys as oracles. `--write` puts the table into benchmarks/results.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import penstock

from benchmarks.machine import machine
from benchmarks.others import Others

ROOT = Path(__file__).parents[2]
RESULT = ROOT / "benchmarks" / "results" / "quick.md"
REQUIRED = 20.0
"""Seconds."""


def main() -> None:
    """Measures, and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="names of transforms, with commas between them")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help=f"write {RESULT.relative_to(ROOT)}")
    chosen = parser.parse_args()
    sys.path.insert(0, str(ROOT / "tests" / "python"))
    from penstock.scenarios.suite.session import opened
    from scenarios import test_own_transforms as own  # pyright: ignore[reportMissingImports]

    others = Others()
    names = [name for name in sorted(own.ALL) if not chosen.only or name in chosen.only.split(",")]
    with opened(None, {"spark.driver.memory": "2g"}) as spark:
        penstock.attach(spark)
        lines = [measured(name, getattr(own, f"test_{name}").penstock_suite, spark, chosen.rounds) for name in names]
        version, told_of_others = spark.version, others.said()
    told = machine()
    where = f"{told['processor']}, {told['cores']} cores, Python {told['python']}, Spark {version}"
    head = [
        "# The quick set over one transform",
        "",
        f"Measured by `python -m benchmarks.quick --write` on {where}; {chosen.rounds} rounds after one to warm up.",
        f"Required: at most {REQUIRED:.0f} s.",
        "",
        "| transform | scenarios | cases | Spark actions | median s | slowest | failed |",
        "|---|---|---|---|---|---|---|",
    ]
    whole = "\n".join([*head, *lines, "", told_of_others, ""])
    print(whole)
    if chosen.write:
        RESULT.write_text(whole, encoding="utf-8")


def measured(name: str, suite: Any, spark: Any, rounds: int) -> str:
    """One line of the table."""
    from penstock.scenarios.suite.execute import Executor

    every, seconds = replace(suite, only=()), list[float]()
    executor, found = Executor(spark), every.run(spark)  # warm
    for _ in range(rounds):
        executor, start = Executor(spark), time.monotonic()
        found = every.run(spark, executor=executor)
        seconds.append(time.monotonic() - start)
        print(f"{name}: {seconds[-1]:.1f} s", flush=True)
    failed = [name for name, outcomes in found.items() if any(o.status == "fail" for o in outcomes)]
    cases = sum(map(len, found.values()))
    told = f"{statistics.median(seconds):.1f} | {max(seconds):.1f} | {' '.join(failed) or 'none'}"
    return f"| {name} | {len(found)} | {cases} | {executor.actions} | {told} |"


if __name__ == "__main__":
    main()
