"""One question for every door, and its answer worked out in plain Python.

Keys, times and values come from a row's number alone, so that no file has to be shared with the servers.
"""

from __future__ import annotations

LEFT = "SELECT id, id % 20 AS sym, (id * 7) % 5000 AS ts FROM range(1000)"
RIGHT = "SELECT id % 20 AS sym, (id * 13) % 5000 AS ts, id AS bid FROM range(2000)"
SQL = (
    "SELECT id, bid FROM penstock_asof_join(TABLE(penstock_l), TABLE(penstock_r), on => 'ts', by => 'sym') ORDER BY id"
)


def answer() -> list[list[int | None]]:
    """For each left row the value of the latest right row of its key: `[id, bid]`, in the order of id."""
    right = [(n % 20, (n * 13) % 5000, n) for n in range(2000)]
    rows: list[list[int | None]] = []
    for n in range(1000):
        earlier = [(ts, bid) for sym, ts, bid in right if sym == n % 20 and ts <= (n * 7) % 5000]
        rows.append([n, max(earlier)[1] if earlier else None])
    return rows
