"""The randomness of one cell: 64 bits that depend on (seed, table, column, purpose, row) and on nothing else.

Bits are `xxhash64(row ^ salt)`, the salt a number made of everything but the row: one round of hashing for a draw.
So a cell is the same at any partition count, through every door, in a batch, a stream or alone; and no column's values
depend on which other columns there are.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .spec import Spec

ROW = "_row"
"""The row id inside the generated SQL."""


class Steps:
    """Intermediate results, each in the lowest layer of the query that can hold it.

    Spark evaluates what has a name once; without names a long formula would repeat its logarithm a dozen times.
    """

    def __init__(self) -> None:
        self.layers: list[dict[str, str]] = []
        self._names: dict[str, str] = {}

    def name(self, text: str) -> str:
        """A short name for a text of SQL; the same text has the same name."""
        known = self._names.get(text)
        if known is not None:
            return known
        needs = re.findall(r"\b_d\d+\b", text)
        level = 1 + max((i for i, layer in enumerate(self.layers) for n in needs if n in layer), default=-1)
        if level == len(self.layers):
            self.layers.append({})
        made = self._names[text] = f"_d{len(self._names)}"
        self.layers[level][made] = text
        return made


@dataclass(frozen=True)
class Cell:
    """Where a value is made: in a column of a table of a spec, at a row id."""

    spec: Spec
    table: str
    column: str
    row: str = ROW
    steps: Steps = field(default_factory=Steps, compare=False)

    def bits(self, purpose: str = "") -> str:
        """64 random bits as a BIGINT; each purpose has its own."""
        return self.step(f"xxhash64({self.row} ^ {salt(self.spec.seed, self.table, self.column, purpose)}L)")

    def unit(self, purpose: str = "") -> str:
        """A DOUBLE in [0, 1): 53 bits, exact in every step."""
        return self.step(f"shiftrightunsigned({self.bits(purpose)}, 11) * 1.1102230246251565E-16D")

    def open_unit(self, purpose: str = "") -> str:
        """A DOUBLE in (0, 1), for logarithms: the middles of 2^52 equal steps."""
        return self.step(f"(shiftrightunsigned({self.bits(purpose)}, 12) + 0.5D) * 2.220446049250313E-16D")

    def below(self, n: int, purpose: str = "") -> str:
        """A BIGINT in [0, n). No value's probability is off by more than a share of n / 2^63."""
        return f"({self.positive(purpose)} % {n}L)"

    def positive(self, purpose: str = "") -> str:
        """63 random bits as a BIGINT that is not negative: its remainders need no branch that half of all rows take."""
        return f"shiftrightunsigned({self.bits(purpose)}, 1)"

    def step(self, text: str) -> str:
        """A name for an intermediate result."""
        return self.steps.name(text)

    def inside(self, part: str) -> Cell:
        """The same row, for a part of the value."""
        return replace(self, column=f"{self.column}.{part}")

    def element(self, index: int) -> Cell:
        """An element of an array: the index joins the row id."""
        return replace(self, column=f"{self.column}[]", row=f"{self.row}, {index}L")

    def at(self, table: str, column: str, row: str) -> Cell:
        """A cell of another row, to compute what stands there."""
        return replace(self, table=table, column=column, row=row)


def salt(*parts: object) -> int:
    """A number in [0, 2^63) for the parts; stable for ever, since data in tests depends on it."""
    digest = hashlib.blake2b(repr(tuple(map(str, parts))).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def coprime(n: int) -> int:
    """A step that reaches every number below n before it repeats one; below 2^30, so that products stay in 64 bits."""
    from math import gcd

    step = max(1, min(int(n * 0.6180339887), 2**30 - 1))
    while gcd(step, n) != 1:
        step -= 1
    return step
