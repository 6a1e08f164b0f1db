"""A table as layers of a query: draws first, then the columns that stand alone, then those computed of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .cell import ROW, Cell, Steps

if TYPE_CHECKING:
    from .spec import Spec


@dataclass(frozen=True)
class Layer:
    """One SELECT: what it adds to the columns below it, or (`only`) what it keeps; `where` filters before it."""

    columns: tuple[str, ...]
    only: bool = False
    where: str | None = None

    @property
    def expressions(self) -> list[str]:
        """What is selected."""
        return list(self.columns) if self.only else ["*", *self.columns]


def layers(spec: Spec, table: str) -> list[Layer]:
    """From the row id, `_row`, to the table."""
    told, steps = spec.table(table), Steps()
    alone: list[str] = []
    derived: list[Layer] = []
    for name, column in told.columns.items():
        text = f"{column.sql(Cell(spec, table, name, ROW, steps))} AS {quoted(name)}"
        if column.derived:
            derived.append(Layer((text,)))
        else:
            alone.append(text)
    draws = [Layer(tuple(f"{sql} AS {name}" for name, sql in layer.items())) for layer in steps.layers]
    last = Layer(tuple(quoted(name) for name in told.columns), only=True, where=told.where)
    return [*draws, Layer(tuple(alone)), *derived, last] if alone else [*draws, *derived, last]


def sql_text(source: str, layers: list[Layer]) -> str:
    """The layers over a query, as one query."""
    text = source
    for layer in layers:
        where = f" WHERE {layer.where}" if layer.where else ""
        text = f"SELECT {', '.join(layer.expressions)} FROM ({text}){where}"
    return text


def quoted(name: str) -> str:
    """A column's name in SQL."""
    return f"`{name.replace('`', '``')}`"
