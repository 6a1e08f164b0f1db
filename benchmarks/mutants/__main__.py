"""Looks for 25 planted mistakes in three ways, and prints who finds them.

    python -m benchmarks.mutants [--only B1,B4] [--part FILE]
    python -m benchmarks.mutants --join FILE FILE ... [--write]

A whole run takes about half an hour. `--part` keeps what was measured as JSON; `--join` puts parts together to one table,
and refuses parts of other code, another machine or another Spark, and a mistake that is there twice. `--write` puts the
table into benchmarks/results, if it has all of them. `benchmarks.mutants.shrinking` makes their failures small.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from .parts import Part, Row, code, joined, read, saved
from .report import line, table
from .ways import by_development_data, by_hypothesis, by_quick_set, false_alarms

ROOT = Path(__file__).parents[2]
RESULT = ROOT / "benchmarks" / "results" / "mutants.md"
sys.path.insert(0, str(ROOT / "tests" / "python"))


def main() -> None:
    """Measures, or puts parts together."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="ids, with commas between them")
    parser.add_argument("--part", type=Path, help="keep what was measured there")
    parser.add_argument("--join", type=Path, nargs="+", default=[], help="do not measure: put these parts together")
    parser.add_argument("--write", action="store_true", help=f"write {RESULT.relative_to(ROOT)}")
    chosen = parser.parse_args()
    part = joined([read(path) for path in chosen.join]) if chosen.join else measured(chosen.only)
    if chosen.part:
        saved(part, chosen.part)
    whole = table(part)
    print(whole)
    if chosen.write:
        missing = sorted({m.id for m in _mutants()} - {row.id for row in part.rows})
        if missing:
            parser.error(f"nothing is written: {', '.join(missing)} were not measured")
        RESULT.write_text(whole, encoding="utf-8")


def measured(only: str) -> Part:
    """Every mistake that is wanted, looked for in each way; on a warm session."""
    from penstock.scenarios.suite.session import opened

    wanted = [m for m in _mutants() if not only or m.id in only.split(",")]
    rows, sources = list[Row](), code()
    with opened(None, {"spark.driver.memory": "3g"}) as spark:
        wanted[0].suite(wanted[0].right).run(spark)  # warm
        for mutant in wanted:
            both = mutant.suite(mutant.wrong), mutant.suite(mutant.right)
            alarms = false_alarms(both[1], spark)
            quick = by_quick_set(*both, spark)
            others = [way(*both, spark, quick.seconds) for way in (by_hypothesis, by_development_data)]
            rows.append(Row(mutant.id, mutant.wrong.__name__, (quick, *others), alarms))
            print(line(rows[-1]), flush=True)
        if code() != sources:
            raise SystemExit("The sources were changed while they were measured: nothing is kept.")
        return Part(sources, spark.version, tuple(rows))


def _mutants() -> list[Any]:
    from scenarios.mutants.all import MUTANTS  # pyright: ignore[reportMissingImports]

    return MUTANTS


if __name__ == "__main__":
    main()
