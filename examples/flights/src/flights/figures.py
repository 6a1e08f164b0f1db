"""The figures of a run: small, plain values that a notebook shows, a chart draws and a terminal prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

NO_OBSERVATION = "(no observation)"


class Group(NamedTuple):
    """How late the departures of one weather, amount of rain, number of others aloft or hour were; delays in minutes."""

    name: str
    departures: int
    median_delay: float
    mean_delay: float
    p90_delay: float
    late_share: float


class Bin(NamedTuple):
    """How many matched departures had an observation `minutes` to one bin's width old."""

    minutes: int
    departures: int


class Figures(NamedTuple):
    """What came out of one run; printed, it is a page of text."""

    flights: int
    matched: int
    unmatched: int
    never_left: int
    staleness_median: float | None
    staleness_p95: float | None
    bands: tuple[Group, ...]
    rains: tuple[Group, ...]
    alofts: tuple[Group, ...]
    hours: tuple[Group, ...]
    staleness: tuple[Bin, ...]

    def __str__(self) -> str:
        head = f"{'departures':>11}{'median':>9}{'mean':>8}{'90 %':>8}{'15 min late':>13}"
        lines = [
            f"flights                {self.flights:>10,}",
            f"  with an observation  {self.matched:>10,}",
            f"  without one          {self.unmatched:>10,}   of which {self.never_left:,} never left",
            f"age of the observation {_minutes(self.staleness_median)} median, {_minutes(self.staleness_p95)} at 95 %",
            "",
            f"{'weather':<17}{head}",
            *(_line(group) for group in self.bands),
            "",
            f"{'rain in 3 hours':<17}{head}",
            *(_line(group) for group in self.rains),
            "",
            f"{'others aloft':<17}{head}",
            *(_line(group) for group in self.alofts),
        ]
        return "\n".join(lines)


def groups(delays: DataFrame) -> tuple[Group, ...]:
    """The rows of a table of `delays.by_*`, which is at most as small as a day has hours."""
    return tuple(
        Group(NO_OBSERVATION if row[0] is None else str(row[0]), *(row[field] for field in Group._fields[1:]))
        for row in delays.collect()
    )


def bins(staleness: DataFrame) -> tuple[Bin, ...]:
    """The rows of a table of `delays.staleness`: no more than the tolerance has bins."""
    return tuple(Bin(row["minutes"], row["departures"]) for row in staleness.collect())


def _line(group: Group) -> str:
    name, departures, median, mean, p90, late = group
    return f"{name:<17}{departures:>11,}{median:>9.1f}{mean:>8.1f}{p90:>8.1f}{late:>13.1%}"


def _minutes(value: float | None) -> str:
    return "-" if value is None else f"{value:g} min"
