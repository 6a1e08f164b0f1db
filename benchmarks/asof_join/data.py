"""The inputs: trades and quotes as Parquet, the same bytes of meaning on every machine.

All values are whole numbers, so that every engine's checksum is exact. No two quotes share a time, so that there is one
right answer, whatever an engine does with ties. Rows lie in random order, several files per table.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

FOLDER = Path(__file__).parents[1] / "data"
CHECKSUM = ("rows", "price", "volume", "matched", "bid", "ask", "age")
"""What every result is consumed by: one row of whole numbers over *all* of its columns.

So no engine may leave a column out, none pays for handing two million rows to Python, and all answers are compared in
every single run. `age` is the sum of microseconds between a trade and its quote.
"""
START = 1_704_067_200_000_000
"""2024-01-01 00:00 UTC in microseconds."""
DAY = 86_400_000_000
FILES = 8


NATIVE = (10_000, 30_000, 100_000)
"""Rows of a side at which Spark 4.3's own operator is asked too."""


@dataclass(frozen=True)
class Size:
    """How much data, and by how much Penstock must be the faster one; the name is that of its folder."""

    name: str
    trades: int
    quotes: int
    keys: int
    days: int
    required: dict[str, float] = field(default_factory=dict[str, float])
    """Penstock's time over a peer's must be at most this."""
    broadcast: bool = False
    """Whether sides that fit memory are broadcast; else every Spark peer must exchange both."""
    keyed: bool = True
    """Whether rows meet by key."""
    wide: int = 0
    """Columns beside the time and the key that each side has; every one of them leaves."""
    data: str = ""
    """The shape whose files it shares."""
    title: str = "As-of join"
    program: str = "asof_join"


SIZES = {
    "full": Size(
        "full",
        trades=2_000_000,
        quotes=10_000_000,
        keys=500,
        days=5,
        required={"floor": 1.25, "union + last": 0.43, "sort-merge equi-join": 0.59, "Tempo": 0.43},
    ),
    "small-right": Size(
        "small-right",
        trades=10_000_000,
        quotes=200_000,
        keys=500,
        days=5,
        required={"union + last": 0.2, "DuckDB": 2.5},
        broadcast=True,
    ),
    "small-left": Size("small-left", trades=20_000, quotes=10_000_000, keys=500, days=5, broadcast=True),
    "one-key": Size("one-key", trades=10_000_000, quotes=10_000_000, keys=1, days=5, required={"union + last": 0.5}),
    "no-key": Size(
        "no-key",
        trades=10_000_000,
        quotes=10_000_000,
        keys=1,
        days=5,
        required={"union + last": 0.5},
        keyed=False,
        data="one-key",
    ),
    "wide": Size(
        "wide", trades=200_000, quotes=400_000, keys=500, days=5, required={"sort-merge equi-join": 1.5}, wide=300
    ),
    "many-keys": Size(
        "many-keys",
        trades=5_000_000,
        quotes=10_000_000,
        keys=5_000_000,
        days=5,
        required={"sort-merge equi-join": 1.5},
    ),
    # with "full" a curve: 1, 4 and 16 times the rows
    "sixteenth": Size("sixteenth", trades=125_000, quotes=625_000, keys=500, days=5),
    "quarter": Size("quarter", trades=500_000, quotes=2_500_000, keys=500, days=5),
    # beside Spark's own operator, whose time grows with the square of a key's rows
    **{f"one-key-{n // 1000}k": Size(f"one-key-{n // 1000}k", n, n, keys=1, days=5) for n in NATIVE},
    # how a job starts, for the tests: nothing is required of it
    "small": Size("small", trades=2_000, quotes=10_000, keys=20, days=5),
}


@dataclass(frozen=True)
class Inputs:
    """The two tables, as paths with a `*` for their files."""

    size: Size
    trades: str
    quotes: str
    megabytes: float


def inputs(size: Size) -> Inputs:
    """The files, made where they are not there yet."""
    folder = FOLDER / f"asof_join-{size.data or size.name}"
    done = folder / "done"
    if not done.is_file():
        random = np.random.default_rng(20240101)
        _write(folder / "trades", _times(random, size.trades, size), random, size, ("price", "volume"))
        _write(folder / "quotes", _times(random, size.quotes, size), random, size, ("bid", "ask"))
        done.touch()
    paths = [folder / table / "*.parquet" for table in ("trades", "quotes")]
    megabytes = sum(p.stat().st_size for p in folder.rglob("*.parquet")) / 1e6
    return Inputs(size, str(paths[0]), str(paths[1]), round(megabytes, 1))


def _times(random: np.random.Generator, rows: int, size: Size) -> np.ndarray:
    """Different times in random order."""
    drawn = np.unique(random.integers(START, START + size.days * DAY, rows + rows // 100 + 100))
    return random.permutation(drawn)[:rows]


def _write(folder: Path, times: np.ndarray, random: np.random.Generator, size: Size, values: tuple[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    keys = np.array([f"S{n:04}" for n in range(size.keys)])
    for number, part in enumerate(np.array_split(times, FILES)):
        names = [*values, *(f"{values[0]}_{n}" for n in range(2, size.wide))]
        table = pa.table(
            {
                "sym": keys[random.integers(0, size.keys, len(part))],
                "ts": pa.array(part, pa.timestamp("us", tz="UTC")),
                **{name: random.integers(1, 1_000_000, len(part)) for name in names},
            }
        )
        pq.write_table(table, folder / f"part-{number}.parquet")
