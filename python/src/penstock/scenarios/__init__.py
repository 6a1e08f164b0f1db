"""Scenarios: data for every situation that may appear over time. Plain Spark expressions, without Penstock's JAR."""

from penstock.core.compare.frames import assert_frames_equal

from .catalogue.entry import Entry
from .catalogue.registry import entries, entry, scenario
from .catalogue.target import Target
from .columns.choices import Category, Sql
from .columns.keys import ForeignKey, Key
from .columns.nested import Array, Map, Struct
from .columns.numbers import Boolean, Decimal, Exponential, Integer, Normal, Sequence, Uniform, Zipf
from .columns.texts import Pattern, Text, Uuid
from .columns.times import Arrival, Date, Operation, Ticks, Timestamp
from .gaps import Gaps, gaps
from .generate import generate, row, stream
from .infer import infer_roles
from .profile.model import Profile
from .profile.run import profile
from .read import from_dict, from_schema, load
from .roles import Foreign, Roles
from .spec import Spec, Table

__all__ = [
    "Array",
    "Arrival",
    "Boolean",
    "Category",
    "Date",
    "Decimal",
    "Entry",
    "Exponential",
    "Foreign",
    "ForeignKey",
    "Gaps",
    "Integer",
    "Key",
    "Map",
    "Normal",
    "Operation",
    "Pattern",
    "Profile",
    "Roles",
    "Sequence",
    "Spec",
    "Sql",
    "Struct",
    "Table",
    "Target",
    "Text",
    "Ticks",
    "Timestamp",
    "Uniform",
    "Uuid",
    "Zipf",
    "assert_frames_equal",
    "entries",
    "entry",
    "from_dict",
    "from_schema",
    "gaps",
    "generate",
    "infer_roles",
    "load",
    "profile",
    "row",
    "scenario",
    "stream",
]
