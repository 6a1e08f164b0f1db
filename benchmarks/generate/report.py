"""The table of rows per second and core."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from benchmarks.machine import machine

from .large import Large


def page(
    medians: Mapping[str, int], required: Mapping[str, int], rows: int, rounds: int, spark: str, large: Large | None
) -> Iterator[str]:
    """The page, line by line."""
    yield "# Rows that a spec makes, per second and core"
    yield ""
    yield f"Ten columns to `noop`, two cores; medians of {rounds} interleaved rounds after one to warm up. {_n(rows)} rows, a tenth"
    yield "of them, and for the peers a hundredth. `python -m benchmarks.generate --large 100000000 --results benchmarks/results`."
    yield ""
    yield "| | rows/s per core | required |"
    yield "|---|---|---|"
    for name, speed in medians.items():
        least = required.get(name)
        asked = "" if least is None else f"≥ {_n(least)}: {'met' if speed >= least else 'MISSED'}"
        yield f"| {name} | {_n(speed)} | {asked} |"
    yield ""
    if large:
        yield f"{_n(large.rows)} rows with late arrivals and text: {large.seconds:.0f} s, a tenth of them"
        yield f"{large.tenth_seconds:.1f} s. The most memory that the JVM held: {large.after} MiB, after the tenth {large.before} MiB"
        yield "(a heap of 1 GiB)."
        yield ""
    yield f"{', '.join(machine().values())}, Spark {spark}."
    yield ""


def _n(number: int) -> str:
    return f"{number:,}".replace(",", " ")
