"""Texts: words, patterns, identifiers. Made of concatenations and look-ups only.

A higher-order function would be shorter to write, but Spark has no generated code for one: with it the whole row, all
columns of it, leaves code generation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from penstock.scenarios.cell import Cell

from .base import Column, literal

_WORDS = [
    "amber",
    "anchor",
    "apple",
    "arch",
    "autumn",
    "bay",
    "beacon",
    "birch",
    "blue",
    "bridge",
    "brook",
    "calm",
    "canal",
    "cedar",
    "clay",
    "cliff",
    "cloud",
    "coast",
    "copper",
    "coral",
    "creek",
    "dawn",
    "delta",
    "dock",
    "dune",
    "east",
    "elm",
    "ember",
    "fern",
    "field",
    "fjord",
    "forest",
    "gate",
    "glen",
    "granite",
    "green",
    "grove",
    "harbour",
    "hazel",
    "heath",
    "hill",
    "iron",
    "island",
    "ivory",
    "jade",
    "lake",
    "larch",
    "lime",
    "linen",
    "maple",
    "marsh",
    "meadow",
    "mill",
    "mist",
    "moor",
    "north",
    "oak",
    "ocean",
    "orchid",
    "pine",
    "pond",
    "poplar",
    "port",
    "quarry",
]


@dataclass(frozen=True)
class Text(Column):
    """STRING: between `min_words` and `max_words` English words."""

    min_words: int = 1
    max_words: int = 5

    def value(self, cell: Cell) -> str:
        listed = f"array({', '.join(map(literal, _WORDS))})"
        # Ten words of six bits from one draw of 64.
        words = [
            f"{listed}[CAST(shiftrightunsigned({cell.bits(f'words {i // 10}')}, {6 * (i % 10)}) & 63L AS INT)]"
            for i in range(self.max_words)
        ]
        if self.min_words < self.max_words:
            n = cell.step(f"{cell.below(self.max_words - self.min_words + 1, 'count')} + {self.min_words}L")
            words = [w if i < self.min_words else f"if({n} > {i}L, {w}, NULL)" for i, w in enumerate(words)]
        return f"concat_ws(' ', {', '.join(words)})" if words else "''"

    def problems(self) -> Iterator[str]:
        yield from super().problems()
        if not 0 <= self.min_words <= self.max_words <= 200:
            yield f"min_words={self.min_words}, max_words={self.max_words}: 0 to 200, in this order"


@dataclass(frozen=True)
class Pattern(Column):
    """STRING after a template: `#` is a digit, `?` a letter from A to Z, all else stands for itself."""

    template: str = "??-####"

    def value(self, cell: Cell) -> str:
        parts: list[str] = []
        for i, char in enumerate(self.template):
            if char == "#":
                parts.append(f"CAST({cell.below(10, str(i))} AS STRING)")
            elif char == "?":
                parts.append(f"char({cell.below(26, str(i))} + 65L)")
            else:
                parts.append(literal(char))
        return f"concat({', '.join(parts)})" if parts else "''"


@dataclass(frozen=True)
class Uuid(Column):
    """STRING: a version 4 UUID of 122 random bits."""

    unique: ClassVar[bool] = True

    def value(self, cell: Cell) -> str:
        high, low = (f"lpad(hex({cell.bits(p)}), 16, '0')" for p in ("high", "low"))
        variant = f"substr('89AB', CAST({cell.below(4, 'variant')} AS INT) + 1, 1)"
        parts = [f"substr({high}, 1, 8)", f"substr({high}, 9, 4)", f"concat('4', substr({high}, 14, 3))"]
        parts += [f"concat({variant}, substr({low}, 2, 3))", f"substr({low}, 5, 12)"]
        return f"lower(concat_ws('-', {', '.join(parts)}))"
