"""Texts: words, patterns, identifiers. Made of concatenations and look-ups only.

A higher-order function would be shorter to write, but Spark has no generated code for one: with it the whole row, all
columns of it, leaves code generation.
"""

from __future__ import annotations

import re
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
        if not self.max_words:
            return "''"
        first, more = (f"array({', '.join(literal(before + word) for word in _WORDS)})" for before in ("", " "))
        # Ten words of six bits from one draw of 64.
        at = [
            f"[CAST(shiftrightunsigned({cell.bits(f'words {i // 10}')}, {6 * (i % 10)}) & 63L AS INT)]"
            for i in range(self.max_words)
        ]
        words = [(more if i else first) + index for i, index in enumerate(at)]
        if self.min_words < self.max_words:
            n = cell.step(f"{cell.below(self.max_words - self.min_words + 1, 'count')} + {self.min_words}L")
            words = [w if i < self.min_words else f"if({n} > {i}L, {w}, '')" for i, w in enumerate(words)]
        return f"concat({', '.join(words)})"

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
        draw, used = 0, 1
        for piece in re.findall(r"##|#|\?|[^#?]+", self.template):
            listed = _LISTED.get(piece)
            if listed is None:
                parts.append(literal(piece))
                continue
            if used * len(listed) > _A_DRAW:
                draw, used = draw + 1, 1
            rest = cell.positive(str(draw)) if used == 1 else f"{cell.positive(str(draw))} DIV {used}L"
            parts.append(f"array({', '.join(map(literal, listed))})[CAST(({rest}) % {len(listed)}L AS INT)]")
            used *= len(listed)
        return f"concat({', '.join(parts)})" if parts else "''"


_LISTED = {
    "#": [str(i) for i in range(10)],
    "##": [f"{i:02}" for i in range(100)],
    "?": [chr(ord("A") + i) for i in range(26)],
}
"""What a piece of a template stands for. A look-up is a tenth of what it costs to make text of a number."""
_A_DRAW = 2**40
"""So many combinations are taken from one draw of 63 bits: none is off by more than a share of one in 2^23."""


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
