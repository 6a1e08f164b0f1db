"""What a profile holds, and how it is written as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from penstock.core.errors import Refusal
from penstock.scenarios.roles import Roles

from .drift import drift
from .pairs import Pairs

if TYPE_CHECKING:
    from penstock.scenarios.catalogue.target import Target

FORMAT = 1


@dataclass(frozen=True)
class Profile:
    """Facts of one table. Counts are of rows; a fact that is not there was not measured.

    Args:
        schema: (name, type as DDL, nullable) of each column, in order.
        table: facts of the whole table: `n`, `duplicates`, `keys`, `max_rows`, `late`, ...
        columns: facts of each path: `type`, `nulls`, `distinct`, `magnitude_high`, ...
        relations: facts of each reference: `orphans`, `childless`, `many_to_many`, `types_differ`.
        environment: the session's settings that scenarios ask for.
        sets: by path, how often each value is there, by its salted hash; only columns with few values.
        pairs: which facts of two columns are true of one row.
        roles: the roles that it was made with.
        salt: of the hashes; empty where a secret one was given.
        salt_id: tells whether two profiles have the same salt.
        values: least and greatest values and the values of categories, only where they were asked for.
    """

    schema: tuple[tuple[str, str, bool], ...]
    table: Mapping[str, Any]
    columns: Mapping[str, Mapping[str, Any]]
    relations: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: {})
    environment: Mapping[str, Any] = field(default_factory=lambda: {})
    sets: Mapping[str, Mapping[str, int]] = field(default_factory=lambda: {})
    pairs: Pairs = field(default_factory=Pairs)
    roles: Roles = field(default_factory=Roles)
    salt: str = ""
    salt_id: str = ""
    values: Mapping[str, Any] = field(default_factory=lambda: {})

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return int(self.table["n"])

    def facts(self, target: Target, against: Profile | None = None) -> dict[str, Any]:
        """All facts that a predicate about a target may ask for."""
        column = self.columns.get(target.column, {})
        relation = self.relations.get(target.relation, {})
        out = {**self.environment, **self.table, **column, **relation, "variant": target.variant}
        return out if against is None else {**out, **drift(self, against, target.column)}

    def to_json(self) -> str:
        """The profile as JSON; `from_json` reads it."""
        told = {
            "penstock_profile": FORMAT,
            "schema": [list(one) for one in self.schema],
            "roles": self.roles.as_dict(),
            "pairs": self.pairs.as_dict(),
            **{name: getattr(self, name) for name in _PLAIN},
        }
        return json.dumps(told, indent=1, ensure_ascii=False, default=str)

    @classmethod
    def from_json(cls, text: str) -> Profile:
        """A profile from the text that `to_json` gave.

        Raises:
            Refusal: it is not a profile, or of a later version.
        """
        try:
            told: Any = json.loads(text)
        except ValueError:
            told = None
        if not isinstance(told, dict) or cast("dict[str, Any]", told).get("penstock_profile") != FORMAT:
            raise Refusal(
                f"scenarios: this is not a profile of format {FORMAT}.\n"
                "  `penstock scenarios profile DATA -o profile.json` writes one.  [penstock.no-profile]",
                ("no-profile",),
            )
        parts = cast("dict[str, Any]", told)
        return cls(
            schema=tuple((name, kind, nullable) for name, kind, nullable in parts["schema"]),
            roles=Roles.from_dict(parts["roles"]),
            pairs=Pairs.from_dict(parts["pairs"]),
            **{name: parts[name] for name in _PLAIN},
        )

    @classmethod
    def load(cls, path: str | Path) -> Profile:
        """A profile from a file.

        Raises:
            Refusal: there is none.
        """
        try:
            return cls.from_json(Path(path).read_text(encoding="utf-8"))
        except OSError as error:
            raise Refusal(
                f"scenarios: {path} cannot be read: {error.strerror}.\n"
                "  `penstock scenarios profile DATA -o profile.json` writes one.  [penstock.no-profile]",
                ("no-profile",),
            ) from None


_PLAIN = ("table", "columns", "relations", "environment", "sets", "salt", "salt_id", "values")
