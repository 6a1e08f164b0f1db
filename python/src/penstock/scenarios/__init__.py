"""Scenarios: data for every situation that may appear over time. Plain Spark expressions, without Penstock's JAR."""

from penstock.core.compare.frames import assert_frames_equal

from .columns.choices import Category, Sql
from .columns.keys import ForeignKey, Key
from .columns.nested import Array, Map, Struct
from .columns.numbers import Boolean, Decimal, Exponential, Integer, Normal, Sequence, Uniform, Zipf
from .columns.texts import Pattern, Text, Uuid
from .columns.times import Arrival, Date, Operation, Ticks, Timestamp
from .generate import generate, row, stream
from .read import from_dict, from_schema, load
from .spec import Spec, Table

__all__ = [
    "Array",
    "Arrival",
    "Boolean",
    "Category",
    "Date",
    "Decimal",
    "Exponential",
    "ForeignKey",
    "Integer",
    "Key",
    "Map",
    "Normal",
    "Operation",
    "Pattern",
    "Sequence",
    "Spec",
    "Sql",
    "Struct",
    "Table",
    "Text",
    "Ticks",
    "Timestamp",
    "Uniform",
    "Uuid",
    "Zipf",
    "assert_frames_equal",
    "from_dict",
    "from_schema",
    "generate",
    "load",
    "row",
    "stream",
]
