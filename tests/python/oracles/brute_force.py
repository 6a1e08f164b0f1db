"""What `asof_join` means, in plain Python: for each left row look at every right row. For reading first, O(n·m).

Times and keys are plain values: int for integral types, microseconds for timestamps, days for dates, Decimal, float.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cmp_to_key
from typing import Any

Row = dict[str, Any]
Condition = Callable[[Row, Row], bool | None]


@dataclass(frozen=True)
class Options:
    """The arguments of a call that decide who matches whom; names of columns are the same on both sides."""

    on: str
    by: tuple[str, ...] = ()
    direction: str = "backward"
    nearest_tie: str = "earlier"
    allow_exact_matches: bool = True
    tolerance: Any = None
    tie_break: tuple[str, ...] = ()
    on_ties: str = "order"
    condition: Condition | None = None
    skip_nulls: bool = False
    nulls_equal: bool = False


class Tied(Exception):
    """`on_ties="error"`: the match of a left row is not the only one of its time."""


def matches(left: Row, right: Sequence[Row], columns: Sequence[str], o: Options) -> list[Row]:
    """The right rows that the contract allows as the answer for one left row; empty where it matches nothing.

    Several are allowed with `on_ties="any"`, and where no column tells rows apart (0.0 and -0.0 sort as one).
    `columns` are the right columns in schema order. With `skip_nulls` the answer is put together from several rows.
    """
    candidates = [r for r in right if is_candidate(left, r, o)]
    if not candidates:
        return []
    at = best_time(left, candidates, o)
    tied = [r for r in candidates if same(r[o.on], at)]
    best = choose(left, tied, columns, o)
    if not o.skip_nulls:
        return best
    return filled(left, best, candidates, columns, o)


def is_candidate(left: Row, right: Row, o: Options) -> bool:
    """Rules 1, 3, 5 of the contract: keys, null and NaN times, direction, tolerance, condition."""
    if not all(same_key(left[k], right[k], o.nulls_equal) for k in o.by):
        return False
    t, u = left[o.on], right[o.on]
    if t is None or u is None:
        return False
    if (is_nan(t) or is_nan(u)) and (o.direction == "nearest" or o.tolerance is not None):
        return False
    order = compare(u, t)
    if order == 0 and not o.allow_exact_matches:
        return False
    if (order > 0 and o.direction == "backward") or (order < 0 and o.direction == "forward"):
        return False
    if o.tolerance is not None and distance(t, u) > o.tolerance:
        return False
    return o.condition is None or o.condition(left, right) is True


def best_time(left: Row, candidates: Iterable[Row], o: Options) -> Any:
    """The greatest time, the least, or the nearest; of two equally near ones the earlier, or the later if asked."""
    times = sorted((r[o.on] for r in candidates), key=cmp_to_key(compare))
    if o.direction == "backward":
        return times[-1]
    if o.direction == "forward":
        return times[0]
    nearest = min(distance(left[o.on], u) for u in times)
    equally_near = [u for u in times if distance(left[o.on], u) == nearest]
    return equally_near[0] if o.nearest_tie == "earlier" else equally_near[-1]


def choose(left: Row, tied: Sequence[Row], columns: Sequence[str], o: Options) -> list[Row]:
    """Rule 4: of the rows of one time the last by the deciding columns; the first, where that time is ahead."""
    deciding = o.tie_break if o.on_ties != "order" else (*o.tie_break, *columns)
    ranked = in_order(tied, deciding)
    best = ranked[-1] if takes_last(left, tied[0], o) else ranked[0]
    equal = [r for r in tied if compare_rows(r, best, deciding) == 0]
    if o.on_ties == "error" and len(equal) > 1:
        raise Tied
    return equal


def filled(left: Row, best: list[Row], candidates: Sequence[Row], columns: Sequence[str], o: Options) -> list[Row]:
    """Rule 5, `skip_nulls`: each value column from the nearest candidate that has one; the time of the nearest row."""
    values: Row = {}
    for column in columns:
        if column == o.on or column in o.by:
            continue
        having = [r for r in candidates if r[column] is not None]
        if having:
            at = best_time(left, having, o)
            values[column] = choose(left, [r for r in having if same(r[o.on], at)], columns, o)[0][column]
        else:
            values[column] = None
    return [{**row, **values} for row in best]


def takes_last(left: Row, right: Row, o: Options) -> bool:
    if o.direction == "nearest":
        return compare(right[o.on], left[o.on]) <= 0
    return o.direction == "backward"


def in_order(rows: Sequence[Row], columns: Sequence[str]) -> list[Row]:
    return sorted(rows, key=cmp_to_key(lambda a, b: compare_rows(a, b, columns)))


def compare_rows(a: Row, b: Row, columns: Sequence[str]) -> int:
    return next((c for c in (compare(a[n], b[n]) for n in columns) if c), 0)


def compare(a: Any, b: Any) -> int:
    """As Spark sorts: null first, NaN last and equal to itself, -0.0 equal to 0.0."""
    if a is None or b is None:
        return (a is not None) - (b is not None)
    if is_nan(a) or is_nan(b):
        return int(is_nan(a)) - int(is_nan(b))
    return int(a > b) - int(a < b)


def same(a: Any, b: Any) -> bool:
    return compare(a, b) == 0


def same_key(a: Any, b: Any, nulls_equal: bool) -> bool:
    if a is None or b is None:
        return nulls_equal and a is b
    return same(a, b)


def distance(t: Any, u: Any) -> Any:
    """|t - u|; equal times are at no distance, also where they are infinite."""
    return 0 if t == u else abs(t - u)


def is_nan(x: Any) -> bool:
    return isinstance(x, float) and math.isnan(x)
