"""The list of all scenarios: those of the data files, and a team's own."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from penstock.core.errors import Refusal

from .entry import Entry
from .load import built_in
from .places import KINDS

if TYPE_CHECKING:
    from penstock.scenarios.profile.model import Profile

    from .target import Target

_own: dict[str, Entry] = {}


def entries(family: str = "") -> tuple[Entry, ...]:
    """All scenarios, or those of one family (`A` to `H`, or a team's own letter).

    Raises:
        Refusal: there is no such family.
    """
    everything = (*built_in(), *_own.values())
    found = tuple(one for one in everything if not family or one.family == family.upper())
    if not found:
        there = ", ".join(sorted({one.family for one in everything}))
        raise _refused("no-such-family", f"there is no family '{family}'.", f"There are: {there}.")
    return found


def entry(name: str) -> Entry:
    """One scenario by its id (`B5`) or its name (`null_event_time`).

    Raises:
        Refusal: there is none.
    """
    everything = entries()
    for one in everything:
        if name in {one.name, one.id} or name.upper() == one.id:
            return one
    near = difflib.get_close_matches(name, [text for one in everything for text in (one.name, one.id)], n=1)
    remedy = f"Did you mean '{near[0]}'?" if near else "`penstock scenarios list` shows all."
    raise _refused("no-such-scenario", f"there is no scenario '{name}'.", remedy)


def scenario(
    id: str,
    *,
    meaning: str,
    pitfall: str,
    detect: Callable[[Profile, Target], bool] | str,
    kind: str = "table",
    types: tuple[str, ...] = ("any",),
    source: str = "",
    seen: str = "data",
    role: str = "",
    changes_schema: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Lists a team's own scenario: the decorated function `(frame, target, seed) -> frame` plants it and names it.

    Args:
        id: a letter of one's own and a number, such as `X1`.
        meaning: what the data then looks like.
        pitfall: what goes wrong with it.
        detect: `(profile, target) -> bool`, or a predicate as text, such as `"nulls > 0"`.
        kind: what it applies to: `table`, `columns` (of `types`), `key`, `time`, ...
        types: families of types, for `columns`.
        source: where it was seen.
        seen: `data`, or `roles` where it needs them to say something.
        role: the role that names its columns, for `columns`.
        changes_schema: whether planting may change the schema.

    Raises:
        Refusal: the id or the name is taken, or there is no such kind.
    """
    if kind not in KINDS:
        raise _refused("no-such-kind", f"{id}: there is no kind '{kind}'.", f"Kinds are: {', '.join(KINDS)}.")

    def listed(plant: Callable[..., Any]) -> Callable[..., Any]:
        name = plant.__name__
        for other in entries():
            same_place = callable(other.plant_with) and other.plant_with.__module__ == plant.__module__
            if (other.id == id or other.name == name) and not (same_place and other.id == id and other.name == name):
                raise _refused("scenario-taken", f"{id} {name}: {other.id} {other.name} is there.", "Take another.")
        _own[id] = Entry(
            id=id,
            name=name,
            meaning=meaning,
            seen=seen,
            kind=kind,
            detect_with=detect,
            plant_with=plant,
            pitfall=pitfall,
            source=source,
            types=types,
            role=role,
            changes_schema=changes_schema,
        )
        return plant

    return listed


def forget(id: str) -> None:
    """Takes a team's own scenario off the list."""
    _own.pop(id, None)


def _refused(code: str, what: str, remedy: str) -> Refusal:
    return Refusal(f"scenarios: {what}\n  {remedy}  [penstock.{code}]", (code,))
