"""The charts of the report. Each takes the figures of a run and gives a matplotlib figure."""

# matplotlib types its keyword arguments as unknown, in every method that draws
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt

from flights.figures import NO_OBSERVATION, Figures, Group

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, MUTED, GRID = "#22303c", "#6b7885", "#dfe4e8"
WATER, DEEP = "#2a7fa8", "#12466a"
BANDS = {"fair": "#e2a72e", "windy": "#7a9e7e", "rain": WATER, "fog": "#8d99a6", "snow": "#7f78c4"}
ALOFT = {"0": "#cfe3ec", "1 to 4": "#8fc0d8", "5 to 9": WATER, "over 9": DEEP}
RAINS = {"none": "#e2a72e", "under 0.1 inch": "#8fc0d8", "0.1 inch or more": WATER}


def staleness(figures: Figures) -> Figure:
    """How old the observation was that each matched departure got."""
    over = sum(b.departures for b in figures.staleness if b.minutes >= 60)
    figure, axes = _chart(
        "How old the observation was at departure",
        f"{figures.matched:,} departures with an observation, {over:,} of them an hour old or older",
    )
    axes.bar(
        [b.minutes + 2.5 for b in figures.staleness], [b.departures for b in figures.staleness], width=4.6, color=WATER
    )
    for value, text in ((figures.staleness_median, "median"), (figures.staleness_p95, "95 %")):
        if value is not None:
            axes.axvline(value, color=DEEP, linewidth=1.2, linestyle=(0, (4, 3)))
            axes.text(
                value, 1.01, f"{text} {value:g}", transform=axes.get_xaxis_transform(), ha="center", color=DEEP, size=9
            )
    axes.set_xlabel("minutes since the observation")
    axes.set_ylabel("departures")
    axes.yaxis.set_major_formatter("{x:,.0f}")
    return figure


def delay_by_band(figures: Figures) -> Figure:
    """Mean delay in each band of weather, the worst on top."""
    return _bars("Delay by the weather at departure", sorted(figures.bands, key=lambda g: g.mean_delay), BANDS)


def delay_by_rain(figures: Figures) -> Figure:
    """Mean delay by the rain of the three hours before departure, the worst on top."""
    return _bars("Delay by the rain of the three hours before", figures.rains, RAINS)


def delay_by_aloft(figures: Figures) -> Figure:
    """Mean delay by how many others were in the air to the same place at the same time, the most on top."""
    return _bars("Delay by the other flights in the air to the same place", figures.alofts, ALOFT)


def delay_by_hour(figures: Figures) -> Figure:
    """Mean, median and 90th percentile of the delay over the day, on New York's clock."""
    hours = [g for g in figures.hours if g.name != NO_OBSERVATION]
    figure, axes = _chart("Delay by the hour of the day", "hour of scheduled departure in New York")
    x = [int(g.name) for g in hours]
    axes.fill_between(x, _of(hours, "median_delay"), _of(hours, "p90_delay"), color=WATER, alpha=0.16, linewidth=0)
    for field, label, colour in (
        ("p90_delay", "90 %", WATER),
        ("mean_delay", "mean", DEEP),
        ("median_delay", "median", MUTED),
    ):
        y = _of(hours, field)
        axes.plot(x, y, color=colour, linewidth=2)
        if x:
            axes.annotate(label, (x[-1], y[-1]), xytext=(6, 0), textcoords="offset points", va="center", color=colour)
    axes.set_xlabel("hour")
    axes.set_ylabel("minutes")
    axes.set_xticks(x)
    return figure


def _bars(title: str, groups: Sequence[Group], colours: Mapping[str, str]) -> Figure:
    figure, axes = _chart(title, "mean delay, and the share that left 15 minutes late or later")
    bars = axes.barh(
        [g.name for g in groups],
        [g.mean_delay for g in groups],
        color=[colours.get(g.name, GRID) for g in groups],
        height=0.66,
    )
    axes.bar_label(
        bars,
        [f"{g.mean_delay:.0f} min · {g.late_share:.0%} late · {g.departures:,}" for g in groups],
        padding=6,
        color=INK,
        size=9,
    )
    axes.margins(x=0.32)
    axes.set_xlabel("minutes")
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", color=GRID)
    return figure


def _of(groups: Sequence[Group], field: str) -> list[float]:
    return [getattr(g, field) for g in groups]


def _chart(title: str, subtitle: str) -> tuple[Figure, Axes]:
    figure, axes = plt.subplots(figsize=(8.4, 4.2), dpi=110)
    figure.set_layout_engine("constrained", rect=(0, 0, 1, 0.86))  # room for the two lines above
    figure.text(0.012, 0.945, title, size=13, weight="bold", color=INK)
    figure.text(0.012, 0.885, subtitle, size=9.5, color=MUTED)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GRID)
    axes.grid(axis="y", color=GRID)
    axes.set_axisbelow(True)
    axes.tick_params(colors=MUTED, length=0)
    axes.xaxis.label.set_color(MUTED)
    axes.yaxis.label.set_color(MUTED)
    return figure, axes
