"""When two values are the same: one rule per type, as Spark SQL text.

A value is first made plain (`plain`), so that equal values are those that Spark's own grouping and `<=>` call equal:

- float, double: NaN is NaN and nothing else; -0.0 is 0.0, as `=` has it, unless `signed_zero`;
- string, char, varchar: byte by byte, whatever the collation;
- map: a set of entries, in no order; its values follow the rules of their types;
- struct: field by field, in order; a null struct is not a struct of nulls;
- array: element by element; an empty array, a null array and an array of null are three values;
- variant: its schema and its JSON text; interval: months, days and microseconds, each on its own.

Fields get positions for names (`f0`, `f1`), so odd or repeated names inside a struct need no care further on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from penstock.core.errors import Refusal

if TYPE_CHECKING:
    from pyspark.sql.types import DataType

_TEXT = {"string", "char", "varchar"}
_FLOATING = {"float", "double"}
_WHOLE = {"byte", "short", "integer", "long"}
_AS_IS = {"boolean", "date", "timestamp", "timestamp_ntz", "binary", "variant", *_WHOLE, *_FLOATING}


@dataclass(frozen=True)
class Tolerance:
    """How far a number may be from the expected one: `absolute + relative * |expected|`, inclusive."""

    absolute: float
    relative: float
    whole: bool
    """Whether whole numbers are meant too: where the column was named, not where one tolerance is for all."""

    def covers(self, data_type: DataType) -> bool:
        """Whether it applies to a type, or to something inside it."""
        name = kind(data_type)
        here = name in {*_FLOATING, "decimal"} or (self.whole and name in _WHOLE)
        return here or any(map(self.covers, children(data_type)))


def kind(data_type: DataType) -> str:
    """The family of a type: `struct`, `array`, `map`, `double`, `decimal`, `string`, ..."""
    return str(data_type.typeName())


def children(data_type: DataType) -> list[DataType]:
    """The types inside: a struct's fields, an array's element, a map's key and value."""
    inside = cast(Any, data_type)
    if kind(data_type) == "struct":
        return [field.dataType for field in inside.fields]
    if kind(data_type) == "array":
        return [inside.elementType]
    return [inside.keyType, inside.valueType] if kind(data_type) == "map" else []


def plain_type(data_type: DataType, signed_zero: bool) -> str:
    """The type, as DDL, that a value is cast to first; a cast goes by position, so it also renames fields."""
    name, inside = kind(data_type), [plain_type(child, signed_zero) for child in children(data_type)]
    if name == "struct":
        return "struct<" + ", ".join(f"f{i}: {text}" for i, text in enumerate(inside)) + ">"
    if name in {"array", "map"}:
        return f"{name}<{', '.join(inside)}>"
    if name in _TEXT:
        return "binary"
    if name in {"void", "interval", "calendarinterval"} or (signed_zero and name in _FLOATING):
        return "string"  # Java writes different doubles differently, and -0.0 with its sign
    simple = str(data_type.simpleString())
    if name not in _AS_IS and not simple.startswith(("decimal", "interval ", "time(")):
        raise Refusal(
            f"assert_frames_equal: values of type {simple} cannot be compared.\n"
            "  Cast the column to one of Spark's own types before.  [penstock.type-not-comparable]",
            ("type-not-comparable",),
        )
    return simple


def plain(value: str, data_type: DataType, signed_zero: bool) -> str:
    """The SQL text of a value made plain."""
    return _sorted(f"CAST({value} AS {plain_type(data_type, signed_zero)})", data_type, 0)


def same(actual: str, expected: str, data_type: DataType, tolerance: Tolerance | None, depth: int = 0) -> str:
    """SQL text, never null: whether two plain values are the same, numbers within the tolerance."""
    if tolerance is None or not tolerance.covers(data_type):
        return f"({actual} <=> {expected})"
    near = _near(actual, expected, data_type, tolerance, depth)
    return (
        f"(({actual} <=> {expected}) OR ({actual} IS NOT NULL AND {expected} IS NOT NULL AND coalesce({near}, false)))"
    )


