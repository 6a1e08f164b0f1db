"""README's figures, from what the benchmarks wrote into benchmarks/results.

python scripts/figures.py            writes them between their markers
python scripts/figures.py --check    ends with 1 where README tells other ones
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generated import with_part

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
RESULTS = "benchmarks/results"


@dataclass(frozen=True)
class Shown:
    """A row of README: what was done, the name of the result, and the peers to tell by the beginning of their name."""

    what: str
    result: str
    peers: tuple[str, ...]


SHAPES = (
    Shown("`asof_join`, 10 M with 200 k rows, [broadcast]", "asof_join-small-right", ("union", "Tempo", "DuckDB")),
    Shown("`asof_join`, 10 M with 10 M rows, [one key]", "asof_join-one-key", ("union", "Tempo", "DuckDB")),
    Shown("the same with [no key]", "asof_join-no-key", ("union", "DuckDB")),
    Shown("`asof_join`, 5 M with 10 M rows, [5 M keys]", "asof_join-many-keys", ("sort-merge", "union")),
    Shown("`asof_join`, [300 columns] on each side", "asof_join-wide", ("sort-merge",)),
    Shown("`window_join`, [100 k with 10 M rows], ten minutes", "window_join-range", ("range join", "DuckDB")),
    Shown("`window_join`, 2 M with 10 M rows, [three windows at once]", "window_join-three-windows", ("as-of",)),
    Shown("`interval_join`, [1 M with 1 M rows, 500 keys]", "interval_join-keys-500", ("Spark's", "DuckDB")),
    Shown("the same with [20 keys]", "interval_join-keys-20", ("Spark's",)),
    Shown("the same with [no key]", "interval_join-no-key", ("floor", "DuckDB")),
)


def result(name: str) -> dict[str, Any]:
    """What a benchmark wrote as data."""
    return json.loads((ROOT / RESULTS / f"{name}.json").read_text(encoding="utf-8"))


def seconds(value: float) -> str:
    """As many digits as mean something."""
    return f"{value:.1f}" if value < 20 else f"{value:.0f}"


def full() -> str:
    """The as-of join of two big sides, beside every peer."""
    told = result("asof_join")
    machine, own = told["machine"], told["peers"][0]
    rounds = len(own["seconds"])
    lines = [
        "`asof_join` of 2 M trades with 10 M quotes, 500 keys, Parquet, `local[2]`"
        f" ({machine['processor']}, {machine['cores']} cores, {machine['memory']}, Java {machine['java']},"
        f" {own['version'].partition(', ')[2]});",
        f"medians of {rounds} interleaved runs of `make bench`, whole in [{RESULTS}]({RESULTS}/asof_join.md):",
        "",
        "| | seconds | Penstock takes |",
        "|---|---|---|",
        f"| Penstock | {seconds(own['median'])} | |",
    ]
    for peer in told["peers"][1:]:
        version = "" if "Spark" in peer["version"] else f" {peer['version']}, no Spark"
        ratio = peer["penstock_over_this"]
        lines.append(f"| {peer['name']}{version} | {seconds(peer['median'])} | {ratio:.2f} × |")
    return "\n".join(lines)


def shapes() -> str:
    """One row for each other shape, and what was required and missed."""
    lines = ["| what | Penstock | beside |", "|---|---|---|"]
    missed: list[str] = []
    for shown in SHAPES:
        own, *others = result(shown.result)["peers"]
        beside = [p for name in shown.peers for p in others if p["name"].startswith(name)]
        peers = ", ".join(f"{p['name']} {seconds(p['median'])} s" for p in beside)
        what = shown.what.replace("]", f"]({RESULTS}/{shown.result}.md)")
        lines.append(f"| {what} | {seconds(own['median'])} s | {peers} |")
        missed += [told for p in others if (told := failing(shown.result, p))]
    missed += [told for p in result("asof_join")["peers"] if (told := failing("asof_join", p))]
    closing = (
        f"What is required and was missed: {'; '.join(missed)}." if missed else "Nothing that is required was missed."
    )
    return "\n".join([*lines, "", closing])


def failing(name: str, peer: dict[str, Any]) -> str:
    """What a requirement asks and what was measured; nothing where it was met, or there is none."""
    most, ratio = peer["required_at_most"], peer["penstock_over_this"]
    if most is None or ratio <= most:
        return ""
    return f"`{name}` takes {ratio:.2f} times what {peer['name']} does, at most {most} asked"


def rendered(page: str) -> str:
    """README with the figures of today's results."""
    for name, text in (("full", full()), ("shapes", shapes())):
        page = with_part(page, name, text, README.name)
    return page


def main() -> int:
    """Writes README, or says that it is behind."""
    page = README.read_text(encoding="utf-8")
    if rendered(page) == page:
        return 0
    if sys.argv[1:] == ["--check"]:
        print("README.md tells other figures than benchmarks/results; run: python scripts/figures.py")
        return 1
    README.write_text(rendered(page), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
