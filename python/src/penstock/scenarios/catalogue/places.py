"""Where entries apply: one function for each kind of place gives targets, or a sentence why there are none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from penstock.scenarios.leaves import Leaf, leaves

from .target import Target
from .types import families
from .zones import turns

if TYPE_CHECKING:
    from pyspark.sql.types import StructType

    from penstock.scenarios.roles import Roles

    from .entry import Entry


@dataclass(frozen=True)
class Places:
    """Targets, or why there are none."""

    targets: tuple[Target, ...] = ()
    why_not: str = ""


def of(entry: Entry, schema: StructType, roles: Roles) -> Places:
    """Where an entry applies in a table, all its variants."""
    found = _KINDS[entry.kind](entry, leaves(schema), roles)
    variants = list(entry.plant_with) if not callable(entry.plant_with) else [""]
    if variants == [""] or not found.targets:
        return found
    every = (Target(t.kind, t.columns, v, t.relation, t.table) for t in found.targets for v in variants)
    return Places(tuple(every))


def _table(entry: Entry, there: list[Leaf], roles: Roles) -> Places:
    return Places((Target("table"),))


def _columns(entry: Entry, there: list[Leaf], roles: Roles) -> Places:
    """Columns of the entry's types; a role names them, or narrows them where it says something."""
    said: Iterable[str] = roles.named.get(entry.role, ()) if entry.role else ()
    if entry.role and not said and not entry.narrowed:
        return _needs(entry.role)
    able = [leaf for leaf in there if leaf.writable and families(leaf.type) & set(entry.types)]
    able = [leaf for leaf in able if not (entry.once and leaf.repeats)]
    chosen = [leaf for leaf in able if not said or leaf.path in said]
    wanted = " or ".join(_WORDS.get(one, one) for one in entry.types)
    if not chosen:
        return Places(why_not=f"no {wanted} column" + (f" among {', '.join(said)}" if said else ""))
    return Places(tuple(Target("column", (leaf.path,)) for leaf in chosen))


def _measured(entry: Entry, there: list[Leaf], roles: Roles) -> Places:
    return _columns(entry, there, roles) if roles.key and roles.time else _needs("key and time")


def _key(entry: Entry, there: list[Leaf], roles: Roles) -> Places:
    return Places((Target("key", roles.key),)) if roles.key else _needs("key")


def _key_or_table(entry: Entry, there: list[Leaf], roles: Roles) -> Places:
    return Places((Target("key", roles.key) if roles.key else Target("table"),))


def _each_key(entry: Entry, there: list[Leaf], roles: Roles) -> Places:
    return Places(tuple(Target("key", (one,)) for one in roles.key)) if roles.key else _needs("key")


def _composite_key(entry: Entry, there: list[Leaf], roles: Roles) -> Places:
    if len(roles.key) < 2:
        return Places(why_not="the key has one part") if roles.key else _needs("key")
    return Places((Target("key", roles.key),))


def _identity(entry: Entry, there: list[Leaf], roles: Roles) -> Places:
    if not roles.identity:
        return _needs("unique, or key and time")
    from .payload import payload_of

    if payload_of(there, roles) is None:
        return Places(why_not="every column identifies the row, so no two versions can differ")
    return Places((Target("key", roles.identity),))


def _time(entry: Entry, there: list[Leaf], roles: Roles) -> Places:
    return Places((Target("time", (roles.time,)),)) if roles.time else _needs("time")


def _events(entry: Entry, there: list[Leaf], roles: Roles) -> Places:
    return _time(entry, there, roles) if roles.key else _needs("key and time")


def _arrivals(entry: Entry, there: list[Leaf], roles: Roles) -> Places:
    if not (roles.time and roles.arrival):
        return _needs("time and arrival")
    return Places((Target("arrival", (roles.arrival,)),))


def _interval(entry: Entry, there: list[Leaf], roles: Roles) -> Places:
    return Places((Target("interval", roles.interval),)) if roles.interval else _needs("interval")


def _operation(entry: Entry, there: list[Leaf], roles: Roles) -> Places:
    if not (roles.operation and roles.key and roles.time):
        return _needs("operation, key and time")
    return Places((Target("operation", (roles.operation,)),))


def _relation(entry: Entry, there: list[Leaf], roles: Roles) -> Places:
    if not roles.foreign:
        return _needs("foreign")
    return Places(tuple(Target("relation", f.columns, "", name) for name, f in roles.foreign.items()))


def _related_table(entry: Entry, there: list[Leaf], roles: Roles) -> Places:
    if not roles.foreign:
        return _needs("foreign")
    return Places(tuple(Target("relation", f.references, "", name, f.table) for name, f in roles.foreign.items()))


def _names(entry: Entry, there: list[Leaf], roles: Roles) -> Places:
    """The whole table; planted in a column that has no role, where there is one."""
    used = {path for paths in roles.named.values() for path in paths}
    top = [leaf.path for leaf in there if not leaf.steps]
    if not top:
        return Places(why_not="no column")
    return Places((Target("names", (next((path for path in top if path not in used), top[0]),)),))


def _zoned(entry: Entry, there: list[Leaf], roles: Roles) -> Places:
    if turns(roles.zone) is None:
        return Places(why_not=f"clocks in {roles.zone} are never changed; roles may name another zone")
    return _columns(entry, there, roles)


def _clocks(entry: Entry, there: list[Leaf], roles: Roles) -> Places:
    able = [leaf.path for leaf in there if not leaf.steps and "clock" in families(leaf.type)]
    return Places((Target("names", (able[0],)),)) if able else Places(why_not="no timestamp column")


def _session(entry: Entry, there: list[Leaf], roles: Roles) -> Places:
    return Places((Target("session"),))


def _needs(role: str) -> Places:
    return Places(why_not=f"the roles do not say {role}")


_WORDS = {
    "text": "text",
    "floating": "float or double",
    "whole": "whole-number",
    "clock": "timestamp",
    "any": "",
    "numeric": "numeric",
}

_KINDS: dict[str, Callable[[Entry, list[Leaf], Roles], Places]] = {
    "table": _table,
    "columns": _columns,
    "measured": _measured,
    "key": _key,
    "key_or_table": _key_or_table,
    "each_key": _each_key,
    "composite_key": _composite_key,
    "identity": _identity,
    "time": _time,
    "events": _events,
    "arrivals": _arrivals,
    "interval": _interval,
    "operation": _operation,
    "relation": _relation,
    "related_table": _related_table,
    "names": _names,
    "zoned": _zoned,
    "clocks": _clocks,
    "session": _session,
}
"""The kinds of places that a data file may name."""

KINDS = tuple(_KINDS)
