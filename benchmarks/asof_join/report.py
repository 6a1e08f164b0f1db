"""The figures as a table and as data, with the machine and the versions that they belong to."""

from __future__ import annotations

import json
import statistics
from dataclasses import dataclass
from pathlib import Path

from ..machine import machine
from .data import Inputs
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


def sizes(inputs: Inputs) -> dict[str, object]:
    """What the inputs are, without what is asked of the peers."""
    return {name: value for name, value in vars(inputs.size).items() if name != "required"}


def required(peer: Peer, inputs: Inputs) -> float | None:
    """Penstock's time over this peer's must be at most this."""
    return next((most for name, most in inputs.size.required.items() if peer.name.startswith(name)), None)


def as_data(timed: list[Timed], inputs: Inputs, java: str) -> dict[str, object]:
    """Everything, for another program."""
    own = timed[0].median
    return {
        "machine": {**machine(), "java": java},
        "inputs": {**sizes(inputs), "megabytes": inputs.megabytes},
        "peers": [
            {
                "name": t.peer.name,
                "version": t.peer.version,
                "seconds": [round(s, 3) for s in t.seconds],
                "median": round(t.median, 3),
                "penstock_over_this": round(own / t.median, 3),
                "required_at_most": required(t.peer, inputs),
            }
            for t in timed
        ],
    }


def as_table(timed: list[Timed], inputs: Inputs, java: str) -> str:
    """The same for a reader."""
    size, own = inputs.size, timed[0].median
    rows = [
        "| | median s | fastest | slowest | Penstock's time over it | required | version |",
        "|---|---|---|---|---|---|---|",
    ]
    for t in timed:
        ratio = own / t.median
        most = required(t.peer, inputs)
        asked = "" if most is None else f"≤ {most} {'met' if ratio <= most else 'MISSED'}"
        times = f"{t.median:.2f} | {min(t.seconds):.2f} | {max(t.seconds):.2f}"
        rows.append(f"| {t.peer.name} | {times} | {ratio:.2f} | {asked} | {t.peer.version} |")
    about = ", ".join(machine().values())
    return "\n".join(
        [
            f"As-of join of {size.trades:,} trades with {size.quotes:,} quotes, {size.keys} keys, {size.days} days"
            f" ({inputs.megabytes:.0f} MB of Parquet), two cores each;"
            f" {len(timed[0].seconds)} interleaved runs after one to warm up.",
            "",
            *rows,
            "",
            "Every result is consumed by one checksum over all columns, equal for all; the floor is written nowhere.",
            "",
            f"{about}, Java {java}.",
            "",
        ]
    )


def write(timed: list[Timed], inputs: Inputs, java: str, folder: Path) -> str:
    """Both files; gives the table."""
    folder.mkdir(parents=True, exist_ok=True)
    table = as_table(timed, inputs, java)
    name = "asof_join" if inputs.size.name == "full" else f"asof_join-{inputs.size.name}"
    (folder / f"{name}.json").write_text(json.dumps(as_data(timed, inputs, java), indent=2) + "\n")
    (folder / f"{name}.md").write_text(table)
    return table
