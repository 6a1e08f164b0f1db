"""Values as SQL literals: exact, whatever the session's zone and settings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from penstock.core.compare.values import children, kind
from penstock.scenarios.layers import quoted
from penstock.scenarios.leaves import ddl

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import DataType, StructType

_SUFFIX = {"byte": "Y", "short": "S", "integer": "", "long": "L"}
_NESTED = {"array", "struct", "map"}
_SIMPLE = {
    "byte": "1Y",
    "short": "1S",
    "integer": "1",
    "long": "1L",
    "float": "CAST('1.0' AS FLOAT)",
    "double": "1.0D",
    "string": "'a'",
    "boolean": "false",
    "date": "DATE'2024-01-01'",
    "timestamp": "TIMESTAMP'2024-01-01 00:00:00Z'",
    "timestamp_ntz": "TIMESTAMP_NTZ'2024-01-01 00:00:00'",
}


@dataclass(frozen=True)
class Literals:
    """A small frame as text: its columns, and its rows as literals. `sql` makes it a frame again."""

    schema: StructType
    rows: tuple[tuple[str, ...], ...]

    def sql(self, name: str = "t", indent: str = "") -> str:
        """A query that gives exactly these rows, with these names and types."""
        names = [f.name for f in self.schema.fields]
        plain = all(re.fullmatch(r"[A-Za-z_]\w*", n) for n in names) and len({n.lower() for n in names}) == len(names)
        inside = names if plain else [f"c{i}" for i in range(len(names))]
        selected = [self._selected(i, inside[i], plain) for i in range(len(names))]
        what = "*" if selected == [quoted(n) for n in inside] else ", ".join(selected)
        rows = self.rows or (tuple("NULL" for _ in names),)
        values = f",\n{indent}".join(f"({', '.join(row)})" for row in rows)
        none = "" if self.rows else "\nWHERE false"
        columns = ", ".join(map(quoted, inside)) if not plain else ", ".join(inside)
        return f"SELECT {what} FROM VALUES\n{indent}{values}\nAS {name}({columns}){none}"

    def with_rows(self, rows: Sequence[tuple[str, ...]]) -> Literals:
        """The same columns with other rows."""
        return Literals(self.schema, tuple(rows))

    def _selected(self, i: int, inside: str, plain: bool) -> str:
        field = self.schema.fields[i]
        if any(row[i] != "NULL" for row in self.rows) and kind(field.dataType) not in _NESTED:
            return quoted(inside) if plain else f"{quoted(inside)} AS {quoted(field.name)}"
        return f"CAST({quoted(inside)} AS {ddl(field.dataType)}) AS {quoted(field.name)}"


def simple(data_type: DataType) -> str | None:
    """The plainest literal of a type; None where there is none plainer than what stands there."""
    name = kind(data_type)
    return f"CAST('1' AS {ddl(data_type)})" if name == "decimal" else _SIMPLE.get(name)


def literal_frame(frame: DataFrame) -> DataFrame:
    """The frame's values as texts: an array of literals per row, called `cells`."""
    fields = frame.schema.fields
    positions = frame.toDF(*[f"c{i}" for i in range(len(fields))])
    cells = ", ".join(literal(f"c{i}", field.dataType) for i, field in enumerate(fields))
    return positions.selectExpr(f"array({cells}) AS cells")


def read(cells: Sequence[str]) -> tuple[str, ...]:
    """A row of `literal_frame`; texts that a person can read are shown as texts, others as their bytes."""
    return tuple(re.sub(r"CAST\(X'([0-9A-F]*)' AS STRING\)", _readable, cell) for cell in cells)


def literal(value: str, data_type: DataType, depth: int = 0) -> str:
    """SQL text that makes the literal of a value."""
    return f"coalesce({_literal(value, data_type, depth)}, 'NULL')"


def _literal(value: str, data_type: DataType, depth: int) -> str:
    name = kind(data_type)
    if name in _SUFFIX:
        return f"concat({value}, '{_SUFFIX[name]}')"
    if name == "double":
        odd = f"isnan({value}) OR abs({value}) = double('Infinity')"
        return f"if({odd}, concat('double(\\'', {value}, '\\')'), concat({value}, 'D'))"
    if name == "boolean":
        return f"CAST({value} AS STRING)"
    if name == "timestamp":
        # wall time in UTC, without asking the session for its zone
        utc = f"(TIMESTAMP_NTZ'1970-01-01 00:00:00' + INTERVAL '0.000001' SECOND * unix_micros({value}))"
        return f"concat('TIMESTAMP\\'', {utc}, 'Z\\'')"
    if name in {"date", "timestamp_ntz"}:
        return f"concat('{name.upper()}\\'', {value}, '\\'')"
    if name in {"string", "char", "varchar", "binary"}:
        bytes_ = f"concat('X\\'', hex(CAST({value} AS BINARY)), '\\'')"
        return bytes_ if name == "binary" else f"concat('CAST(', {bytes_}, ' AS STRING)')"
    if name in _NESTED:
        return f"concat('CAST(', {_nested(value, data_type, depth)}, ' AS {ddl(data_type)})')"
    return f"concat('CAST(\\'', {value}, '\\' AS {ddl(data_type)})')"


def _nested(value: str, data_type: DataType, depth: int) -> str:
    name, inside = kind(data_type), children(data_type)
    if name == "struct":
        names = [str(field.name) for field in cast(Any, data_type).fields]
        pairs = zip(names, inside, strict=True)
        parts = [f"'\\'{_escaped(n)}\\', ', {literal(f'{value}.{quoted(n)}', t, depth)}" for n, t in pairs]
        parts_text = ", ', ', ".join(parts)
        return f"if({value} IS NULL, NULL, concat('named_struct(', {parts_text}, ')'))"
    if name == "array":
        each = literal(f"l{depth}", inside[0], depth + 1)
        return f"concat('array(', array_join(transform({value}, l{depth} -> {each}), ', '), ')')"
    key, item = (literal(f"l{depth}.{f}", t, depth + 1) for f, t in zip(("key", "value"), inside, strict=True))
    entry = f"concat({key}, ', ', {item})"
    return f"concat('map(', array_join(transform(map_entries({value}), l{depth} -> {entry}), ', '), ')')"


def _escaped(name: str) -> str:
    """A field's name inside two pairs of quotes."""
    return name.replace("'", "\\\\\\'")


def _readable(found: re.Match[str]) -> str:
    try:
        text = bytes.fromhex(found[1]).decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
    if not text.isprintable() or unicodedata.normalize("NFC", text) != text:
        return found[0]
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
