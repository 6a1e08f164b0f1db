"""What each planted mistake's failure in 100 000 rows is shrunk to: rows, Spark actions, seconds.

    python -m benchmarks.mutants.shrinking [--only B1,C9] [--rows 100000] [--write]

Required: at most five rows, in at most 30 actions. `twin passes` says that the correct transform answers the small input
rightly, so what is left is the mistake and nothing else. `--write` puts the table into benchmarks/results.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from penstock.scenarios.suite.session import opened

from benchmarks.machine import machine

ROOT = Path(__file__).parents[2]
RESULT = ROOT / "benchmarks" / "results" / "shrinking.md"
MOST_ROWS, MOST_ACTIONS = 5, 30


@dataclass(frozen=True)
class Row:
    """One mistake, and what its failure came to; None: the large input does not show it."""

    name: str
    shrunk: Any

    @property
    def met(self) -> bool:
        """Whether it is as small as it must be, in as few actions."""
        small = self.shrunk and self.shrunk.small
        return bool(small and small.rows <= MOST_ROWS and small.actions <= MOST_ACTIONS)

    def __str__(self) -> str:
        if self.shrunk is None:
            return f"| {self.name} | not killed | | | | |"
        small, twin = self.shrunk.small, "yes" if self.shrunk.twin_passes else "NO"
        cells = (small.from_rows, small.rows, small.actions, f"{self.shrunk.seconds:.1f}", twin)
        return f"| {self.name} | {' | '.join(map(str, cells))} |"


def table(rows: Sequence[Row], spark: str) -> Iterator[str]:
    """The page, line by line."""
    killed = [row for row in rows if row.shrunk]
    yield "# What failures in 100 000 rows are shrunk to"
    yield ""
    yield f"Measured by `python -m benchmarks.mutants.shrinking --write`. Required: at most {MOST_ROWS} rows, in at most"
    met = sum(row.met for row in killed)
    yield f"{MOST_ACTIONS} Spark actions: met by {met} of the {len(killed)} mistakes that are killed. Seconds are wall time."
    yield ""
    yield "| mistake | from rows | rows | actions | seconds | twin passes |"
    yield "|---|---|---|---|---|---|"
    yield from map(str, rows)
    yield ""
    yield f"{', '.join(machine().values())}, Spark {spark}."


def main() -> int:
    """Measures every mistake; 1 where one misses what is required."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutants.shrinking", description=__doc__)
    parser.add_argument("--only", default="", help="ids, with commas between them")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--write", action="store_true", help=f"write {RESULT.relative_to(ROOT)}")
    chosen = parser.parse_args()
    sys.path.insert(0, str(ROOT / "tests" / "python"))
    from scenarios.mutants.all import MUTANTS  # pyright: ignore[reportMissingImports]
    from scenarios.mutants.shrunk import shrunk  # pyright: ignore[reportMissingImports]

    rows: list[Row] = []
    with opened(None, {"spark.driver.memory": "3g"}) as spark:
        for mutant in MUTANTS:
            if not chosen.only or mutant.id in chosen.only.split(","):
                rows.append(Row(f"{mutant.id} `{mutant.wrong.__name__}`", shrunk(mutant, chosen.rows, spark)))
                print(rows[-1], flush=True)
        whole = "\n".join([*table(rows, spark.version), ""])
    print(whole)
    if chosen.write:
        RESULT.write_text(whole, encoding="utf-8")
    return 0 if all(row.met or row.shrunk is None for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
