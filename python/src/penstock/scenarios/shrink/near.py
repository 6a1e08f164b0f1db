"""Where to look first: in small ranges of neighbouring rows.

Most failures need a few rows of one key at one time, and most scenarios plant more than one of those. So a handful of
small ranges, spread over everything and tried in one action, fails as the whole does, for a fraction of the whole's
cost. Only what no small range shows is looked for by cutting the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

Fails = Callable[[list[range]], list[bool]]

_SPREAD = ((32, 5), (256, 3), (2048, 2))
"""How many rows, in how many places."""
_PIECES = 8


def samples(total: int, single: bool = False) -> list[range]:
    """Small parts of all rows, the smallest first: neighbours in some places, and rows far from each other.

    `single` gives only one of each size, for those that are asked one at a time.
    """
    out: list[range] = []
    for size, places in _SPREAD:
        if 2 * size > total:
            break
        apart = range(0, total, total // size)
        starts = [round((total - size) * i / max(1, places - 1)) for i in range(places)]
        blocks = [range(start, start + size) for start in starts]
        out += [apart] if single else [*blocks, apart]
    return out


def windows(rows: range) -> list[range]:
    """Eighths of some rows, each reaching half over the next, so that no two neighbours are always apart."""
    size = -(-len(rows) // _PIECES)
    half = max(1, size // 2)
    return [rows[start : start + size] for start in range(0, max(1, len(rows) - half), half)]


def narrowed(rows: range, fails: Fails, few: int) -> range:
    """A part of a failing range that fails, too; longer than `few` only where no part of it does."""
    here = rows
    while len(here) > few:
        smaller = first(windows(here), fails)
        if smaller is None:
            return here
        here = smaller
    return here


def first(ranges: Sequence[range], fails: Fails) -> range | None:
    """The first of some ranges that fails; one action."""
    found = fails(list(ranges)) if ranges else []
    return next((each for each, failed in zip(ranges, found, strict=True) if failed), None)
