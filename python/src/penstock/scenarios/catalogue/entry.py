"""One scenario: what it means, where it applies, how it is planted, and how a profile shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Optional, Union

from . import places, predicate
from .plant import Step, planted
from .target import Target

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

    from penstock.scenarios.profile.model import Profile
    from penstock.scenarios.roles import Roles

Planter = Callable[["DataFrame", Target, int], "DataFrame"]
Detector = Callable[["Profile", Target], bool]


@dataclass(frozen=True)
class Entry:
    """A scenario of the catalogue.

    Args:
        id: `B5`; the letter is its family.
        name: in snake_case.
        meaning: what the data then looks like.
        seen: where it can be seen: `data`, `metadata` (partitions, files, two schemas), `roles` (needs the roles to
            say something), `environment` (the session's settings).
        kind: what it applies to, as `places` has it.
        types: families of types that it applies to, where it applies to columns.
        role: the role that names its columns; `narrowed` roles apply to all columns where nothing is said.
        narrowed: see there.
        detect: a predicate over the profile (`predicate`), or a function for a team's own entries.
        plant: steps as SQL templates (`plant`), by variant; or a function for a team's own.
        value: the fact that is true of a single row, for coverage of pairs; empty where no row alone shows it.
        against: whether it takes a second profile to see it.
        once: whether it is about a column as a whole, and so not about places inside arrays.
        pitfall: what goes wrong in Spark.
        source: where that is written down.
        settings: session settings that make it, for `environment`.
        since: the Spark that has the functions it needs.
        changes_schema: whether planting may change the schema.
    """

    id: str
    name: str
    meaning: str
    seen: str
    kind: str
    detect_with: Union[str, Detector]
    plant_with: Union[Mapping[str, tuple[Step, ...]], Planter]
    pitfall: str
    source: str = ""
    types: tuple[str, ...] = ()
    role: str = ""
    narrowed: bool = False
    value: str = ""
    against: bool = False
    once: bool = False
    settings: tuple[Mapping[str, str], ...] = ()
    since: str = "3.5"
    changes_schema: bool = False

    @property
    def family(self) -> str:
        """The letter."""
        return self.id[:1]

    def targets(self, schema: StructType, roles: Roles) -> tuple[Target, ...]:
        """Where it applies in a table of this schema; nowhere: `why_not` says why."""
        return places.of(self, schema, roles).targets

    def why_not(self, schema: StructType, roles: Roles) -> str:
        """Why it applies nowhere, as a sentence; empty where it does."""
        return places.of(self, schema, roles).why_not

    def plant(
        self,
        frame: DataFrame,
        target: Target,
        *,
        seed: int = 0,
        roles: Optional[Roles] = None,
        numbered: Optional[DataFrame] = None,
    ) -> DataFrame:
        """The frame with the scenario in it: a lazy plan of Spark SQL expressions, of the frame's schema.

        Rows are chosen by their number in the order of a hash of (seed, all columns), so that a row's cells depend on
        the rows and the seed only, never on partitions. Rows that are equal in every column may change places.

        Args:
            frame: any frame; for a target with a `table`, that table's frame.
            target: one of `targets`.
            seed: another seed chooses other rows.
            roles: what the target was found with.
            numbered: the frame with the rows' numbers as one more column, the last, where they are known already.
        """
        from penstock.scenarios.roles import Roles

        if callable(self.plant_with):
            return self.plant_with(frame, target, seed)
        steps = self.plant_with.get(target.variant, ())
        return planted(frame, steps, target, roles or Roles(), seed, numbered)

    def detect(self, profile: Profile, target: Target, against: Optional[Profile] = None) -> bool:
        """Whether a profile shows it; `against` is the profile that schemas and values are held against."""
        if callable(self.detect_with):
            return self.detect_with(profile, target)
        return predicate.holds(self.detect_with, profile.facts(target, against))

    def measured(self, profile: Profile, target: Target, against: Optional[Profile] = None) -> bool:
        """Whether the profile has what `detect` asks for."""
        if callable(self.detect_with):
            return True
        facts = profile.facts(target, against)
        return all(facts.get(name) is not None for name in predicate.names(self.detect_with))
