"""`penstock uses`: where a name is defined, and who uses it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

if TYPE_CHECKING:
    from penstock.notebooks.uses import Place


def uses(
    name: Annotated[
        Optional[str], typer.Argument(help="A name, or a dotted one; none: list what nobody uses.", show_default=False)
    ] = None,
    paths: Annotated[
        Optional[list[Path]], typer.Option("--in", metavar="PATH", help="Where to look; else in this folder.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the places as JSON.")] = False,
) -> None:
    """Say where a function, class or value is defined, and which notebooks and modules use it.

    Without a name: the functions and classes that nobody uses. Exit codes: 0 done, 2 there is no such name.

    Example: penstock uses delay_by_band --in notebooks --in src
    """
    from penstock.notebooks.uses import unused, uses_of

    places = paths or [Path()]
    if name is None:
        found = unused(places)
        told = {"unused": [one.as_dict() for one in found]}
        text = _listed("Nobody uses" if found else "Everything that is defined is used.", found)
    else:
        all_uses = uses_of(name, places)
        told = {part: [one.as_dict() for one in getattr(all_uses, part)] for part in ("defined", "used")}
        used = "used in" if all_uses.used else "used nowhere."
        text = _listed(f"{name} is defined in", all_uses.defined) + "\n" + _listed(used, all_uses.used)
    print(json.dumps(told, indent=2, ensure_ascii=False) if as_json else text)


def _listed(head: str, places: Sequence[Place]) -> str:
    where = [f"{one.path}:{one.line}" + (f" cell {one.cell}" if one.cell else "") for one in places]
    width = max(map(len, where), default=0)
    return "\n".join([head, *(f"  {at.ljust(width)}  {one.text}" for at, one in zip(where, places, strict=True))])
