"""Durations as people type them: `5 minutes`, `1h 30m`, `00:05:00`, `PT5M`. No months: a month has no one length."""

from __future__ import annotations

import re
from datetime import timedelta
from fractions import Fraction

_UNITS = {
    **dict.fromkeys(("us", "microsecond", "microseconds"), timedelta(microseconds=1)),
    **dict.fromkeys(("ms", "millisecond", "milliseconds"), timedelta(milliseconds=1)),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), timedelta(seconds=1)),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), timedelta(minutes=1)),
    **dict.fromkeys(("h", "hour", "hours"), timedelta(hours=1)),
    **dict.fromkeys(("d", "day", "days"), timedelta(days=1)),
    **dict.fromkeys(("w", "week", "weeks"), timedelta(weeks=1)),
}
_PART = re.compile(r"\s*,?\s*(\d+(?:\.\d+)?)\s*([a-zA-Z]+)")
_CLOCK = re.compile(r"(?:(\d+) days?, )?(\d+):([0-5]\d)(?::([0-5]\d(?:\.\d{1,6})?))?")
_ISO = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")


def read_duration(text: str) -> timedelta | None:
    """The duration that the text says, or None if it says none. A leading minus turns it round."""
    text = text.strip()
    if text.startswith("-"):
        positive = read_duration(text[1:])
        return None if positive is None else -positive
    for read in (_clock, _iso, _words):
        duration = read(text)
        if duration is not None:
            return duration
    return None


def write_duration(value: timedelta) -> str:
    """The shortest text that reads back as the same duration: `90 minutes`, `0 seconds`."""
    micros = value // timedelta(microseconds=1)
    for name in ("weeks", "days", "hours", "minutes", "seconds", "milliseconds", "microseconds"):
        unit = _UNITS[name] // timedelta(microseconds=1)
        if micros and micros % unit == 0:
            count = micros // unit
            return f"{count} {name if abs(count) != 1 else name[:-1]}"
    return "0 seconds"


def _clock(text: str) -> timedelta | None:
    match = _CLOCK.fullmatch(text)
    if not match:
        return None
    days, hours, minutes, seconds = match.groups(default="0")
    return _sum((days, "d"), (hours, "h"), (minutes, "m"), (seconds, "s"))


def _iso(text: str) -> timedelta | None:
    match = _ISO.fullmatch(text.upper())
    if not match or not any(match.groups()):
        return None
    return _sum(*zip(match.groups(default="0"), ("w", "d", "h", "m", "s"), strict=True))


def _words(text: str) -> timedelta | None:
    parts: list[tuple[str, str]] = []
    at = 0
    while match := _PART.match(text, at):
        if match[2].lower() not in _UNITS:
            return None
        parts.append((match[1], match[2].lower()))
        at = match.end()
    return _sum(*parts) if parts and at == len(text) else None


def _sum(*parts: tuple[str, str]) -> timedelta:
    """Exactly: floating point would lose microseconds of a long duration."""
    micros = sum((Fraction(amount) * (_UNITS[unit] // timedelta(microseconds=1)) for amount, unit in parts), Fraction())
    return timedelta(microseconds=round(micros))
