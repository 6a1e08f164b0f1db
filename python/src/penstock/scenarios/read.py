"""Specs from elsewhere: plain dictionaries, YAML files, schemas."""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from penstock.core.errors import PenstockError, Refusal

from .columns import choices, keys, nested, numbers, texts, times
from .columns.base import Column
from .spec import Spec, Table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import DataType, StructType

KINDS: dict[str, type[Column]] = {
    re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower(): kind
    for kind in (
        choices.Category,
        choices.Sql,
        keys.ForeignKey,
        keys.Key,
        nested.Array,
        nested.Map,
        nested.Struct,
        numbers.Boolean,
        numbers.Decimal,
        numbers.Exponential,
        numbers.Integer,
        numbers.Normal,
        numbers.Sequence,
        numbers.Uniform,
        numbers.Zipf,
        texts.Pattern,
        texts.Text,
        texts.Uuid,
        times.Arrival,
        times.Date,
        times.Operation,
        times.Ticks,
        times.Timestamp,
    )
}
"""Every kind of column, by the name that it has in YAML."""

_WHOLE = {"byte": (-128, 127), "short": (-(2**15), 2**15 - 1), "integer": (-(2**31), 2**31 - 1)}


def load(path: str | Path) -> Spec:
    """A spec from a YAML file, in the form that `from_dict` takes.

    Raises:
        Refusal: something in the file is wrong; everything that is, at once.
    """
    try:
        import yaml
    except ImportError:
        raise PenstockError(
            "scenarios: PyYAML is not installed here.\n"
            "  pip install 'penstock[notebooks]' brings it; from_dict() needs none.  [penstock.error]"
        ) from None
    try:
        told = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise _refused(f"{path} is not YAML: {' '.join(str(error).split())}", "Correct the file.") from None
    return from_dict(told)


def from_dict(told: Any) -> Spec:
    """A spec from plain values: `{seed: 7, tables: {name: {rows: 10, columns: {name: KIND}}}}`.

    KIND is a kind's name, or a dictionary with `kind` and its parameters: `{kind: normal, mean: 5}`.

    Raises:
        Refusal: something is wrong.
    """
    given = _mapping("the spec", told, {"seed", "tables"})
    tables: dict[str, Table] = {}
    for name, table in _mapping("tables", given.get("tables"), None).items():
        fields = _mapping(f"table '{name}'", table, {f.name for f in dataclasses.fields(Table)})
        columns = {
            column: _column(f"{name}.{column}", kind)
            for column, kind in _mapping(f"columns of '{name}'", fields.get("columns"), None).items()
        }
        if "rows" not in fields:
            raise _refused(f"table '{name}' does not say how many rows it has.", "Write rows: 1000.")
        tables[name] = Table(**{**fields, "columns": cast(Any, columns)})
    return Spec(tables, given.get("seed", 0))


def from_schema(
    schema: StructType | DataFrame, rows: int, name: str = "table", *, nulls: float = 0.0, seed: int = 0
) -> Spec:
    """A spec with a column for every field of a schema, at any depth; nullable fields get a share `nulls` of nulls.

    `dataclasses.replace` and a dictionary of columns make it more like the real thing.

    Raises:
        Refusal: a type of which nothing can be made.
    """
    told = cast("StructType", getattr(schema, "schema", schema))
    columns = {f.name: _of_type(f.name, f.dataType, nulls if f.nullable else 0.0) for f in told.fields}
    return Spec({name: Table(rows, columns)}, seed)


def _column(where: str, told: Any) -> Column:
    if isinstance(told, str):
        told = {"kind": told}
    if not isinstance(told, Mapping) or "kind" not in told:
        raise _refused(f"{where} has no kind.", f"Kinds are: {', '.join(KINDS)}.")
    given = dict(cast("Mapping[str, Any]", told))
    name = str(given.pop("kind"))
    kind = KINDS.get(name)
    if kind is None:
        near = difflib.get_close_matches(name, list(KINDS), n=1)
        remedy = f"Did you mean {near[0]}?" if near else ""
        raise _refused(f"{where}: there is no kind '{name}'.", f"Kinds are: {', '.join(KINDS)}.   {remedy}".rstrip())
    _mapping(where, given, {f.name for f in dataclasses.fields(kind)})
    for part in ("of", "key"):
        if part in given and kind in (nested.Array, nested.Map):
            given[part] = _column(f"{where}.{part}", given[part])
    if kind is nested.Struct:
        given["fields"] = {f: _column(f"{where}.{f}", v) for f, v in _mapping(where, given.get("fields"), None).items()}
    return kind(**given)


def _of_type(where: str, data_type: DataType, nulls: float = 0.0) -> Column:
    name, told = data_type.typeName(), cast(Any, data_type)
    if name in _WHOLE:
        low, high = _WHOLE[name]
        # computed of nothing but the row: a cast keeps the field's type
        return _Cast(numbers.Integer(low, high), data_type.simpleString(), nulls=nulls)
    if name == "array":
        return nested.Array(_of_type(where, told.elementType), nulls=nulls)
    if name == "map":
        return nested.Map(_of_type(where, told.keyType), _of_type(where, told.valueType), nulls=nulls)
    if name == "struct":
        inner = {f.name: _of_type(f"{where}.{f.name}", f.dataType, nulls if f.nullable else 0.0) for f in told.fields}
        return nested.Struct(inner, nulls=nulls)
    if name == "decimal":
        return numbers.Decimal(told.precision, told.scale, nulls=nulls)
    made = _SIMPLE.get(name)
    if made is None:
        raise _refused(f"nothing can be made for {where}, a {data_type.simpleString()}.", "Write Sql('...', type).")
    return dataclasses.replace(made, nulls=nulls)


@dataclasses.dataclass(frozen=True)
class _Cast(Column):
    """Another kind, as another type."""

    of: Column = dataclasses.field(default_factory=numbers.Integer)
    type: str = "int"

    def value(self, cell: Any) -> str:
        return f"CAST({self.of.sql(cell)} AS {self.type})"


_SIMPLE: dict[str, Column] = {
    "long": numbers.Integer(-(2**63), 2**63 - 1),
    "double": numbers.Normal(0.0, 1000.0),
    "float": _Cast(numbers.Normal(0.0, 1000.0), "float"),
    "string": texts.Text(0, 4),
    "boolean": numbers.Boolean(),
    "date": times.Date("1970-01-01", "2037-12-31"),
    "timestamp": times.Timestamp("1970-01-01", "2038-01-01"),
    "timestamp_ntz": times.Timestamp("1970-01-01", "2038-01-01", ntz=True),
    "binary": _Cast(texts.Text(0, 4), "binary"),
}


def _mapping(what: str, told: Any, known: set[str] | None) -> dict[str, Any]:
    if not isinstance(told, Mapping):
        raise _refused(f"{what} must be a dictionary, and is {told!r}.", "See docs/scenarios/generate.md.")
    given = cast("dict[str, Any]", dict(told))  # pyright: ignore[reportUnknownArgumentType]
    unknown = [name for name in given if known is not None and name not in known]
    if unknown:
        raise _refused(f"{what} has no parameter '{unknown[0]}'.", f"It has: {', '.join(sorted(known or ()))}.")
    return given


def _refused(what: str, remedy: str) -> Refusal:
    return Refusal(f"scenarios: {what}\n  {remedy}  [penstock.wrong-spec]", ("wrong-spec",))
