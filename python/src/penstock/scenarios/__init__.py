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
from .ledger.changes import changes
from .oracles.answers import Expected, Reference
from .oracles.engines import Codegen, SameOn, SameUnder
from .oracles.invariants import Conserves, Invariant, NotNull, RowCount, Schema, Unique
from .oracles.mapped import LateArrival, Relabel, Shift
from .oracles.metamorphic import Backfill, Duplicates, Repartition, RowOrder, SplitUnion
from .over import over
from .profile.model import Profile
from .profile.run import profile
from .read import from_dict, from_schema, load
from .roles import Foreign, Roles
from .shrink.shrink import shrink
from .spec import Spec, Table
from .strategies import cases
from .write import write

__all__ = [
    "Array",
    "Arrival",
    "Backfill",
    "Boolean",
    "Category",
    "Codegen",
    "Conserves",
    "Date",
    "Decimal",
    "Duplicates",
    "Entry",
    "Expected",
    "Exponential",
    "Foreign",
    "ForeignKey",
    "Gaps",
    "Integer",
    "Invariant",
    "Key",
    "LateArrival",
    "Map",
    "Normal",
    "NotNull",
    "Operation",
    "Pattern",
    "Profile",
    "Reference",
    "Relabel",
    "Repartition",
    "Roles",
    "RowCount",
    "RowOrder",
    "SameOn",
    "SameUnder",
    "Schema",
    "Sequence",
    "Shift",
    "Spec",
    "SplitUnion",
    "Sql",
    "Struct",
    "Table",
    "Target",
    "Text",
    "Ticks",
    "Timestamp",
    "Uniform",
    "Unique",
    "Uuid",
    "Zipf",
    "assert_frames_equal",
    "cases",
    "changes",
    "entries",
    "entry",
    "from_dict",
    "from_schema",
    "gaps",
    "generate",
    "infer_roles",
    "load",
    "over",
    "profile",
    "row",
    "scenario",
    "shrink",
    "stream",
    "write",
]
