"""What every kind of column has: a null mask, and the SQL text of its value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal as PyDecimal
from typing import Any, ClassVar

from penstock.core.errors import Refusal
from penstock.scenarios.cell import Cell


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column; `nulls` is the share of its values that are null."""

    nulls: float = 0.0
    unique: ClassVar[bool] = False
    """Whether different rows never have the same value."""
    derived: ClassVar[bool] = False
    """Whether it is computed of other columns of its row."""
    placed: ClassVar[bool] = False
    """Whether it depends on the row's place in its table, or on another table: such a column is not part of another."""

    def sql(self, cell: Cell) -> str:
        """The value, as SQL text; null where the mask says so."""
        value = self.value(cell)
        if not self.nulls:
            return value
        return f"CASE WHEN {cell.unit('null')} >= {number(self.nulls)} THEN {value} END"

    def value(self, cell: Cell) -> str:
        """The value without the mask, as SQL text."""
        raise NotImplementedError

    def problems(self) -> Iterator[str]:
        """What is wrong with the description itself."""
        yield from share("nulls", self.nulls)


def share(name: str, value: object) -> Iterator[str]:
    """Whether a parameter is a share of one."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        yield f"{name}={value!r} is not a share between 0 and 1"


def number(value: float) -> str:
    """A DOUBLE literal."""
    return f"{float(value)!r}D"


def literal(value: Any) -> str:
    """A Python value as an SQL literal; whole numbers are BIGINT."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f"{value}L"
    if isinstance(value, float):
        return f"double('{value}')" if value - value != 0 else number(value)
    if isinstance(value, PyDecimal):
        return f"{value:f}BD"
    if type(value) is date:
        return f"DATE'{value.isoformat()}'"
    if isinstance(value, str):
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    raise Refusal(
        f"scenarios: a value cannot be a {type(value).__name__}.\n"
        "  Values are texts, numbers, Decimal, booleans, dates or None.   For others write Sql('...').  "
        "[penstock.wrong-value]",
        ("wrong-value",),
    )
