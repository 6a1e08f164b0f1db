"""Covering arrays: few rows in which every two values of every two factors meet."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

Row = dict[str, str]
_Pair = tuple[tuple[str, str], tuple[str, str]]


def covering(factors: Mapping[str, Sequence[str]]) -> list[Row]:
    """Rows that give each factor a value, so that every pair of values of two factors is in some row.

    Greedy, as in AETG (Cohen, Dalal, Fredman, Patton 1997) without its randomness: a row starts with an open pair and
    takes, factor by factor, the value that closes most. The same factors give the same rows. At least as many rows as
    the two largest factors have pairs; in practice few more.
    """
    named = {name: list(values) for name, values in factors.items() if values}
    if len(named) < 2:
        return [{name: value} for name, values in named.items() for value in values]
    remaining = dict.fromkeys(pairs(named))
    rows: list[Row] = []
    while remaining:
        row = dict(next(iter(remaining)))
        for name in sorted(named, key=lambda n: -len(named[n])):
            if name not in row:
                row[name] = _best(name, named[name], row, remaining)
        for pair in _pairs_of(row, named):
            remaining.pop(pair, None)
        rows.append({name: row[name] for name in named})
    return rows


def pairs(factors: Mapping[str, Sequence[str]]) -> list[_Pair]:
    """Every pair of values of two factors."""
    return [
        ((one, a), (other, b))
        for one, other in itertools.combinations(factors, 2)
        for a in factors[one]
        for b in factors[other]
    ]


def met(rows: Sequence[Row], factors: Mapping[str, Sequence[str]]) -> float:
    """Which share of all pairs some row has: two-way coverage."""
    there = {pair for row in rows for pair in _pairs_of(row, factors)}
    wanted = pairs(factors)
    return sum(pair in there for pair in wanted) / len(wanted) if wanted else 1.0


def _best(name: str, values: Sequence[str], row: Row, remaining: Mapping[_Pair, None]) -> str:
    def closes(value: str) -> int:
        given = ((other, row[other]) for other in row)
        return sum(((name, value), o) in remaining or (o, (name, value)) in remaining for o in given)

    return max(values, key=closes)  # of equal ones the first


def _pairs_of(row: Row, factors: Mapping[str, Sequence[str]]) -> list[_Pair]:
    return [((a, row[a]), (b, row[b])) for a, b in itertools.combinations(factors, 2)]
