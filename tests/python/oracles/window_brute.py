"""What `window_join` means, in plain Python: for each left row look at every right row. For reading first, O(n·m)."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from oracles.brute_force import Row, compare, compare_rows, in_order, is_nan, same_key
from oracles.kinds import LONG_MAX, LONG_MIN

Values = list[Any]
Aggregate = Callable[[Values], Any]


@dataclass(frozen=True)
class Windows:
    """The arguments of a call that decide what is in which window; `saturates` for times that are 64-bit integers."""

    on: str
    by: tuple[str, ...]
    bounds: tuple[tuple[Any, Any], ...]
    closed: str
    prevailing: bool
    tie_break: tuple[str, ...]
    nulls_equal: bool
    saturates: bool


def window(left: Row, right: Sequence[Row], bounds: tuple[Any, Any], columns: Sequence[str], o: Windows) -> list[Row]:
    """The right rows in one window of a left row, in order of time; `columns` decide between equal times."""
    t = left[o.on]
    if t is None or is_nan(t):
        return []
    rows = [r for r in right if all(same_key(left[k], r[k], o.nulls_equal) for k in o.by)]
    rows = in_order([r for r in rows if r[o.on] is not None and not is_nan(r[o.on])], (o.on, *o.tie_break, *columns))
    start, end = (None if b is None else _plus(t, b, o) for b in bounds)
    inside = [r for r in rows if _after(r[o.on], start, o) and _before(r[o.on], end, o)]
    if o.prevailing and not any(compare(r[o.on], start) == 0 for r in inside):
        inside = [r for r in rows if compare(r[o.on], start) <= 0][-1:] + inside
    return inside


def _plus(t: Any, distance: Any, o: Windows) -> Any:
    return min(max(t + distance, LONG_MIN), LONG_MAX) if o.saturates else t + distance


def _after(time: Any, start: Any, o: Windows) -> bool:
    return start is None or compare(time, start) > (-1 if o.closed in ("both", "left") else 0)


def _before(time: Any, end: Any, o: Windows) -> bool:
    return end is None or compare(time, end) < (1 if o.closed in ("both", "right") else 0)


def _known(values: Values) -> Values:
    return [v for v in values if v is not None]


def _extreme(values: Values, sign: int) -> Any:
    best = None
    for value in _known(values):
        if best is None or sign * compare(value, best) > 0:
            best = value
    return best


def total(values: Values) -> Any:
    return sum(_known(values)) if _known(values) else None


AGGREGATES: dict[str, tuple[str, str, Aggregate]] = {
    # name: (SQL, the column it reads, what it makes of that column's values)
    "n": ("count(*)", "x", len),
    "c": ("count(x)", "x", lambda v: len(_known(v))),
    "s": ("sum(x)", "x", total),
    "a": ("avg(x)", "x", lambda v: total(v) / len(_known(v)) if _known(v) else None),
    "sy": ("sum(y)", "y", total),
    "lo": ("min(z)", "z", lambda v: _extreme(v, -1)),
    "hi": ("max(y)", "y", lambda v: _extreme(v, 1)),
    "d": ("count(distinct z)", "z", lambda v: len(set(_known(v)))),
    "dy": ("count(distinct y)", "y", lambda v: len({"NaN" if is_nan(x) else x for x in _known(v)})),
    "sd": (
        "round(stddev(x), 6)",
        "x",
        lambda v: round(statistics.stdev(_known(v)), 6) if len(_known(v)) > 1 else None,
    ),
    "f": ("first(seq)", "seq", lambda v: v[0] if v else None),
    "l": ("last(seq)", "seq", lambda v: v[-1] if v else None),
    "all": ("collect_list(x)", "x", _known),
    "md": ("percentile(x, 0.5)", "x", lambda v: float(statistics.median(_known(v))) if _known(v) else None),
    "fs": ("sum(x) FILTER (WHERE x > 1)", "x", lambda v: total([x for x in v if x is not None and x > 1])),
    "r": ("max(x) - min(x) + count(*)", "x", lambda v: max(_known(v)) - min(_known(v)) + len(v) if _known(v) else None),
}
ORDERED = {"f", "l", "all"}
"""The aggregates in which the order of rows counts."""


def answer(left: Row, right: Sequence[Row], names: Sequence[str], columns: Sequence[str], o: Windows) -> Values:
    """The values of the aggregates, window by window."""
    decides = columns
    if o.tie_break or not (o.prevailing or ORDERED.intersection(names)):
        read = {AGGREGATES[n][1] for n in names}
        decides = [c for c in columns if c in read]
    found: Values = []
    for bounds in o.bounds:
        rows = window(left, right, bounds, decides, o)
        found += [AGGREGATES[n][2]([r[AGGREGATES[n][1]] for r in rows]) for n in names]
    return found


def same_value(a: Any, b: Any) -> bool:
    """Equal, or NaN both; sums of doubles within rounding."""
    if isinstance(a, float) and isinstance(b, (int, float)):
        return (is_nan(a) and is_nan(b)) or a == b or math.isclose(a, b, rel_tol=1e-12)
    return a == b


__all__ = ["AGGREGATES", "ORDERED", "Windows", "answer", "compare_rows", "same_value", "window"]