def shown(value: str, data_type: DataType, depth: int = 0) -> str:
    """SQL text that makes a plain value readable; null stays null, texts stand in quotes."""
    name, inside = kind(data_type), children(data_type)
    if name in _TEXT:
        return f"concat('\\'', CAST({value} AS STRING), '\\'')"  # not decode, which refuses broken bytes
    if name == "binary":
        return f"concat('X\\'', hex({value}), '\\'')"
    if name == "variant":
        return f"concat({value}.f1, ' (', {value}.f0, ')')"
    if name == "timestamp":  # with its offset: in an hour that comes twice, two instants look the same without
        return f"replace(date_format({value}, 'yyyy-MM-dd HH:mm:ss.SSSSSSXXX'), '.000000')"
    if name == "struct":
        parts = ", ', ', ".join(_or_null(shown(f"{value}.f{i}", t, depth)) for i, t in enumerate(inside)) or "''"
        return f"if({value} IS NULL, NULL, concat('{{', {parts}, '}}'))"
    if name == "array":
        each = _or_null(shown(f"s{depth}", inside[0], depth + 1))
        return f"concat('[', array_join(transform({value}, s{depth} -> {each}), ', '), ']')"
    if name == "map":
        key, item = (_or_null(shown(f"s{depth}.{f}", t, depth + 1)) for f, t in zip("kv", inside, strict=True))
        entry = f"concat({key}, ' -> ', {item})"
        return f"concat('{{', array_join(transform({value}, s{depth} -> {entry}), ', '), '}}')"
    return f"CAST({value} AS STRING)"


def _sorted(value: str, data_type: DataType, depth: int) -> str:
    """What a cast cannot do: maps become sorted entries, variants their schema and text."""
    name, inside = kind(data_type), children(data_type)
    if not _needs_work(data_type):
        return value
    if name == "variant":
        told = f"named_struct('f0', schema_of_variant({value}), 'f1', to_json({value}))"
        return f"if({value} IS NULL, NULL, {told})"
    if name == "struct":
        fields = ", ".join(f"'f{i}', {_sorted(f'{value}.f{i}', t, depth)}" for i, t in enumerate(inside))
        return f"if({value} IS NULL, NULL, named_struct({fields}))"
    if name == "array":
        return f"transform({value}, p{depth} -> {_sorted(f'p{depth}', inside[0], depth + 1)})"
    entry = ", ".join(
        f"'{f}', {_sorted(f'p{depth}.{whole}', t, depth + 1)}"
        for f, whole, t in zip("kv", ("key", "value"), inside, strict=True)
    )
    return f"array_sort(transform(map_entries({value}), p{depth} -> named_struct({entry})))"


def _near(actual: str, expected: str, data_type: DataType, tolerance: Tolerance, depth: int) -> str:
    """For two values that are not null; may be null where something inside is."""
    name, inside = kind(data_type), children(data_type)
    if name == "struct":
        parts = [same(f"{actual}.f{i}", f"{expected}.f{i}", t, tolerance, depth) for i, t in enumerate(inside)]
        return " AND ".join(parts)
    if name in {"array", "map"}:
        one, other = f"a{depth}", f"e{depth}"
        if name == "array":
            pair = same(one, other, inside[0], tolerance, depth + 1)
        else:
            item = same(f"{one}.v", f"{other}.v", inside[1], tolerance, depth + 1)
            pair = f"({one}.k <=> {other}.k) AND {item}"
        all_pairs = f"forall(zip_with({actual}, {expected}, ({one}, {other}) -> {pair}), z{depth} -> z{depth})"
        return f"(size({actual}) = size({expected}) AND {all_pairs})"
    return _near_number(actual, expected, name, tolerance)


def _near_number(actual: str, expected: str, name: str, tolerance: Tolerance) -> str:
    if name in _FLOATING:
        # An infinity is near nothing but itself, and NaN neither; without this rule inf - 1.0 <= rtol * inf holds.
        each = "NOT isnan({0}) AND abs(CAST({0} AS DOUBLE)) <> double('Infinity')"
        finite = f"{each.format(actual)} AND {each.format(expected)}"
        gap = f"abs(CAST({actual} AS DOUBLE) - CAST({expected} AS DOUBLE))"
    else:
        # Subtracted as decimals, where 2^53 is no limit; what overflows 38 digits is null, and so not near.
        finite, gap = "true", f"CAST(abs(try_subtract({_decimal(actual, name)}, {_decimal(expected, name)})) AS DOUBLE)"
    return (
        f"({finite} AND {gap} <= {tolerance.absolute!r}D + {tolerance.relative!r}D * abs(CAST({expected} AS DOUBLE)))"
    )


def _decimal(value: str, name: str) -> str:
    return value if name == "decimal" else f"CAST({value} AS DECIMAL(20, 0))"


def _needs_work(data_type: DataType) -> bool:
    return kind(data_type) in {"map", "variant"} or any(map(_needs_work, children(data_type)))


def _or_null(text: str) -> str:
    return f"coalesce({text}, 'null')"
