"""The answers of the two actions, put together."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from penstock.scenarios.catalogue.types import families
from penstock.scenarios.leaves import ddl, leaves

from .columns import MOST_VALUES
from .model import Profile

if TYPE_CHECKING:
    from pyspark.sql.types import StructType

    from penstock.scenarios.roles import Roles

    from .wide import Answers, Wide


@dataclass(frozen=True)
class Found:
    """What the two actions gave for one table."""

    wide: Wide
    answers: Answers
    by_key: Mapping[str, Any]
    files: int


def profile_of(
    schema: StructType, roles: Roles, found: Found, session: dict[str, Any], salt: str, keep_salt: bool
) -> Profile:
    """The profile; a table without rows has counts of zero."""
    whole = found.answers.columns
    table = {q.fact: whole.get(("", q.fact)) for q in found.wide.questions if not q.path}
    columns: dict[str, dict[str, Any]] = {leaf.path: {"type": ddl(leaf.type)} for leaf in found.wide.leaves}
    for fact in found.wide.asked:
        columns[fact.leaf.path][fact.name] = found.answers.counts.get(fact.key, 0)
    sets: dict[str, dict[str, int]] = {}
    values: dict[str, Any] = {}
    for path, facts in columns.items():
        told = {fact: answer for (of, fact), answer in whole.items() if of == path}
        counted = _counted(told.pop("set", None))
        listed = _hashed(counted, salt)
        sets |= {} if listed is None else {path: listed}
        held = {name: told.pop(name) for name in ("least", "greatest", "listed") if name in told}
        values |= {path: held} if held else {}
        facts |= _column(told, facts["nulls"], listed)
    for name, value in found.by_key.items():
        if name.startswith("stuck:"):
            columns[name[6:]]["stuck"] = int(value or 0)
    return Profile(
        schema=tuple((f.name, ddl(f.dataType), f.nullable) for f in schema.fields),
        table={**_table(table, found.by_key, roles, found.files), **_names(schema)},
        columns=columns,
        environment=session,
        sets=sets,
        pairs=found.wide.pairs(found.answers),
        roles=roles,
        salt=salt if keep_salt else "",
        salt_id=hashlib.blake2b(salt.encode(), digest_size=8, person=b"penstock").hexdigest(),
        values=values,
    )


def _column(told: dict[str, Any], nulls: int, listed: dict[str, int] | None) -> dict[str, Any]:
    """Facts of a column as a whole."""
    out = dict(told)
    lower_distinct, same = out.pop("lower_distinct", None), out.pop("same", None)
    lower = _counted(out.pop("lower_set", None))
    if "magnitude_low" in told or same is not None:
        out["constant"] = int(bool(same) and not nulls)
    if listed is not None:
        out |= {"distinct": len(listed), "rarest": min(listed.values(), default=None)}
    if listed is not None and lower is not None:
        out["case_variants"] = len(listed) - len(lower)
    elif lower_distinct is not None:
        # estimates: what differs by less than five standard errors is taken for equal
        surplus = out["distinct"] - lower_distinct
        out["case_variants"] = surplus if surplus > 0.07 * lower_distinct else 0
    return out


def _table(table: dict[str, Any], by_key: Mapping[str, Any], roles: Roles, files: int) -> dict[str, Any]:
    out = {name: value or 0 for name, value in table.items()}
    last = out.pop("last_partition")
    out["empty_partitions"] = last + 1 - out["filled_partitions"] if out["n"] else 0
    if files:
        out |= {"files": files, "empty_files": files - out.pop("filled_files")}
    shares = {"early_end", "late_start"}
    counts = {k: v for k, v in by_key.items() if k != "_tag" and not k.startswith("stuck:")}
    out |= {k: (None if v is None else float(v)) if k in shares else int(v or 0) for k, v in counts.items()}
    if not by_key:
        out |= {"duplicates": 0, **({"keys": 0} if roles.key else {})}
    return out


def _names(schema: StructType) -> dict[str, int]:
    """Facts of the names and types, which need no row."""
    names, kinds = schema.names, [families(leaf.type) for leaf in leaves(schema) if not leaf.steps]
    folded = Counter(dict.fromkeys(names, 1))
    lower = Counter(name.lower() for name in folded)
    return {
        "void_columns": sum("void" in kind for kind in kinds),
        "instant_columns": sum("timestamp" in kind for kind in kinds),
        "local_columns": sum("timestamp_ntz" in kind for kind in kinds),
        "repeated_names": len(names) - len(set(names)),
        "case_twins": sum(count - 1 for count in lower.values()),
        "odd_names": sum(any(mark in name for mark in ". `") for name in names),
    }


def _counted(histogram: Any) -> dict[int, int] | None:
    """The rows of each hash; None where there are more than are held. Two tasks may each have a bin of one value."""
    out: Counter[int] = Counter()
    for one in histogram or ():
        out[int(one["x"])] += int(one["y"])
    return None if histogram is None or len(out) > MOST_VALUES else dict(out)


def _hashed(counted: dict[int, int] | None, salt: str) -> dict[str, int] | None:
    """The rows of each value by its salted hash."""
    if counted is None:
        return None
    key = salt.encode()[:64]
    return {
        hashlib.blake2b(str(number).encode(), key=key, digest_size=8).hexdigest(): rows
        for number, rows in counted.items()
    }
