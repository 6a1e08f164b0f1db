"""Delta debugging in rounds: many candidates at once, since a round costs one Spark action whatever it tries.

After Zeller and Hildebrandt (2002). Theirs tries one subset after the other; here each round tries all chunks and all
complements, so it also learns at once which chunks are needed, and goes on with those.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

Units = list[int]
Fails = Callable[[list[Units]], list[bool]]


def minimal(units: Sequence[int], fails: Fails, width: int = 16, enough: int = 1) -> Units:
    """A smallest set of units that fails: no one of them can be left out. All of them together must fail.

    Args:
        units: what may be left out: keys, rows, cells, by number.
        fails: whether each of several sets fails; one action.
        width: into how many chunks units are cut.
        enough: a failing set of at most this many is not made smaller.
    """
    here, pieces = list(units), width
    while len(here) > enough:
        chunks = _cut(here, min(pieces, len(here)))
        rests = [_without(here, [chunk]) for chunk in chunks] if len(chunks) > 2 else []
        found = fails([*chunks, *rests])
        alone, left_out = found[: len(chunks)], found[len(chunks) :]
        spare = [chunk for chunk, failed in zip(chunks, left_out, strict=False) if failed]
        if any(alone):
            here, pieces = chunks[alone.index(True)], width
        elif spare:
            here, pieces = _without_most(here, spare, fails), width
        elif len(chunks) == len(here):
            return here
        else:
            pieces = 2 * len(chunks)
    return here


def _without_most(here: Units, spare: Sequence[Units], fails: Fails) -> Units:
    """Without as many chunks as possible; each alone is known to be spare, all together they need not be."""
    rests = [rest for n in range(len(spare), 1, -1) if (rest := _without(here, spare[:n]))]
    found = fails(rests) if rests else []
    return next((rest for rest, failed in zip(rests, found, strict=True) if failed), _without(here, spare[:1]))


def bisected(units: Sequence[int], fails: Callable[[Units], bool]) -> Units:
    """A small failing set, one candidate at a time: for errors, which end the whole action that they happen in.

    The shortest failing beginning, then the shortest failing end of that: 2 log n rounds, one log n where a single unit
    is enough.
    """
    here = list(units)
    for way in (1, -1):
        turned = here[::way]
        low, high = 1, len(turned)
        while low < high:
            middle = (low + high) // 2
            if fails(_in_order(turned[:middle], way)):
                high = middle
            else:
                low = middle + 1
        here = _in_order(turned[:high], way)
        last = [turned[high - 1]]
        if len(here) > 1 and fails(last):
            return last
    return here


def _without(units: Units, chunks: Sequence[Units]) -> Units:
    gone = {unit for chunk in chunks for unit in chunk}
    return [unit for unit in units if unit not in gone]


def _in_order(units: Units, way: int) -> Units:
    return units[::way]


def _cut(units: Sequence[int], pieces: int) -> list[Units]:
    edges = [round(i * len(units) / pieces) for i in range(pieces + 1)]
    return [list(units[a:b]) for a, b in itertools.pairwise(edges)]
