"""What is to be made: tables of columns, and one seed. Plain frozen data; nothing here knows a session."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from penstock.core.errors import Refusal

from .cell import coprime, salt
from .columns.base import Column, share
from .columns.keys import ForeignKey
from .layers import layers, sql_text


@dataclass(frozen=True)
class Table:
    """A table: how many rows, and its columns by name.

    Args:
        rows: row ids are 0 to rows - 1.
        columns: by name, in order.
        keys: rows of this many keys take turns (`Key`, `Ticks` and `Operation` read it).
        shuffled: rows leave in another order inside blocks of this many: out of order, but never far.
        repeated: this share of rows comes once more at the end, exactly equal: delivery at least once.
        where: SQL over the columns; rows that it is not true for are left out. A device that falls silent, for one.
    """

    rows: int
    columns: Mapping[str, Column]
    keys: int = 1
    shuffled: int = 0
    repeated: float = 0.0
    where: str | None = None

    @property
    def delivered(self) -> int:
        """How many rows leave, before `where`."""
        return self.rows + int(self.rows * self.repeated)


@dataclass(frozen=True)
class Spec:
    """Tables by name, and the seed of all their randomness.

    Raises:
        Refusal: everything that is wrong with it, at once.
    """

    tables: Mapping[str, Table]
    seed: int = 0

    def __post_init__(self) -> None:
        found = [problem for name, table in self.tables.items() for problem in self._problems(name, table)]
        if found:
            raise Refusal(
                "\n".join(f"scenarios: {problem}  [penstock.wrong-spec]" for problem in found), ("wrong-spec",)
            )

    def table(self, name: str) -> Table:
        """One table.

        Raises:
            Refusal: there is none of this name.
        """
        if name not in self.tables:
            near = difflib.get_close_matches(name, list(self.tables), n=1)
            remedy = f"Did you mean '{near[0]}'?" if near else "Name one of them."
            raise Refusal(
                f"scenarios: the spec has no table '{name}'.\n"
                f"  It has: {', '.join(self.tables)}.   {remedy}  [penstock.unknown-table]",
                ("unknown-table",),
            )
        return self.tables[name]

    def sql(self, table: str, partitions: int | None = None) -> str:
        """The table as one SQL query, for any session and any language."""
        cut = f", {partitions}" if partitions else ""
        places = f"SELECT id AS _at FROM range(0, {self.table(table).delivered}, 1{cut})"
        return sql_text(f"SELECT {self.row_of(table)} AS _row FROM ({places})", layers(self, table))

    def row_sql(self, table: str, row: int) -> str:
        """One row, by its id, as one SQL query."""
        return sql_text(f"SELECT {row}L AS _row", layers(self, table))

    def row_of(self, table: str, endless: bool = False) -> str:
        """SQL text: the row id at a place `_at` in the order of delivery."""
        told = self.table(table)
        row = "_at"
        if told.shuffled > 1:
            width, step = told.shuffled, coprime(told.shuffled)
            block = f"(_at DIV {width}L)"
            turn = f"pmod(xxhash64({block}, {salt(self.seed, table)}L), {width}L)"
            moved = f"{block} * {width}L + pmod(pmod(_at, {width}L) * {step}L + {turn}, {width}L)"
            whole = "true" if endless else f"({block} + 1L) * {width}L <= {told.rows}L"
            row = f"if({whole}, {moved}, _at)"
        if told.repeated and not endless:
            again = f"pmod(xxhash64(_at, {salt(self.seed, table, 'repeated')}L), {told.rows}L)"
            row = f"if(_at < {told.rows}L, {row}, {again})"
        return row

    def _problems(self, name: str, table: Table) -> Iterator[str]:
        yield from (f"table '{name}': {problem}" for problem in _table_problems(table))
        for column_name, column in table.columns.items():
            where = f"{name}.{column_name}: "
            yield from (where + problem for problem in column.problems())
            if isinstance(column, ForeignKey):
                yield from (where + problem for problem in self._key_problems(column))

    def _key_problems(self, key: ForeignKey) -> Iterator[str]:
        parent = self.tables.get(key.table)
        if parent is None or key.column not in parent.columns:
            there = ", ".join(f"{t}.{c}" for t, told in self.tables.items() for c in told.columns)
            yield f"there is no column {key.table}.{key.column} to refer to; there are {there}"
            return
        column = parent.columns[key.column]
        if isinstance(column, ForeignKey) or column.derived:
            yield f"{key.table}.{key.column} is itself computed of others; refer to a column that stands alone"
        if parent.rows < 1:
            yield f"{key.table} has no rows to refer to"
        if key.orphans and not any(column.unique for column in parent.columns.values()):
            yield f"orphans need a unique key, and {key.table} has neither a Sequence nor a Uuid"


def _table_problems(table: Table) -> Iterator[str]:
    if table.rows < 0 or table.keys < 1 or table.shuffled < 0:
        told = f"rows={table.rows}, keys={table.keys}, shuffled={table.shuffled}"
        yield f"{told}: rows and blocks cannot be negative, keys start at 1"
    if not table.columns:
        yield "columns is empty"
    yield from share("repeated", table.repeated)
    for name in _clashing(list(table.columns)):
        yield f"column '{name}' clashes with another one, or with a name that the query uses itself (_row, _at, _d0)"


def _clashing(names: Sequence[str]) -> list[str]:
    lower = [name.lower() for name in names]
    return [n for n in names if lower.count(n.lower()) > 1 or re.fullmatch(r"_(row|at|d\d+|i\d+)", n.lower())]
