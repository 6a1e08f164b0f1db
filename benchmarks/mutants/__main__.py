"""`python -m benchmarks.mutants`: looks for all 25, prints the table; `--write` puts it into benchmarks/results."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from pathlib import Path
from typing import Any

from .ways import Search, by_development_data, by_hypothesis, by_quick_set

ROOT = Path(__file__).parents[2]
RESULT = ROOT / "benchmarks" / "results" / "mutants.md"


def main() -> None:
    """Looks for every planted mistake in three ways."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="ids, with commas between them")
    parser.add_argument("--write", action="store_true", help=f"write {RESULT.relative_to(ROOT)}")
    chosen = parser.parse_args()
    sys.path.insert(0, str(ROOT / "tests" / "python"))
    from penstock.scenarios.suite.session import opened
    from scenarios.mutants.all import MUTANTS

    wanted = [m for m in MUTANTS if not chosen.only or m.id in chosen.only.split(",")]
    rows: list[tuple[Any, Search, Search, Search]] = []
    with opened(None, {"spark.driver.memory": "3g"}) as spark:
        wanted[0].suite(wanted[0].right).run(spark)  # warm
        for mutant in wanted:
            both = mutant.suite(mutant.wrong), mutant.suite(mutant.right)
            quick = by_quick_set(*both, spark)
            rows.append(
                (mutant, quick, *(way(*both, spark, quick.seconds) for way in (by_hypothesis, by_development_data)))
            )
            print(_row(*rows[-1]), flush=True)
        table = _table(rows, spark.version)
    print(table)
    if chosen.write:
        RESULT.write_text(table, encoding="utf-8")


def _table(rows: list[tuple[Any, Search, Search, Search]], spark: str) -> str:
    counts = [sum(bool(row[way].found) for row in rows) for way in (1, 2, 3)]
    machine = f"{_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, Spark {spark}"
    head = [
        "# Who finds 25 planted mistakes",
        "",
        f"Measured by `python -m benchmarks.mutants --write` on {machine}. Each way has the same oracles and the time that",
        "the quick set took over that transform. Found: the wrong transform fails on an input that its correct twin passes.",
        "",
        f"| mistake | Penstock's quick set: {counts[0]} of {len(rows)} | Hypothesis, pandas frames: {counts[1]} "
        f"| development data: {counts[2]} |",
        "|---|---|---|---|",
    ]
    return "\n".join([*head, *(_row(*row) for row in rows), ""])


def _row(mutant: Any, quick: Search, hypothesis: Search, development: Search) -> str:
    said = [
        f"{s.found or 'not found'} ({s.inputs} inputs, {s.seconds:.1f} s)" for s in (quick, hypothesis, development)
    ]
    return f"| {mutant.id} `{mutant.wrong.__name__}` | {' | '.join(said)} |"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


if __name__ == "__main__":
    main()
