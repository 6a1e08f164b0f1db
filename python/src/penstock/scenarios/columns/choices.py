"""Values out of a list, and SQL of one's own."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from penstock.scenarios.cell import Cell

from .base import Column, literal, number
from .weights import picked

_FEW = 8
"""So many comparisons are cheaper than three look-ups."""


@dataclass(frozen=True)
class Category(Column):
    """One of `values`, each as often as its weight says; without weights all equally."""

    values: tuple[Any, ...] = ("a", "b", "c")
    weights: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", tuple(self.values))
        if self.weights is not None:
            object.__setattr__(self, "weights", tuple(self.weights))

    def value(self, cell: Cell) -> str:
        if self.weights and len(self.weights) <= _FEW:
            return _by_share(cell, [literal(value) for value in self.values], self.weights)
        listed = f"array({', '.join(map(literal, self.values))})"
        index = picked(cell, self.weights) if self.weights else cell.below(len(self.values))
        return f"{listed}[CAST({index} AS INT)]"

    def problems(self) -> Iterator[str]:
        yield from super().problems()
        if not self.values:
            yield "values is empty"
        if self.weights is not None:
            if len(self.weights) != len(self.values):
                yield f"there are {len(self.values)} values and {len(self.weights)} weights"
            elif min(self.weights) < 0 or not 0 < sum(self.weights) < float("inf"):
                yield "weights must be 0 or more, and not all 0"


@dataclass(frozen=True)
class Sql(Column):
    """Spark SQL over other columns of the row, those before it among them; `type` casts the result.

    Deterministic expressions only: `rand()` would be another value in another partitioning.
    """

    expression: str = "NULL"
    type: str | None = None
    derived: ClassVar[bool] = True

    def value(self, cell: Cell) -> str:
        return f"CAST(({self.expression}) AS {self.type})" if self.type else f"({self.expression})"


def _by_share(cell: Cell, values: Sequence[str], weights: Sequence[float]) -> str:
    """The value in whose share of [0, 1) a draw falls; one of weight 0 never."""
    there = [(value, weight) for value, weight in zip(values, weights, strict=True) if weight > 0]
    total, unit = math.fsum(weights), cell.unit("pick")
    ends = [math.fsum(w for _, w in there[: i + 1]) / total for i in range(len(there) - 1)]
    when = " ".join(f"WHEN {unit} < {number(end)} THEN {value}" for end, (value, _) in zip(ends, there, strict=False))
    return f"CASE {when} ELSE {there[-1][0]} END" if when else there[-1][0]
