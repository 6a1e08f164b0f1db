"""Roles that names and types suggest: a guess to begin with, which a file of roles replaces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .catalogue.types import families
from .leaves import Leaf, leaves
from .roles import Roles

if TYPE_CHECKING:
    from pyspark.sql.types import StructType

    from .profile.model import Profile

_ARRIVAL = re.compile(r"arriv|receiv|ingest|loaded|processed|^seen|_seen", re.IGNORECASE)
_TIME = re.compile(r"^(ts|time|timestamp|event_?time|event_?ts|time_hour|datetime|at|occurred_at)$", re.IGNORECASE)
_KEY = re.compile(
    r"^(key|id|device|sensor|symbol|sym|customer|account|user|origin|station)(_?id)?$|_(id|key)$", re.IGNORECASE
)
_OPERATION = re.compile(r"^(op|operation|_change_type|cdc_op|op_type)$", re.IGNORECASE)
_PAIRS = (
    ("start", "end"),
    ("valid_from", "valid_to"),
    ("start_time", "end_time"),
    ("begin", "end"),
    ("from_ts", "to_ts"),
)


def infer_roles(told: StructType | Profile) -> Roles:
    """Roles from a schema; of a profile its own, with the columns that have few values as categories.

    The time is the timestamp or date column that is called so, else the only one; the arrival a timestamp whose name
    says it; the key the first column called after an entity. All of it can be wrong.
    """
    roles = getattr(told, "roles", None)
    if isinstance(roles, Roles):
        from dataclasses import replace

        profile: Profile = told  # type: ignore[assignment]
        return roles if roles.categories else replace(roles, categories=categories_of(profile))
    top = [leaf for leaf in leaves(told) if not leaf.steps]  # type: ignore[arg-type]
    times = [leaf for leaf in top if families(leaf.type) & {"time"}]
    arrival = next((leaf.path for leaf in times if _ARRIVAL.search(leaf.path)), None)
    interval = _interval(times)
    free = [leaf.path for leaf in times if leaf.path != arrival and leaf.path not in interval]
    time = next((path for path in free if _TIME.match(path)), free[0] if len(free) == 1 else None)
    keys = [leaf.path for leaf in top if families(leaf.type) & {"text", "whole"} and _KEY.search(leaf.path)]
    operation = next((leaf.path for leaf in top if "text" in families(leaf.type) and _OPERATION.match(leaf.path)), None)
    return Roles(
        key=tuple(keys[:1]), time=time, arrival=arrival if time else None, interval=interval, operation=operation
    )


def categories_of(profile: Profile) -> dict[str, tuple[str, ...]]:
    """Text columns with few values, each ten times on average; any value is allowed."""
    rows = profile.rows
    named = {*profile.roles.key, *profile.roles.date_texts}
    few = (path for path, values in profile.sets.items() if 2 <= len(values) <= rows / 10 and path not in named)
    return dict.fromkeys(few, ())


def _interval(times: list[Leaf]) -> tuple[str, ...]:
    there = {leaf.path.lower(): leaf.path for leaf in times}
    return next(((there[a], there[b]) for a, b in _PAIRS if a in there and b in there), ())
