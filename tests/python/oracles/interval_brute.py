"""What `interval_join` means, in plain Python: look at every pair of rows. For reading first, O(n·m)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from oracles.brute_force import Condition, Row, compare, distance, in_order, is_nan, same_key


@dataclass(frozen=True)
class Intervals:
    """The arguments of a call that decide who matches whom. A side's interval is (s, e), or t where it has points."""

    by: tuple[str, ...]
    kind: str = "overlap"
    closed: str = "left"
    min_overlap: Any = None
    max_gap: Any = None
    mult: str = "all"
    tie_break: tuple[str, ...] = ()
    condition: Condition | None = None
    nulls_equal: bool = False
    points: tuple[bool, bool] = (False, False)


@dataclass(frozen=True)
class Span:
    """The times from `low` to `high`, None where open, and whether these two are among them."""

    low: Any
    high: Any
    holds_low: bool
    holds_high: bool


def matches(left: Row, right: Sequence[Row], columns: Sequence[str], o: Intervals) -> list[Row]:
    """The right rows that leave with a left row; `columns` are the right ones in schema order."""
    found = [r for r in right if is_match(left, r, o)]
    if o.mult == "all" or not found:
        return found
    begins = (o.points[1] and "t") or "s"
    ends = (o.points[1] and "t") or "e"
    # null orders first: as a start it is the beginning of time, as an end it is not
    ranked = in_order(
        [{**r, "open end": r[ends] is None, "row": r} for r in found],
        (begins, "open end", ends, *o.tie_break, *columns),
    )
    return [ranked[0 if o.mult == "first" else -1]["row"]]


def is_match(left: Row, right: Row, o: Intervals) -> bool:
    if not all(same_key(left[k], right[k], o.nulls_equal) for k in o.by):
        return False
    one, other = span(left, o.points[0], o), span(right, o.points[1], o)
    if one is None or other is None or not KINDS[o.kind](one, other):
        return False
    if o.min_overlap is not None and not shared(one, other, o.min_overlap):
        return False
    if o.max_gap is None and not overlap(one, other):
        return False
    if o.max_gap is not None and not near(one, other, o.max_gap):
        return False
    return o.condition is None or o.condition(left, right) is True


def span(row: Row, point: bool, o: Intervals) -> Span | None:
    """None where the row has no time at all, or none that a distance can be measured from."""
    low, high = (row["t"], row["t"]) if point else (row["s"], row["e"])
    if point and low is None:
        return None
    if (o.min_overlap is not None or o.max_gap is not None) and (is_nan(low) or is_nan(high)):
        return None
    if point:
        return Span(low, high, True, True)
    nothing = low is not None and high is not None and compare(low, high) == 0 and o.closed != "both"
    return None if nothing else Span(low, high, o.closed in ("left", "both"), o.closed == "both")


def overlap(a: Span, b: Span) -> bool:
    """Each begins before the other has ended."""
    return _begun(a, b) and _begun(b, a)


def _begun(a: Span, b: Span) -> bool:
    if a.low is None or b.high is None:
        return True
    c = compare(a.low, b.high)
    return c < 0 or (c == 0 and a.holds_low and b.holds_high)


def within(a: Span, b: Span) -> bool:
    after = b.low is None or (a.low is not None and compare(b.low, a.low) <= 0)
    before = b.high is None or (a.high is not None and compare(a.high, b.high) <= 0)
    return after and before


def same(a: Any, b: Any) -> bool:
    """Of two bounds: open equals open."""
    return (a is None) == (b is None) and compare(a, b) == 0


KINDS: dict[str, Callable[[Span, Span], bool]] = {
    "overlap": lambda a, b: True,
    "within": within,
    "contains": lambda a, b: within(b, a),
    "starts": lambda a, b: same(a.low, b.low),
    "ends": lambda a, b: same(a.high, b.high),
    "equal": lambda a, b: same(a.low, b.low) and same(a.high, b.high),
}


def shared(a: Span, b: Span, least: Any) -> bool:
    """Whether what both hold is at least so long; open to one side it has no length that would be too short."""
    low, high = latest(a.low, b.low), earliest(a.high, b.high)
    return low is None or high is None or (compare(low, high) <= 0 and distance(low, high) >= least)


def near(a: Span, b: Span, most: Any) -> bool:
    """Whether one begins at most so long after the other ended."""
    low, high = latest(a.low, b.low), earliest(a.high, b.high)
    return low is None or high is None or compare(low, high) <= 0 or distance(low, high) <= most


def latest(a: Any, b: Any) -> Any:
    """Of two starts; None is the beginning of time."""
    return a if b is None or (a is not None and compare(a, b) >= 0) else b


def earliest(a: Any, b: Any) -> Any:
    """Of two ends; None is the end of time."""
    return a if b is None or (a is not None and compare(a, b) <= 0) else b
