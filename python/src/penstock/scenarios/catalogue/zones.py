"""When a zone's clocks skip an hour and when they repeat one, in 2024 or the nearest year before that has both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache

from penstock.core.errors import Refusal

_YEARS = (2024, 2015, 2010, 2005, 2000, 1995, 1985, 1975)
_MICRO = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_DAY = 86_400_000_000


@dataclass(frozen=True)
class Turns:
    """A gap and an overlap of one zone; all numbers are microseconds since 1970, of UTC or of the wall clock.

    Args:
        gap: a wall time in the middle of the skipped hour.
        first: the middle of the repeated hour, the first time, in UTC.
        second: the second time, in UTC.
        overlap: its wall time, both times.
        gap_day: the beginning of the day that lacks an hour, by the wall clock.
        gap_day_utc: the same instant in UTC.
    """

    gap: int
    first: int
    second: int
    overlap: int
    gap_day: int
    gap_day_utc: int


@cache
def turns(zone: str) -> Turns | None:
    """The gap and the overlap of a zone; None where the clocks are never changed.

    Raises:
        Refusal: there is no such zone.
    """
    shifts = next(filter(None, (_shifts(zone, year) for year in _YEARS)), None)
    if shifts is None:
        return None
    (spring, before, after), (autumn, late, early) = shifts
    gap, overlap = spring + before + (after - before) // 2, autumn + early + (late - early) // 2
    day = gap // _DAY * _DAY
    return Turns(gap, overlap - late, overlap - early, overlap, day, day - before)


def _shifts(zone: str, year: int) -> tuple[tuple[int, int, int], tuple[int, int, int]] | None:
    """(instant, offset before, offset after) of a year's first gap and first overlap."""
    place = _zone(zone)
    quarter = timedelta(minutes=15)
    at = datetime(year, 1, 1, tzinfo=timezone.utc)
    before = _offset(place, at)
    found: dict[bool, tuple[int, int, int]] = {}
    while at.year == year and len(found) < 2:
        at += quarter
        after = _offset(place, at)
        if after != before:
            found.setdefault(after > before, ((at - _EPOCH) // _MICRO, before, after))
        before = after
    return (found[True], found[False]) if len(found) == 2 else None


def _offset(place: object, at: datetime) -> int:
    return (at.astimezone(place).utcoffset() or timedelta()) // _MICRO  # type: ignore[arg-type]


def _zone(name: str) -> object:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise Refusal(
            f"scenarios: roles: there is no zone '{name}' here.\n"
            "  Write one such as America/New_York.   Where a machine has no zones, pip install tzdata.  "
            "[penstock.no-such-zone]",
            ("no-such-zone",),
        ) from None
