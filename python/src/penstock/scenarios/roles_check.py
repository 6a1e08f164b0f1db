"""Roles held against a schema."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from penstock.core.errors import Refusal

from .catalogue.types import families
from .catalogue.zones import turns
from .leaves import leaves

if TYPE_CHECKING:
    from pyspark.sql.types import StructType

    from .roles import Roles


def checked(roles: Roles, schema: StructType) -> Roles:
    """The roles, if every column that they name is there, once per row, and of a type that can play the role.

    Raises:
        Refusal: everything that is wrong, at once.
    """
    there = {leaf.path: leaf for leaf in leaves(schema)}
    wrong: list[str] = []
    for role, paths in roles.named.items():
        for path in paths:
            if path not in there:
                near = difflib.get_close_matches(path, list(there), n=1)
                hint = f"   Did you mean {near[0]}?" if near else ""
                wrong.append(f"{role}: there is no column '{path}'.\n  There are: {', '.join(there)}.{hint}")
            elif role not in _MANY and there[path].repeats:
                wrong.append(f"{role}: '{path}' is inside an array or a map.\n  Name a place that a row has once.")
            elif role in _TIMES and not families(there[path].type) & {"time", "whole"}:
                kind = there[path].type.simpleString()
                wrong.append(f"{role}: '{path}' is {kind}.\n  It must be a timestamp, a date or a whole number.")
    for path, allowed in roles.categories.items():
        text = path in there and "text" in families(there[path].type)
        odd = next((value for value in allowed if text and not isinstance(value, str)), None)
        if odd is not None:
            kind = type(odd).__name__
            wrong.append(
                f"categories: '{path}' is text, and {odd!r} is {kind}.\n  In YAML write it in quotes: 'on', '7'."
            )
    turns(roles.zone)
    if wrong:
        text = "\n".join(f"scenarios: roles: {one}  [penstock.wrong-roles]" for one in wrong)
        raise Refusal(text, ("wrong-roles",))
    return roles


_TIMES = {"time", "arrival", "interval"}
_MANY = {"divisors", "positive", "date_texts", "categories"}
