"""The table of who finds what."""

from __future__ import annotations

import statistics

from .parts import Part, Row


def table(part: Part) -> str:
    """The page."""
    rows, machine = part.rows, part.machine
    counts = [sum(bool(row.searches[way].found) for row in rows) for way in range(3)]
    seconds = [row.searches[0].seconds for row in rows]
    alarms = sum(bool(row.alarms) for row in rows)
    where = f"{machine['processor']}, {machine['cores']} cores, Python {machine['python']}, Spark {part.spark}"
    head = [
        f"# Who finds {len(rows)} planted mistakes",
        "",
        f"Measured by `python -m benchmarks.mutants --write` on {where}; sources {part.code}.",
        "",
        "Each way has the same oracles, and the time that the quick set took over that transform: "
        f"{statistics.median(seconds):.1f} s in the median, {max(seconds):.1f} s at most, on a warm session. Found: the wrong",
        "transform fails on an input that its correct twin passes; named are the scenarios that do it, or the input's number.",
        f"False alarms are scenarios of the quick set that the correct twin fails: {alarms} of {len(rows)} twins have any.",
        "",
        f"| mistake | Penstock's quick set: {counts[0]} of {len(rows)} | false alarms: {alarms} "
        f"| Hypothesis, pandas frames: {counts[1]} | development data: {counts[2]} |",
        "|---|---|---|---|---|",
    ]
    return "\n".join([*head, *map(line, rows), ""])


def line(row: Row) -> str:
    """One row of the table."""
    said = [f"{s.found or 'not found'} ({s.inputs} inputs, {s.seconds:.1f} s)" for s in row.searches]
    said.insert(1, " ".join(row.alarms) or "none")
    return f"| {row.id} `{row.name}` | {' | '.join(said)} |"
