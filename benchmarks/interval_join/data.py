"""The inputs: shifts and alarms as Parquet, the same bytes of meaning on every machine.

Starts are spread evenly; lengths are so that a row has about five matches, whatever the number of keys. Rows lie in random
order, several files per table.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ..asof_join.data import DAY, FILES, FOLDER, START

CHECKSUM = ("pairs", "shift", "alarm", "shared")
"""What every result is consumed by: whole numbers over all columns; `shared` is the microseconds that pairs share."""

MATCHES = 5

KEYLESS = (10_000, 30_000, 100_000)
"""Rows of the sides of which plain Spark's curve is drawn: without a key it looks at every pair."""


@dataclass(frozen=True)
class Size:
    """How much data, and by how much Penstock must be the faster one; the name is that of its folder."""

    name: str
    rows: int
    keys: int
    """0: the join is asked without a key."""
    days: int = 5
    required: dict[str, float] = field(default_factory=dict[str, float])
    """Penstock's time over a peer's must be at most this."""
    spark: bool = True
    """Whether plain Spark is asked."""
    duckdb: bool = True
    """Whether DuckDB is asked: of 20 keys it had not answered in two minutes."""


SIZES = {
    size.name: size
    for size in (
        Size("keys-500", 1_000_000, 500, required={"Spark's": 0.25, "DuckDB": 0.2}),
        Size("keys-20", 1_000_000, 20, required={"Spark's": 0.02}, duckdb=False),
        Size("no-key", 1_000_000, 0, required={"floor": 1.5}, spark=False),
        *(Size(f"no-key-{n // 1000}k", n, 0) for n in KEYLESS),
        # how the work grows: 1, 4 and 16 times
        Size("grown-1", 250_000, 500, spark=False),
        Size("grown-4", 1_000_000, 500, spark=False),
        Size("grown-16", 4_000_000, 500, spark=False),
        # how a job starts, for the tests: nothing is required of it
        Size("small", 2_000, 20),
    )
}


@dataclass(frozen=True)
class Inputs:
    """The two tables, as paths with a `*` for their files."""

    size: Size
    shifts: str
    alarms: str
    megabytes: float


def inputs(size: Size) -> Inputs:
    """The files, made where they are not there yet."""
    folder = FOLDER / f"interval_join-{size.name}"
    done = folder / "done"
    if not done.is_file():
        random = np.random.default_rng(20240101)
        _write(folder / "shifts", random, size, "shift")
        _write(folder / "alarms", random, size, "alarm")
        done.touch()
    paths = [folder / table / "*.parquet" for table in ("shifts", "alarms")]
    megabytes = sum(p.stat().st_size for p in folder.rglob("*.parquet")) / 1e6
    return Inputs(size, str(paths[0]), str(paths[1]), round(megabytes, 1))


def _write(folder: Path, random: np.random.Generator, size: Size, value: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    keys = max(size.keys, 1)
    # two intervals overlap where one's start lies in a stretch as long as both: that many rows of a key start in it
    longest = int(MATCHES * size.days * DAY * keys / size.rows)
    names = np.array([f"S{n:04}" for n in range(keys)])
    for number in range(FILES):
        rows = size.rows // FILES
        starts = random.integers(START, START + size.days * DAY, rows)
        ends = starts + random.integers(1, longest, rows)
        table = pa.table(
            {
                "sym": names[random.integers(0, keys, rows)],
                "start": pa.array(starts, pa.timestamp("us", tz="UTC")),
                "end": pa.array(ends, pa.timestamp("us", tz="UTC")),
                value: random.integers(1, 1_000_000, rows),
            }
        )
        pq.write_table(table, folder / f"part-{number}.parquet")
