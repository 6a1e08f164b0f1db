"""The figures as a table and as data, with the machine and the versions that they belong to."""

from __future__ import annotations

import json
import statistics
from dataclasses import dataclass
from pathlib import Path

from .machine import machine
from .peer import Peer


@dataclass(frozen=True)
class Timed:
    """A peer and what its runs took, in seconds, in the order they ran."""

    peer: Peer
    seconds: list[float]

    @property
    def median(self) -> float:
        """The middle run."""
        return statistics.median(self.seconds)


@dataclass(frozen=True)
class Subject:
    """What was measured."""

    name: str
    """Of the files that are written."""
    headline: str
    """What was asked of what, as the beginning of a sentence."""
    inputs: dict[str, object]
    required: dict[str, float]
    """By the beginning of a peer's name: Penstock's time over its time must be at most this."""

    def most(self, peer: Peer) -> float | None:
        """What is required beside this peer."""
        return next((most for name, most in self.required.items() if peer.name.startswith(name)), None)


def as_data(timed: list[Timed], subject: Subject, java: str) -> dict[str, object]:
    """Everything, for another program."""
    own = timed[0].median
    return {
        "machine": {**machine(), "java": java},
        "inputs": subject.inputs,
        "peers": [
            {
                "name": t.peer.name,
                "version": t.peer.version,
                "seconds": [round(s, 3) for s in t.seconds],
                "median": round(t.median, 3),
                "penstock_over_this": round(own / t.median, 3),
                "required_at_most": subject.most(t.peer),
            }
            for t in timed
        ],
    }


def as_table(timed: list[Timed], subject: Subject, java: str) -> str:
    """The same for a reader."""
    own = timed[0].median
    rows = [
        "| | median s | fastest | slowest | Penstock's time over it | required | version |",
        "|---|---|---|---|---|---|---|",
    ]
    for t in timed:
        ratio = own / t.median
        most = subject.most(t.peer)
        asked = "" if most is None else f"≤ {most} {'met' if ratio <= most else 'MISSED'}"
        times = f"{t.median:.2f} | {min(t.seconds):.2f} | {max(t.seconds):.2f}"
        name = t.peer.name + (" (once)" if len(t.seconds) < len(timed[0].seconds) else "")
        rows.append(f"| {name} | {times} | {ratio:.2f} | {asked} | {t.peer.version} |")
    about = ", ".join(machine().values())
    return "\n".join(
        [
            f"{subject.headline}, two cores each; {len(timed[0].seconds)} interleaved runs after one to warm up;"
            " what takes over a minute ran once.",
            "",
            *rows,
            "",
            "Every result is consumed by one checksum over all columns, equal for all; the floor is written nowhere.",
            "",
            f"{about}, Java {java}.",
            "",
        ]
    )


def write(timed: list[Timed], subject: Subject, java: str, folder: Path) -> str:
    """Both files; gives the table."""
    folder.mkdir(parents=True, exist_ok=True)
    table = as_table(timed, subject, java)
    (folder / f"{subject.name}.json").write_text(json.dumps(as_data(timed, subject, java), indent=2) + "\n")
    (folder / f"{subject.name}.md").write_text(table)
    return table
