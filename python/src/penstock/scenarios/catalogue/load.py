"""The data files, read: one per family, and one of what is measured."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, cast

from .entry import Entry

FAMILIES = ("shape", "nulls", "numbers", "texts", "keys", "times", "streams", "schema")
"""The files of the families A to H, in this order."""


@cache
def built_in() -> tuple[Entry, ...]:
    """The entries of the data files, in their order."""
    return tuple(_entry(told) for name in FAMILIES for told in family(name)["entries"])


def titles() -> dict[str, str]:
    """What each family is about, by its letter."""
    return {family(name)["family"]: family(name)["title"] for name in FAMILIES}


@cache
def family(name: str) -> dict[str, Any]:
    """One data file."""
    text = (Path(__file__).with_name("data") / f"{name}.json").read_text(encoding="utf-8")
    return cast("dict[str, Any]", json.loads(text))


def _entry(told: dict[str, Any]) -> Entry:
    given = dict(told)
    plant: Any = given.pop("plant", [])
    variants = cast("dict[str, Any]", plant if isinstance(plant, dict) else {"": plant})
    return Entry(
        detect_with=given.pop("detect"),
        plant_with={name: tuple(steps) for name, steps in variants.items()},
        types=tuple(given.pop("types", ())),
        settings=tuple(given.pop("settings", ())),
        **given,
    )
