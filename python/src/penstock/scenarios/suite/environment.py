"""The environment axis: session settings that must not change what a transform means."""

from __future__ import annotations

import itertools
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from penstock.core.errors import Refusal

from .covering import Row, covering

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ZONES = ("America/New_York", "America/St_Johns", "UTC", "Asia/Kolkata")
"""Two with daylight saving, one of them half an hour off; one without anything; one half an hour off without it."""

AXES: dict[str, dict[str, dict[str, str]]] = {
    "zone": {zone: {"spark.sql.session.timeZone": zone} for zone in ZONES},
    "ansi": {on: {"spark.sql.ansi.enabled": on} for on in ("true", "false")},
    "partitions": {
        "7": {"spark.sql.shuffle.partitions": "7", "spark.sql.leafNodeDefaultParallelism": "2"},
        "1": {"spark.sql.shuffle.partitions": "1", "spark.sql.leafNodeDefaultParallelism": "1"},
    },
    "aqe": {on: {"spark.sql.adaptive.enabled": on} for on in ("true", "false")},
    "codegen": {
        "true": {"spark.sql.codegen.wholeStage": "true", "spark.sql.codegen.factoryMode": "FALLBACK"},
        "false": {"spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN"},
    },
    "arrow": {n: {"spark.sql.execution.arrow.maxRecordsPerBatch": n} for n in ("10000", "1")},
}
"""Each axis with its values, and the settings that a value stands for."""

FACTORS = {axis: list(values) for axis, values in AXES.items()}


def settings_of(row: Row) -> dict[str, str]:
    """The Spark settings of a row of axis values."""
    return {key: value for axis, name in row.items() for key, value in AXES[axis][name].items()}


def told(settings: Mapping[str, str]) -> str:
    """Settings as a person reads them: `zone=UTC ansi=false ...`; others by their own name."""
    left, said = dict(settings), list[str]()
    for axis, values in AXES.items():
        name = next((n for n, s in values.items() if all(left.get(k) == v for k, v in s.items())), None)
        if name is not None:
            said.append(f"{axis}={name}")
            left = {k: v for k, v in left.items() if k not in values[name]}
    return " ".join([*said, *(f"{k}={v}" for k, v in left.items())])


def rows_for(scenarios: Sequence[str], level: str) -> dict[str, list[Row]]:
    """The environments of each scenario.

    `full` crosses scenarios and axes pairwise: every scenario meets every value of every axis. `quick` gives each
    scenario two: one in a zone with daylight saving, one in a zone without, and in the second every other axis has its
    other value; all scenarios together meet every pair of values of the two-valued axes.
    """
    if level == "full":
        out: dict[str, list[Row]] = {name: [] for name in scenarios}
        for row in covering({"scenario": list(scenarios), **FACTORS}):
            out[row["scenario"]].append({axis: row[axis] for axis in FACTORS})
        return out
    turns = itertools.cycle(_opposites())
    return {name: list(next(turns)) for name in scenarios}


def _opposites() -> list[tuple[Row, Row]]:
    """Rows and their opposites, as few as meet every pair of values of two switches.

    Two switches meet all four pairs where they are the same in some row and differ in another. So the first row has
    none turned over, and row n those whose number has bit n: numbers differ in some bit. Every second row is turned
    over as a whole, so that neither value of a switch comes first everywhere.
    """
    switches = [axis for axis in FACTORS if axis != "zone"]
    turned = [0, *(1 << bit for bit in range((len(switches) - 1).bit_length()))]
    out: list[tuple[Row, Row]] = []
    for n, bit in enumerate(turned):
        one, other = (
            {axis: FACTORS[axis][(i & bit > 0) ^ (n + side) % 2] for i, axis in enumerate(switches)} for side in (0, 1)
        )
        out.append(({"zone": ZONES[n % 2], **one}, {"zone": ZONES[2 + n % 2], **other}))
    return out


@contextmanager
def set_on(
    spark: SparkSession, settings: Mapping[str, str], wished: Mapping[str, str] | None = None
) -> Generator[None, None, None]:
    """A session with some settings changed for a while.

    Args:
        spark: the session.
        settings: what must hold.
        wished: what saves time where the platform allows it, and is left alone where it does not.

    Raises:
        Refusal: the platform does not let the session set one of `settings`.
    """
    before: dict[str, str | None] = {}
    try:
        for key, value in (wished or {}).items():
            with suppress(Exception):  # whatever a platform raises, and it may forbid to ask as well
                _set(spark, key, value, before)
        for key, value in settings.items():
            try:
                _set(spark, key, value, before)
            except Exception as error:
                raise _forbidden(key, value, error) from None
        yield
    finally:
        for key, value in before.items():
            if value is None:
                spark.conf.unset(key)
            elif spark.conf.get(key, None) != value:
                spark.conf.set(key, value)


def _set(spark: SparkSession, key: str, value: str, before: dict[str, str | None]) -> None:
    """Sets what is not so already; what was is noted in any case, since what runs may set it as well."""
    was = spark.conf.get(key, None)
    if was != value:
        spark.conf.set(key, value)
    before.setdefault(key, was)


def _forbidden(key: str, value: str, error: Exception) -> Refusal:
    said = (str(error).strip() or type(error).__name__).splitlines()[0]
    return Refusal(
        f"scenarios: this session does not let {key} be set to '{value}'.\n"
        f"  It said: {said}\n"
        "  Run the scenarios on a session that may be set freely, such as a local one.  [penstock.setting-forbidden]",
        ("setting-forbidden",),
    )
