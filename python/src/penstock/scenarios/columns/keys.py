"""Keys across tables: recomputed, never joined. A row picks a row of its parent and computes what stands there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from penstock.scenarios.cell import Cell, coprime, salt

from .base import Column, number, share
from .weights import zipf


@dataclass(frozen=True)
class Key(Column):
    """BIGINT: which of the table's `keys` a row belongs to, 0 to keys - 1; rows of all keys take turns."""

    placed: ClassVar[bool] = True

    def value(self, cell: Cell) -> str:
        return f"pmod({cell.row}, {cell.spec.table(cell.table).keys}L)"


@dataclass(frozen=True)
class ForeignKey(Column):
    """The value of `column` in a row of the parent `table`.

    Columns with the same `table` and `via` pick the same row: that is a composite key. A table may name itself; a row's
    parent is then an earlier row, so there is no cycle, and the first row has none.

    Args:
        table: the parent.
        column: its key column.
        via: a name for the choice of the parent row, where a table refers to one parent in two roles.
        orphans: the share of rows whose parent does not exist; the parent's key must be unique for that.
        childless: the share of parents that no row refers to.
        exponent: few parents have most children, as Zipf's law has it; 0: all have as many.
        roots: the share of rows without a parent, in a table that refers to itself.
    """

    table: str = ""
    column: str = "id"
    via: str = ""
    orphans: float = 0.0
    childless: float = 0.0
    exponent: float = 0.0
    roots: float = 0.0
    placed: ClassVar[bool] = True

    def value(self, cell: Cell) -> str:
        row = cell.step(self._row(cell))
        parent = cell.spec.table(self.table).columns[self.column]
        value = parent.sql(cell.at(self.table, self.column, row))
        return f"CASE WHEN {row} IS NOT NULL THEN {value} END" if self.table == cell.table else value

    def _row(self, cell: Cell) -> str:
        """The parent's row id; null where there is none."""
        pick = cell.at(cell.table, f"-> {self.table} {self.via}", cell.row)
        n = cell.spec.table(self.table).rows
        if self.table == cell.table:
            earlier = f"pmod({pick.bits('pick')}, greatest({cell.row}, 1L))"
            row = f"CASE WHEN {cell.row} > 0L AND {pick.unit('root')} >= {number(self.roots)} THEN {earlier} END"
        else:
            chosen = max(1, n - int(n * self.childless))
            place = zipf(pick, chosen, self.exponent) if self.exponent else pick.below(chosen, "pick")
            # Spread over all parents: else the hot and the childless ones would be the first and the last.
            offset = salt(cell.spec.seed, cell.table, self.table, self.via) % n
            row = f"pmod(({place}) * {coprime(n)}L + {offset}L, {n}L)"
        if not self.orphans:
            return row
        return f"if({pick.unit('orphan')} < {number(self.orphans)}, {pick.below(n, 'nobody')} + {n}L, {row})"

    def problems(self) -> Iterator[str]:
        yield from super().problems()
        for name in ("orphans", "childless", "roots"):
            yield from share(name, getattr(self, name))
        if not 0 <= self.exponent <= 10:
            yield f"exponent={self.exponent} is not between 0 and 10"
