"""What was measured, in parts that can be put together only where they belong together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.machine import machine

from .ways import Search

ROOT = Path(__file__).parents[2]
CODE = (
    "python/src/penstock/scenarios",
    "python/src/penstock/core",
    "tests/python/scenarios/mutants",
    "benchmarks/mutants",
)
"""What the figures depend on."""


@dataclass(frozen=True)
class Row:
    """One planted mistake: how each way fared, and what its correct twin was accused of."""

    id: str
    name: str
    searches: Sequence[Search]
    alarms: Sequence[str]


@dataclass(frozen=True)
class Part:
    """Some of the mistakes, and by what code they were looked for, on which Spark and machine."""

    code: str
    spark: str
    rows: Sequence[Row]
    machine: dict[str, str] = field(default_factory=machine)


def code() -> str:
    """A fingerprint of the sources that the figures depend on."""
    seen = hashlib.sha256()
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".json"}:
                seen.update(f"{path.relative_to(ROOT)}\0".encode())
                seen.update(path.read_bytes())
    return seen.hexdigest()[:16]


def saved(part: Part, path: Path) -> None:
    """Keeps a part."""
    path.write_text(json.dumps(asdict(part), indent=1), encoding="utf-8")


def read(path: Path) -> Part:
    """A part that was kept."""
    told = json.loads(path.read_text(encoding="utf-8"))
    rows = [
        Row(
            row["id"],
            row["name"],
            [Search(**search) for search in row["searches"]],
            row["alarms"],
        )
        for row in told["rows"]
    ]
    return Part(told["code"], told["spark"], rows, told["machine"])


def joined(parts: Sequence[Part]) -> Part:
    """Parts as one.

    Raises:
        SystemExit: they differ in their code, Spark or machine, or one mistake is there twice.
    """
    first = parts[0]
    for part in parts[1:]:
        for what in ("code", "spark", "machine"):
            if getattr(part, what) != getattr(first, what):
                raise SystemExit(f"The parts differ in {what}: {getattr(first, what)}, {getattr(part, what)}.")
    rows = [row for part in parts for row in part.rows]
    ids = [row.id for row in rows]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise SystemExit(f"Measured more than once: {', '.join(twice)}.")
    return Part(first.code, first.spark, rows, first.machine)
