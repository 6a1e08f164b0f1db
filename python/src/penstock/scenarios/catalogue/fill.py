"""A template's placeholders, filled for one target in one table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from penstock.scenarios.leaves import Leaf, leaves

from . import texts
from .payload import payload_of

if TYPE_CHECKING:
    from pyspark.sql.types import StructType

    from penstock.scenarios.roles import Roles

    from .target import Target

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class Filled:
    """What each placeholder is, for a schema, its roles and a target."""

    def __init__(self, schema: StructType, roles: Roles, target: Target) -> None:
        self.leaves = {leaf.path: leaf for leaf in leaves(schema)}
        self.target, self.roles = target, roles
        self.places: dict[str, Leaf] = {}
        self.keys = [self.leaves[path] for path in roles.key if path in self.leaves]
        one = {"c": target.column, "t": roles.time, "a": roles.arrival, "op": roles.operation}
        one |= dict(zip(("start", "end"), roles.interval, strict=False))
        for i, leaf in enumerate(self.keys, start=1):
            one[f"k{i}"] = leaf.path
        for name, path in one.items():
            if path and path in self.leaves:
                self.places[name] = self.leaves[path]
        payload = payload_of(list(self.leaves.values()), roles)
        if payload:
            self.places["payload"] = payload
        self.values = self._values()

    def text(self, template: str) -> str:
        """A template with every placeholder replaced."""
        return _PLACEHOLDER.sub(lambda found: self.text(self.values[found[1]]), template)

    def name(self, template: str) -> str:
        """A column's name: `{name}` is the target's, `{swapped}` it in the other case."""
        old = self.places["c"].path
        return template.replace("{name}", old).replace("{swapped}", old.swapcase())

    def column(self, place: str) -> str:
        """The column that a place is in."""
        return f"c{self.places[place].column}"

    def written(self, told: Mapping[str, str], cast: bool = True) -> dict[str, str]:
        """New texts by column, for a step's `set`; a place that the table does not have is left out.

        `cast` keeps the place's type.
        """
        out: dict[str, str] = {}
        for name, template in told.items():
            for place in [f"k{i}" for i in range(1, len(self.keys) + 1)] if name == "k" else [name]:
                of = place.removesuffix("_us")
                if of in self.places:
                    leaf, value = self.places[of], self.text(template.replace("{k}", "{" + of + "}"))
                    new = texts.from_micros(value, leaf.type) if of != place else value
                    out[f"c{leaf.column}"] = leaf.write(new, cast)
        return out

    def _values(self) -> dict[str, str]:
        out: dict[str, str] = {"row": "_row"}
        keys = ", ".join(leaf.read for leaf in self.keys)
        out["keys"] = keys or "1"
        identity = [self.leaves[p].read for p in self.roles.identity if p in self.leaves]
        out["identity"] = ", ".join(identity) or "1"
        for name, leaf in self.places.items():
            of = texts.of_value(leaf.read, leaf.type, self.roles)
            out[name] = of["c"]
            out |= {f"{name}_{part}": text for part, text in of.items() if part != "c"}
            if name == "c":
                out |= {part: text for part, text in of.items() if part != "c"}
        out |= texts.of_roles(self.roles)
        order = [self.places[p].read for p in ("t",) if p in self.places]
        out["by_time"] = f"PARTITION BY {out['keys']} ORDER BY {', '.join([*order, '_row'])}"
        out["by_key"] = f"PARTITION BY {out['keys']}"
        return out
