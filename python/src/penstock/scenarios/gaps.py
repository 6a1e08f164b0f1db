"""What a table does not contain: its profile held against the catalogue."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .catalogue import predicate
from .catalogue.load import titles
from .catalogue.registry import entries
from .infer import categories_of, infer_roles
from .profile.run import profile
from .profile.source import Data, frame_of
from .roles_check import checked

if TYPE_CHECKING:
    from pyspark.sql import SparkSession
    from pyspark.sql.types import StructType

    from .catalogue.entry import Entry
    from .catalogue.target import Target
    from .profile.model import Profile
    from .roles import Roles

PRESENT, MISSING, NOT_APPLICABLE = "present", "missing", "not applicable"


@dataclass(frozen=True)
class Gap:
    """One scenario at one place.

    Args:
        id: the scenario's id.
        name: its name.
        target: the place; empty where the scenario applies nowhere.
        status: `present`, `missing` or `not applicable`.
        why: the facts that decided it, or why it does not apply.
        pitfall: what goes wrong with it in Spark.
        elsewhere: whether the profile that this one is held against has it; None without such a profile.
    """

    id: str
    name: str
    target: str
    status: str
    why: str
    pitfall: str
    elsewhere: bool | None = None


@dataclass(frozen=True)
class Coverage:
    """How many of all are there."""

    covered: int
    of: int

    @property
    def share(self) -> float:
        """Between 0 and 1; of nothing everything is covered."""
        return self.covered / self.of if self.of else 1.0

    @property
    def percent(self) -> float:
        """In percent, to one digit, rounded down: 100 means all."""
        return int(self.share * 1000) / 10


@dataclass(frozen=True)
class Gaps:
    """All scenarios at all places of a table, and how much of them the table has."""

    rows: tuple[Gap, ...]
    profile: Profile

    @property
    def one_way(self) -> Coverage:
        """Scenarios at places: those that are present, of those that apply."""
        return _covered(self.rows)

    @property
    def two_way(self) -> Coverage:
        """Pairs of values of two columns: those that one row has, of all (docs/scenarios/gaps.md)."""
        return Coverage(*self.profile.pairs.counts)

    @property
    def by_family(self) -> dict[str, Coverage]:
        """One-way coverage of each family by its letter."""
        letters = sorted({row.id[0] for row in self.rows})
        return {letter: _covered(tuple(row for row in self.rows if row.id[0] == letter)) for letter in letters}

    def missing(self) -> tuple[Gap, ...]:
        """The scenarios that the table does not have; first what the other profile has."""
        gone = (row for row in self.rows if row.status == MISSING)
        return tuple(sorted(gone, key=lambda row: not row.elsewhere))

    def to_json(self) -> str:
        """All of it as JSON."""
        told: dict[str, Any] = {
            "penstock_gaps": 1,
            "rows_in_data": self.profile.rows,
            "roles": self.profile.roles.as_dict(),
            "one_way": _told(self.one_way),
            "two_way": {**_told(self.two_way), "left_out": self.profile.pairs.left_out},
            "families": {letter: _told(coverage) for letter, coverage in self.by_family.items()},
            "rows": [dataclasses.asdict(row) for row in self.rows],
        }
        return json.dumps(told, indent=1, ensure_ascii=False)

    def to_html(self, title: str = "Scenario gaps") -> str:
        """A page that needs nothing else: a bar for each family, and the table."""
        from .page.write import page

        return page(self, title, titles())


def gaps(
    data: Data,
    *,
    roles: Roles | None = None,
    against: Profile | None = None,
    related: Mapping[str, Data] | None = None,
    salt: str | None = None,
    spark: SparkSession | None = None,
) -> Gaps:
    """What of the catalogue a table has, what it does not have, and what cannot apply to it.

    Args:
        data: a frame, a table's name, or a path.
        roles: what the columns are for; None: what their names and types say (`infer_roles`).
        against: another table's profile, of production for one: shows what that has and this does not.
        related: the tables that `roles.foreign` refers to, by name.
        salt: the secret salt of `against`, where it was made with one.
        spark: a session; None: the frame's, or the one that runs here.

    Raises:
        Refusal: the data cannot be read, or a role names a column that is not there.
    """
    frame, _ = frame_of(data, spark)
    given = roles if roles is not None else infer_roles(frame.schema)
    checked(given, frame.schema)
    shared = salt if salt is not None else (against.salt or None if against else None)
    made = profile(data, given, related=related, salt=shared, spark=spark)
    if not given.categories:
        made = dataclasses.replace(made, roles=dataclasses.replace(given, categories=categories_of(made)))
    return Gaps(tuple(_rows(frame.schema, made, against)), made)


def _rows(schema: StructType, made: Profile, against: Profile | None) -> Iterator[Gap]:
    for entry in entries():
        why = entry.why_not(schema, made.roles)
        if entry.against and against is None:
            why = "it takes a second profile to see it"
        if why:
            yield Gap(entry.id, entry.name, "", NOT_APPLICABLE, why, entry.pitfall)
            continue
        for target in entry.targets(schema, made.roles):
            yield _row(entry, target, made, against)


def _row(entry: Entry, target: Target, made: Profile, against: Profile | None) -> Gap:
    elsewhere = None if against is None or entry.against else entry.detect(against, target)
    status, why = MISSING, _facts(entry, target, made, against)
    if entry.detect(made, target, against):
        status = PRESENT
    elif not entry.measured(made, target, against) and made.rows:
        status, why = NOT_APPLICABLE, _unmeasured(entry, target, made)
    return Gap(entry.id, entry.name, str(target), status, why, entry.pitfall, elsewhere)


def _facts(entry: Entry, target: Target, made: Profile, against: Profile | None) -> str:
    """The facts that the predicate asked for, as `nulls 0, n 10`."""
    if callable(entry.detect_with):
        return ""
    facts = made.facts(target, against)
    asked = sorted(predicate.names(entry.detect_with) - {"variant"})
    return ", ".join(f"{name} {facts[name]}" for name in asked if facts.get(name) is not None)


def _unmeasured(entry: Entry, target: Target, made: Profile) -> str:
    if target.kind == "relation" and target.relation not in made.relations:
        return f"the related table {made.roles.foreign[target.relation].table} was not given"
    if entry.id == "E1":
        return "the roles do not say which values are allowed, and there is no second profile with this column's values"
    if entry.id == "E2":
        return "it has more than 64 values"
    return "this was not measured"


def _covered(rows: tuple[Gap, ...]) -> Coverage:
    present = sum(row.status == PRESENT for row in rows)
    return Coverage(present, present + sum(row.status == MISSING for row in rows))


def _told(coverage: Coverage) -> dict[str, Any]:
    return {"covered": coverage.covered, "of": coverage.of, "percent": coverage.percent}
