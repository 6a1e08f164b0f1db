"""A hundred million rows: whether the time grows with them, and the memory does not."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from penstock import scenarios as s
from pyspark.sql import SparkSession

from .tables import full, noop


@dataclass(frozen=True)
class Large:
    """What a tenth of the rows took, and then all of them; memory is the most that the JVM has held so far, in MiB."""

    rows: int
    tenth_seconds: float
    seconds: float
    before: int
    after: int

    @classmethod
    def made(cls, spark: SparkSession, rows: int) -> Large:
        """Makes the table with late arrivals and text, first a tenth of it."""
        tenth = _seconds(spark, rows // 10)
        before = _most_memory(spark)
        return cls(rows, tenth, _seconds(spark, rows), before, _most_memory(spark))


def _seconds(spark: SparkSession, rows: int) -> float:
    start = time.perf_counter()
    noop(s.generate(full(rows), spark=spark))
    return time.perf_counter() - start


def _most_memory(spark: SparkSession) -> int:
    jvm: Any = spark._jvm  # type: ignore[attr-defined]
    status = Path(f"/proc/{jvm.ProcessHandle.current().pid()}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) // 1024
