"""How notebooks refuse: one form for every refusal."""

from __future__ import annotations

from penstock.core.errors import Refusal


def refuse(code: str, *lines: str) -> Refusal:
    """A refusal in the house's form: what, what exists, what next; then its code."""
    return Refusal("\n".join(lines) + f" [penstock.{code}]", (code,))
