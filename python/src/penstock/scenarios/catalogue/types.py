"""Families of types, as the catalogue's data files name them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from pyspark.sql.types import DataType

WHOLE = {"byte": 8, "short": 16, "integer": 32, "long": 64}
FLOATING = frozenset({"float", "double"})
TEXT = frozenset({"string", "char", "varchar"})
INSTANT, LOCAL = "timestamp", "timestamp_ntz"
ATOMIC = frozenset({*WHOLE, *FLOATING, *TEXT, "decimal", "boolean", "date", INSTANT, LOCAL, "binary"})


def families(data_type: DataType) -> frozenset[str]:
    """All families that a type belongs to: `any`, `numeric`, `whole`, `long`, ..."""
    name = data_type.typeName()
    name = "string" if name.startswith("string") else name
    found = {"any", name}
    if name in WHOLE:
        found |= {"whole", "numeric", "number"}
    if name in FLOATING:
        found |= {"floating", "numeric", "measured"}
    if name == "decimal":
        found |= {"numeric", "measured"}
    if name in TEXT:
        found.add("text")
    if name in {INSTANT, LOCAL, "date"}:
        found.add("time")
    if name in {INSTANT, LOCAL}:
        found.add("clock")
    if name in ATOMIC:
        found.add("atomic")
    if _is_entries(data_type):
        found.add("entries")
    if name == "struct" and cast(Any, data_type).fields:
        found.add("fields")
    return frozenset(found)


def _is_entries(data_type: DataType) -> bool:
    """An array of structs that begin with `key`: what a map is built from."""
    element = cast(Any, data_type).elementType if data_type.typeName() == "array" else None
    return element is not None and element.typeName() == "struct" and element.names[:1] == ["key"]
