"""The manual's pictures of what matches what: small tables, joined by Penstock, drawn as SVG.

Nothing in them is placed by hand: a line is drawn where the result has a match. `scripts/docs.py` writes them beside the
pages, and `make docs-check` fails where the transforms now answer something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

STEP, LEFT_EDGE, PANEL, TOP = 34, 96, 136, 24
"""Pixels: one unit of time, where time begins, a panel's height, the first panel's top."""
RIGHT, LEFT = 44, 80
"""Pixels below a panel's top: the right rows, the left rows."""
STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #33414e } .call { font: 12px ui-monospace, monospace }
  .axis { stroke: #c6ced5 } .match { stroke: #2a7fa8; stroke-width: 2 } .window { fill: #2a7fa8; opacity: .16 }
  .left { fill: #e2a72e; stroke: #e2a72e; stroke-width: 2 } .right { fill: #2a7fa8; stroke: #2a7fa8; stroke-width: 2 }
  .alone { fill: none } .tag { font-size: 11px; text-anchor: middle }
  @media (prefers-color-scheme: dark) { text { fill: #d3dbe2 } .axis { stroke: #55626e } }
"""


@dataclass(frozen=True)
class Panel:
    """One call over the same two tables."""

    call: Mapping[str, Any]
    title: str


@dataclass(frozen=True)
class Picture:
    """Rows of both tables: times `t`, or intervals from `t` to `u`. The calls, what is said in each, how one is drawn."""

    transform: str
    left: Sequence[tuple[int, ...]]
    right: Sequence[tuple[int, ...]]
    panels: Sequence[Panel]
    always: Mapping[str, Any]
    draw: Callable[[DataFrame, Panel, int], Iterator[str]]


def x(time: float) -> float:
    """Where a time is."""
    return LEFT_EDGE + STEP * time


def _tag(text: object, time: float, y: int) -> str:
    return f'<text class="tag" x="{x(time):g}" y="{y}">{text}</text>'


def _dot(kind: str, time: int, y: int, matched: bool = True) -> str:
    return f'<circle class="{kind}{"" if matched else " alone"}" cx="{x(time):g}" cy="{y}" r="6"/>'


def _mark(kind: str, row: tuple[int, ...], y: int, matched: bool = True) -> str:
    """A dot, or a bar from the row's start to its end."""
    if len(row) == 1:
        return _dot(kind, row[0], y, matched)
    start, end = row
    place = f'x="{x(start):g}" y="{y - 6}" width="{STEP * (end - start)}" height="12"'
    return f'<rect class="{kind}{"" if matched else " alone"}" {place} rx="3"/>'


def _interval(result: DataFrame, panel: Panel, top: int) -> Iterator[str]:
    """A line from the middle of each left row to that of each right row that it got."""
    rows = sorted(result.collect(), key=str)
    for row in rows:
        if row.t_right is not None:
            middles = [(row.t + row.u) / 2, (row.t_right + row.u_right) / 2]
            yield f'<line class="match" x1="{x(middles[0]):g}" y1="{top + LEFT}" x2="{x(middles[1]):g}" y2="{top + RIGHT}"/>'
    for start, end, matched in sorted({(row.t, row.u, row.t_right is not None) for row in rows}):
        yield _mark("left", (start, end), top + LEFT, matched)
        yield _tag(f"{start} – {end}", (start + end) / 2, top + LEFT + 22)


def _asof(result: DataFrame, panel: Panel, top: int) -> Iterator[str]:
    """A line from each left row to the right row that it got."""
    for row in sorted(result.collect()):
        if row.t_right is not None:
            ends = f'x1="{x(row.t):g}" y1="{top + LEFT}" x2="{x(row.t_right):g}" y2="{top + RIGHT}"'
            yield f'<line class="match" {ends}/>'
        yield _dot("left", row.t, top + LEFT, row.t_right is not None)
        yield _tag(row.t, row.t, top + LEFT + 20)


def _window(result: DataFrame, panel: Panel, top: int) -> Iterator[str]:
    """The window of each left row, and what was aggregated over it."""
    lower, upper = panel.call["lower"], panel.call["upper"]
    for row in sorted(result.collect()):
        place = f'x="{x(row.t + lower) - 9:g}" y="{top + RIGHT - 12}" width="{STEP * (upper - lower) + 18}" height="60"'
        yield f'<rect class="window" {place} rx="9"/>'
        yield _dot("left", row.t, top + LEFT, bool(row.rows))
        yield _tag(", ".join(map(str, row.rows)) or "no rows", row.t, top + LEFT + 24)


PICTURES = (
    Picture(
        "asof_join",
        left=[(t,) for t in (3, 8, 12, 18)],
        right=[(t,) for t in (1, 2, 7, 13, 14)],
        panels=(
            Panel({}, "backward: the last one not later"),
            Panel({"direction": "forward"}, "forward: the first one not earlier"),
            Panel({"direction": "nearest"}, "nearest: the closest"),
            Panel({"tolerance": 2}, "backward, at most 2 away"),
        ),
        always={"on": "t"},
        draw=_asof,
    ),
    Picture(
        "window_join",
        left=[(t,) for t in (4, 11, 17)],
        right=[(t,) for t in (1, 2, 4, 8, 10, 12)],
        panels=(
            Panel({"lower": -3, "upper": 0}, "the three units before, both ends included"),
            Panel({"lower": -3, "upper": 0, "include_prevailing": True}, "and the row that held at the beginning"),
            Panel({"lower": -1, "upper": 2, "closed": "left"}, "round the row, without the upper end"),
        ),
        always={"on": "t", "aggs": {"rows": "collect_list(t)"}},
        draw=_window,
    ),
    Picture(
        "interval_join",
        left=[(1, 4), (6, 9), (12, 17)],
        right=[(0, 2), (4, 6), (7, 8), (9, 13), (14, 16)],
        panels=(
            Panel({}, "overlap: half open, so that a shared bound is none"),
            Panel({"closed": "both"}, "overlap, both bounds included"),
            Panel({"kind": "contains"}, "the left interval holds the right one"),
            Panel({"max_gap": 1}, "overlap, or at most 1 apart"),
        ),
        always={"start": "t", "end": "u", "how": "left"},
        draw=_interval,
    ),
)


def drawn(spark: SparkSession, picture: Picture) -> str:
    """The picture as SVG."""
    import penstock

    columns = ["t INT", "u INT"][: len(picture.left[0])]
    left, right = (spark.createDataFrame(rows, ", ".join(columns)) for rows in (picture.left, picture.right))
    width, height = x(max(max(row) for row in (*picture.left, *picture.right)) + 3), TOP + PANEL * len(picture.panels)
    body: list[str] = []
    for at, panel in enumerate(picture.panels):
        top = TOP + PANEL * at
        result = getattr(penstock, picture.transform)(left, right, **picture.always, **panel.call)
        shown = ", ".join(f"{name}={value!r}" for name, value in panel.call.items()) or "as it is"
        body += [
            f'<text x="12" y="{top + 4}">{panel.title} <tspan class="call">({shown})</tspan></text>',
            *(_track(name, y, width) for name, y in (("right", top + RIGHT), ("left", top + LEFT))),
            *picture.draw(result, panel, top),
            *(_mark("right", row, top + RIGHT) + _tag(row[0], row[0], top + RIGHT - 14) for row in picture.right),
        ]
    parts = "\n".join(body)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height}" width="{width:g}" role="img">'
    return f"{head}\n<title>{picture.transform}: what matches what</title>\n<style>{STYLE}</style>\n{parts}\n</svg>\n"


def _track(name: str, y: int, width: float) -> str:
    line = f'<line class="axis" x1="{x(0):g}" y1="{y}" x2="{width - 16:g}" y2="{y}"/>'
    return f'{line}<text x="28" y="{y + 4}">{name}</text>'
