"""Days, instants, series of them, and when they arrive. Texts without a zone are UTC; so are all results' instants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import ClassVar, Union

from penstock.scenarios.cell import Cell
from penstock.scenarios.layers import quoted

from .base import Column, number, share

Instant = Union[str, datetime]
Span = Union[str, timedelta, float]
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_UNITS = {
    "microsecond": 1,
    "millisecond": 10**3,
    "second": 10**6,
    "minute": 60 * 10**6,
    "hour": 3600 * 10**6,
    "day": 86400 * 10**6,
    "week": 7 * 86400 * 10**6,
}


@dataclass(frozen=True)
class Date(Column):
    """DATE, uniform, both ends included."""

    start: str | date = "2024-01-01"
    end: str | date = "2024-12-31"

    def value(self, cell: Cell) -> str:
        start, end = _day(self.start), _day(self.end)
        return f"date_add(DATE'{start.isoformat()}', CAST({cell.below((end - start).days + 1)} AS INT))"

    def problems(self) -> Iterator[str]:
        yield from super().problems()
        yield from _readable(_day, start=self.start, end=self.end) or _ordered(_day(self.start), _day(self.end))


@dataclass(frozen=True)
class Timestamp(Column):
    """TIMESTAMP (or TIMESTAMP_NTZ), uniform from `start` to before `end`, in microseconds or a multiple of them."""

    start: Instant = "2024-01-01"
    end: Instant = "2025-01-01"
    unit: Span = "1 microsecond"
    ntz: bool = False

    def value(self, cell: Cell) -> str:
        start, end, unit = micros(self.start), micros(self.end), span(self.unit)
        steps = cell.below(max(1, -((start - end) // unit)))
        return instant(f"{steps} * {unit}L + {start}L", self.ntz)

    def problems(self) -> Iterator[str]:
        yield from super().problems()
        wrong = _readable(micros, start=self.start, end=self.end) + _readable(span, unit=self.unit)
        yield from wrong or _ordered(micros(self.start), micros(self.end) - 1)
        if not wrong and span(self.unit) < 1:
            yield f"unit={self.unit!r} is below a microsecond"


@dataclass(frozen=True)
class Ticks(Column):
    """TIMESTAMP: a time series. Row n, or in a table with `keys` the n-th row of each key, is at `start + n * every`.

    `jitter` moves every tick forward by up to that share of the spacing; at 1 spacings vary from none to twice `every`
    and the order still holds. Give events random keys instead (a table without `keys`, a Zipf column), and the gaps of
    each key are geometric: the discrete form of Poisson arrivals.
    """

    start: Instant = "2024-01-01"
    every: Span = "1 second"
    jitter: float = 0.0
    ntz: bool = False
    placed: ClassVar[bool] = True

    def value(self, cell: Cell) -> str:
        keys, every = cell.spec.table(cell.table).keys, span(self.every)
        step = cell.row if keys == 1 else f"({cell.row} DIV {keys}L)"
        moved = f" + CAST({cell.unit()} * {number(self.jitter * every)} AS BIGINT)" if self.jitter else ""
        return instant(f"{step} * {every}L + {micros(self.start)}L{moved}", self.ntz)

    def problems(self) -> Iterator[str]:
        yield from super().problems()
        yield from share("jitter", self.jitter)
        wrong = _readable(micros, start=self.start) + _readable(span, every=self.every)
        yield from wrong or ([] if span(self.every) >= 1 else [f"every={self.every!r} is below a microsecond"])


@dataclass(frozen=True)
class Arrival(Column):
    """When a row arrives: the time in column `of` plus a delay, exponential with `mean`.

    A share `late` of the rows waits between `late_from` and `late_to` instead. So arrivals are out of order, by how
    much is known, and a watermark between `mean` and `late_from` meets exactly the late ones.
    """

    of: str = "ts"
    mean: Span = "1 second"
    late: float = 0.0
    late_from: Span = "10 minutes"
    late_to: Span = "1 hour"
    ntz: bool = False
    derived: ClassVar[bool] = True

    def value(self, cell: Cell) -> str:
        low, high = span(self.late_from), span(self.late_to)
        delay = f"CAST(-ln({cell.open_unit()}) * {number(span(self.mean))} AS BIGINT)"
        if self.late:
            waits = f"{cell.below(max(1, high - low), 'wait')} + {low}L"
            delay = f"if({cell.unit('late')} < {number(self.late)}, {waits}, {delay})"
        of = quoted(self.of)
        if self.ntz:
            return f"({of} + INTERVAL '0.000001' SECOND * ({delay}))"
        # Not `+ INTERVAL`, which counts whole days in the session's zone: a cell must not depend on a setting.
        return f"timestamp_micros(unix_micros({of}) + {delay})"

    def problems(self) -> Iterator[str]:
        yield from super().problems()
        yield from share("late", self.late)
        wrong = _readable(span, mean=self.mean, late_from=self.late_from, late_to=self.late_to)
        yield from wrong or _ordered(span(self.late_from), span(self.late_to))


@dataclass(frozen=True)
class Operation(Column):
    """STRING, for change logs: a key's first row is `I`, its last `D` for a share `deleted` of keys, all else `U`."""

    deleted: float = 0.1
    placed: ClassVar[bool] = True

    def value(self, cell: Cell) -> str:
        table = cell.spec.table(cell.table)
        key = cell.at(cell.table, cell.column, f"pmod({cell.row}, {table.keys}L)")
        last = f"{cell.row} + {table.keys}L >= {table.rows}L AND {key.unit()} < {number(self.deleted)}"
        return f"CASE WHEN {cell.row} < {table.keys}L THEN 'I' WHEN {last} THEN 'D' ELSE 'U' END"

    def problems(self) -> Iterator[str]:
        yield from super().problems()
        yield from share("deleted", self.deleted)


def instant(text: str, ntz: bool) -> str:
    """Microseconds since 1970 as a timestamp, in UTC."""
    if ntz:
        return f"(TIMESTAMP_NTZ'1970-01-01 00:00:00' + INTERVAL '0.000001' SECOND * ({text}))"
    return f"timestamp_micros({text})"


def micros(when: Instant) -> int:
    """Microseconds since 1970; without a zone it is UTC."""
    moment = when if isinstance(when, datetime) else datetime.fromisoformat(when.replace("Z", "+00:00"))
    return (moment.replace(tzinfo=moment.tzinfo or timezone.utc) - _EPOCH) // timedelta(microseconds=1)


def span(text: Span) -> int:
    """A duration in microseconds: '10 minutes', a timedelta, or seconds as a number."""
    if isinstance(text, timedelta):
        return text // timedelta(microseconds=1)
    if not isinstance(text, str):
        return round(float(text) * 10**6)
    amount, _, unit = text.strip().partition(" ")
    return round(float(amount) * _UNITS[unit.strip().lower().removesuffix("s")])


def _day(value: str | date) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _readable(read: object, **given: object) -> list[str]:
    out: list[str] = []
    for name, value in given.items():
        try:
            read(value)  # type: ignore[operator]
        except (ValueError, KeyError, TypeError, AttributeError):
            out.append(f"{name}={value!r} cannot be read; times are like '2024-01-31 10:00', spans like '10 minutes'")
    return out


def _ordered(start: date | int, end: date | int) -> list[str]:
    return [] if start <= end else ["it ends before it starts"]  # type: ignore[operator]
