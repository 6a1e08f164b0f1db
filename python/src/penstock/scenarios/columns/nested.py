"""Arrays, structs and maps of other columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from penstock.scenarios.cell import Cell

from .base import Column, literal
from .numbers import Integer

_LONGEST = 100


@dataclass(frozen=True)
class Array(Column):
    """ARRAY of `of`, from `min` to `max` elements, at most 100: each element is written out in the query.

    A `transform` would be shorter, but Spark has no generated code for it, and an expression in it no name for an
    intermediate result.
    """

    of: Column = field(default_factory=Integer)
    min: int = 0
    max: int = 3

    def value(self, cell: Cell) -> str:
        n = f"CAST({cell.below(self.max - self.min + 1, 'size')} + {self.min}L AS INT)"
        # one element more than can be needed, so that the type is known where there is none
        elements = [self.of.sql(cell.element(i)) for i in range(1, max(self.max, 1) + 1)]
        return f"slice(array({', '.join(elements)}), 1, {n})"

    def problems(self) -> Iterator[str]:
        yield from super().problems()
        yield from self.of.problems()
        if not 0 <= self.min <= self.max <= _LONGEST:
            yield f"min={self.min}, max={self.max}: 0 to {_LONGEST}, in this order"
        yield from _alone(self.of, "an array")


@dataclass(frozen=True)
class Struct(Column):
    """STRUCT of named columns."""

    fields: Mapping[str, Column] = field(default_factory=lambda: {})

    def value(self, cell: Cell) -> str:
        parts = [f"{literal(name)}, {column.sql(cell.inside(name))}" for name, column in self.fields.items()]
        return f"named_struct({', '.join(parts)})"

    def problems(self) -> Iterator[str]:
        yield from super().problems()
        if not self.fields:
            yield "fields is empty"
        for name, column in self.fields.items():
            yield from (f"field '{name}': {problem}" for problem in column.problems())
            yield from _alone(column, "a struct")


@dataclass(frozen=True)
class Map(Column):
    """MAP of at most one entry, since random keys could repeat; `Sql` builds larger ones."""

    key: Column = field(default_factory=Integer)
    of: Column = field(default_factory=Integer)

    def value(self, cell: Cell) -> str:
        entry = f"struct({self.key.sql(cell.inside('key'))}, {self.of.sql(cell.inside('value'))})"
        return f"map_from_entries(slice(array({entry}), 1, CAST({cell.below(2, 'size')} AS INT)))"

    def problems(self) -> Iterator[str]:
        yield from super().problems()
        yield from (*self.key.problems(), *self.of.problems())
        yield from (*_alone(self.key, "a map"), *_alone(self.of, "a map"))
        if self.key.nulls:
            yield "a map's key cannot be null"


def _alone(column: Column, where: str) -> Iterator[str]:
    if column.derived or column.placed:
        yield f"{type(column).__name__} needs the rest of the row, so it cannot be inside {where}"
