"""What is asked of each value: the facts of the data file, those that the roles add, and which of them make pairs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from penstock.scenarios.catalogue.load import family
from penstock.scenarios.catalogue.registry import entries
from penstock.scenarios.catalogue.texts import of_value
from penstock.scenarios.catalogue.types import families
from penstock.scenarios.catalogue.zones import turns
from penstock.scenarios.columns.base import literal
from penstock.scenarios.leaves import Leaf, leaves

from .pairs import ORDINARY

if TYPE_CHECKING:
    from pyspark.sql.types import StructType

    from penstock.scenarios.roles import Roles

MOST_PAIRED = 252
"""Values in pairs: each costs an aggregate for every 63 of them."""


@dataclass(frozen=True)
class Fact:
    """A question about one place, as SQL text that is never null; `ordinary` ones have none."""

    leaf: Leaf
    name: str
    sql: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Its place and name."""
        return self.leaf.path, self.name


def facts(schema: StructType, roles: Roles) -> list[Fact]:
    """All questions to all places."""
    return [fact for leaf in leaves(schema) for fact in _of_leaf(leaf, roles)]


def paired(asked: list[Fact], schema: StructType, roles: Roles) -> tuple[list[Fact], int]:
    """The facts that make pairs, each column's followed by its `ordinary`; and how many were left out."""
    wanted = {
        (column, entry.value)
        for entry in entries()
        if entry.value
        for target in entry.targets(schema, roles)
        for column in target.columns
    }
    by_leaf: dict[str, list[Fact]] = {}
    for fact in asked:
        if fact.key in wanted:
            by_leaf.setdefault(fact.leaf.path, []).append(fact)
    groups = [[*some, Fact(some[0].leaf, ORDINARY)] for some in by_leaf.values()]
    chosen: list[Fact] = []
    for group in groups:
        if len(chosen) + len(group) <= MOST_PAIRED:
            chosen += group
    return chosen, sum(map(len, groups)) - len(chosen)


def _of_leaf(leaf: Leaf, roles: Roles) -> Iterator[Fact]:
    kinds = families(leaf.type)
    for told in family("measures")["facts"]:
        if not kinds & set(told["types"]) or (told.get("zone") and turns(roles.zone) is None):
            continue
        yield Fact(leaf, told["name"], leaf.holds(_filled(told["sql"], leaf, roles)))
    allowed = roles.categories.get(leaf.path)
    if allowed:
        listed = ", ".join(map(literal, allowed))
        yield Fact(leaf, "unseen", leaf.holds(lambda c: f"{c} NOT IN ({listed})"))


def _filled(template: str, leaf: Leaf, roles: Roles):  # noqa: ANN202
    def condition(value: str) -> str:
        text = template
        for _ in range(2):  # a placeholder may stand for a text with placeholders
            for name, one in of_value(value, leaf.type, roles).items():
                text = text.replace("{" + name + "}", one)
        return text

    return condition
