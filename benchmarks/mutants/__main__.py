"""`python -m benchmarks.mutants`: looks for all 25, prints the table; `--write` puts it into benchmarks/results."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .report import Row, line, table
from .ways import by_development_data, by_hypothesis, by_quick_set, shrunk

ROOT = Path(__file__).parents[2]
RESULT = ROOT / "benchmarks" / "results" / "mutants.md"
LARGE = 100_000


def main() -> None:
    """Looks for every planted mistake in three ways, and makes what was found small."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="ids, with commas between them")
    parser.add_argument("--write", action="store_true", help=f"write {RESULT.relative_to(ROOT)}")
    chosen = parser.parse_args()
    sys.path.insert(0, str(ROOT / "tests" / "python"))
    from penstock.scenarios.suite.session import opened
    from scenarios.mutants.all import MUTANTS  # pyright: ignore[reportMissingImports]

    wanted = [m for m in MUTANTS if not chosen.only or m.id in chosen.only.split(",")]
    rows: list[Row] = []
    with opened(None, {"spark.driver.memory": "3g"}) as spark:
        wanted[0].suite(wanted[0].right).run(spark)  # warm
        for mutant in wanted:
            both = mutant.suite(mutant.wrong), mutant.suite(mutant.right)
            quick = by_quick_set(*both, spark)
            others = [way(*both, spark, quick.seconds) for way in (by_hypothesis, by_development_data)]
            small = shrunk(mutant.suite(mutant.wrong, rows=LARGE), mutant.id, spark)
            rows.append(Row(mutant.id, mutant.wrong.__name__, (quick, *others), small))
            print(line(rows[-1]), flush=True)
        whole = table(rows, spark.version)
    print(whole)
    if chosen.write:
        RESULT.write_text(whole, encoding="utf-8")


if __name__ == "__main__":
    main()
