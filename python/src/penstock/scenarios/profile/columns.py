"""What is asked of a column as a whole: how many values, which sizes, which values where there are few."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from penstock.scenarios.catalogue.types import FLOATING, families

if TYPE_CHECKING:
    from penstock.scenarios.leaves import Leaf
    from penstock.scenarios.roles import Roles

MOST_VALUES = 64
"""A column with more values than this has no set of them."""


@dataclass(frozen=True)
class Question:
    """One aggregate and what its answer is: a fact of a path, or of the table."""

    path: str
    fact: str
    sql: str


def of_column(leaf: Leaf, roles: Roles, values: bool) -> list[Question]:
    """The aggregates of one place; of places that a row has many of, none."""
    kinds, c = families(leaf.type), leaf.read
    if leaf.repeats or "atomic" not in kinds:
        return []
    out = [("distinct", f"approx_count_distinct({c}, 0.01)")]
    if "numeric" in kinds:
        finite = f"AND abs({c}) <> double('Infinity') AND NOT isnan({c})" if leaf.type.typeName() in FLOATING else ""
        size = f"if({c} <> 0 {finite}, floor(log10(abs(CAST({c} AS DOUBLE)))), NULL)"
        out += [("same", f"min({c}) = max({c})")]
        out += [("magnitude_low", f"min({size})"), ("magnitude_high", f"max({size})")]
    if "time" in kinds:
        out += [("year_low", f"year(min({c}))"), ("year_high", f"year(max({c}))")]
    if "text" in kinds or leaf.path in roles.categories:
        out.append(("set", _histogram(f"xxhash64({c})", c)))
    if "text" in kinds:
        out.append(("lower_set", _histogram(f"xxhash64(lower({c}))", c)))
        out.append(("lower_distinct", f"approx_count_distinct(lower({c}), 0.01)"))
    if values:
        out += [("least", f"CAST(min({c}) AS STRING)"), ("greatest", f"CAST(max({c}) AS STRING)")]
        out += [("listed", f"array_sort(collect_set(CAST({c} AS STRING)))")] if leaf.path in roles.categories else []
    return [Question(leaf.path, name, sql) for name, sql in out]


def _histogram(hashed: str, value: str) -> str:
    """Each hash and its number of rows, as long as there are few: an exact histogram in bounded memory.

    Spark's histogram merges bins only when there are more values than bins. 53 bits are exact in a DOUBLE.
    """
    number = f"if({value} IS NULL, NULL, CAST(shiftrightunsigned({hashed}, 11) AS DOUBLE))"
    return f"histogram_numeric({number}, {MOST_VALUES + 1})"
