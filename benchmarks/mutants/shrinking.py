"""What each planted mistake's failure in 100 000 rows is shrunk to: rows, Spark actions, seconds.

    python -m benchmarks.mutants.shrinking [--only B1,C9] [--rows 100000] [--write]

Required: at most five rows, in at most 30 actions. `twin passes` says that the correct transform answers the small input
rightly, so what is left is the mistake and nothing else. `--write` puts the table into benchmarks/results; with `--only`
the other rows stay as they are.
"""

from __future__ import annotations

import argparse
import re
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
    """One mistake, and what its failure came to, as cells: from how many rows, rows, actions, seconds, twin passes."""

    name: str
    cells: tuple[str, ...] = ()
    """None: the large input does not show the mistake."""

    @classmethod
    def of(cls, name: str, found: Any) -> Row:
        """What `scenarios.mutants.shrunk` gave."""
        if found is None:
            return cls(name)
        twin = "yes" if found.twin_passes else "NO"
        counts = (found.small.from_rows, found.small.rows, found.small.actions)
        return cls(name, (*map(str, counts), f"{found.seconds:.1f}", twin))

    @classmethod
    def read(cls, line: str) -> Row:
        """A line of the page."""
        name, *cells = (cell.strip() for cell in line.strip("| ").split(" | "))
        return cls(name, tuple(cells) if len(cells) == 5 else ())

    @property
    def met(self) -> bool:
        """Whether it is as small as it must be, in as few actions."""
        return bool(self.cells) and int(self.cells[1]) <= MOST_ROWS and int(self.cells[2]) <= MOST_ACTIONS

    def __str__(self) -> str:
        return f"| {self.name} | {' | '.join(self.cells) if self.cells else 'not killed | | | |'} |"


def table(rows: Sequence[Row], names: Sequence[str], spark: str) -> Iterator[str]:
    """The page, line by line."""
    killed = [row for row in rows if row.cells]
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
    missing = [name for name in names if name not in {row.name for row in rows}]
    if missing:
        yield f"Not measured yet: {', '.join(missing)}."
        yield ""
    yield f"{', '.join(machine().values())}, Spark {spark}."


def kept(measured: Sequence[Row], names: Sequence[str]) -> list[Row]:
    """All rows in the mistakes' order: those that are measured now, and those that the page has."""
    page = RESULT.read_text(encoding="utf-8").splitlines() if RESULT.is_file() else []
    now = {row.name: row for row in measured}
    before = {line.split(" | ")[0][2:]: Row.read(line) for line in page if re.match(r"\| [A-H]\d+ ", line)}
    return [found for name in names if (found := now.get(name) or before.get(name))]


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
                rows.append(Row.of(f"{mutant.id} `{mutant.wrong.__name__}`", shrunk(mutant, chosen.rows, spark)))
                print(rows[-1], flush=True)
        names = [f"{mutant.id} `{mutant.wrong.__name__}`" for mutant in MUTANTS]
        whole = "\n".join([*table(kept(rows, names), names, spark.version), ""])
    print(whole)
    if chosen.write:
        RESULT.write_text(whole, encoding="utf-8")
    return 0 if all(row.met or not row.cells for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
