"""The settings of a session that scenarios ask for."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SETTINGS = {
    "zone": "spark.sql.session.timeZone",
    "ansi": "spark.sql.ansi.enabled",
    "shuffle_partitions": "spark.sql.shuffle.partitions",
    "adaptive": "spark.sql.adaptive.enabled",
    "codegen": "spark.sql.codegen.wholeStage",
}


def environment(spark: SparkSession) -> dict[str, Any]:
    """The settings, and whether the zone is not whole hours from UTC."""
    out: dict[str, Any] = {name: spark.conf.get(key, None) for name, key in SETTINGS.items()}
    return {**out, "odd_zone": int(_offset(str(out["zone"])) % timedelta(hours=1) != timedelta())}


def _offset(zone: str) -> timedelta:
    fixed = re.fullmatch(r"(?:UTC|GMT)?([+-])(\d\d?)(?::?(\d\d))?", zone)
    if fixed:
        return timedelta(hours=int(fixed[2]), minutes=int(fixed[3] or 0)) * (-1 if fixed[1] == "-" else 1)
    from zoneinfo import ZoneInfo

    try:
        return datetime(2024, 1, 1, tzinfo=timezone.utc).astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    except (KeyError, ValueError, OSError):
        return timedelta()
