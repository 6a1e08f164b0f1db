"""Which column may differ between two versions of a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import texts

if TYPE_CHECKING:
    from penstock.scenarios.leaves import Leaf
    from penstock.scenarios.roles import Roles


def payload_of(there: list[Leaf], roles: Roles) -> Leaf | None:
    """The first column that neither identifies a row nor says when it was."""
    fixed = {*roles.identity, roles.time, roles.arrival}
    free = (leaf for leaf in there if not leaf.steps and leaf.path not in fixed)
    return next((leaf for leaf in free if texts.another("x", leaf.type) != "NULL"), None)
