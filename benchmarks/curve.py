"""The seconds of two or more peers as both sides of a join get more rows: a table, and the same as curves."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from .machine import machine

Curve = dict[str, dict[int, dict[str, float]]]
"""By what is joined: for each number of rows, the median seconds of each peer."""


def written(name: str, title: str, method: str, curve: Curve, versions: list[str], results: Path) -> str:
    """Writes the page, `name`.md, and its picture, `name`.svg; gives the page."""
    told = f"{', '.join([*machine().values(), *versions])}."
    page = "\n".join([f"# {title}", "", method, "", *table(curve), "", f"![{name}]({name}.svg)", "", told, ""])
    (results / f"{name}.md").write_text(page)
    drawn(curve, results / f"{name}.svg")
    return page


def table(curve: Curve) -> list[str]:
    """The lines of a table; the last columns tell how many times as long as the first peer the others take."""
    peers = list(next(iter(next(iter(curve.values())).values())))
    others = peers[1:]
    lines = [
        f"| | rows on each side | {' | '.join(peers)} | {' | '.join(f'{p}: times as long' for p in others)} |",
        "|---|" + "---|" * (1 + len(peers) + len(others)),
    ]
    for name, sizes in curve.items():
        for rows, seconds in sizes.items():
            figures = [f"{seconds[p]:.2f}" for p in peers] + [f"{seconds[p] / seconds[peers[0]]:.1f}" for p in others]
            lines.append(f"| {name} | {rows:,} | {' | '.join(figures)} |")
    return lines


def drawn(curve: Curve, path: Path) -> None:
    """Both axes logarithmic."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6, 4), layout="constrained")
    for name, sizes in curve.items():
        for peer in next(iter(sizes.values())):
            axes.plot(list(sizes), [seconds[peer] for seconds in sizes.values()], marker="o", label=f"{peer}, {name}")
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("rows on each side")
    axes.set_ylabel("seconds")
    axes.legend()
    figure.savefig(path, metadata={"Date": cast(str, None)})
