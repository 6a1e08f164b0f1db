"""What differs between two schemas, said in words; nothing is run for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from .values import children, kind

if TYPE_CHECKING:
    from pyspark.sql.types import DataType, StructField, StructType


def occurrences(names: Sequence[str]) -> list[tuple[str, int]]:
    """Each name with how often it has come before, so that a repeated name is still one column each time."""
    seen: Counter[str] = Counter()
    out: list[tuple[str, int]] = []
    for name in names:
        out.append((name, seen[name]))
        seen[name] += 1
    return out


def differences(actual: StructType, expected: StructType, column_order: bool, nullability: bool) -> list[str]:
    """Every difference, one sentence each; names are compared letter by letter, case included."""
    ours, theirs = occurrences(actual.names), occurrences(expected.names)
    said = [
        f"column {_named(each)} is only in expected ({_of(expected, theirs, each)})"
        for each in theirs
        if each not in ours
    ]
    said += [
        f"column {_named(each)} is only in actual ({_of(actual, ours, each)})" for each in ours if each not in theirs
    ]
    if not said and column_order and ours != theirs:
        said.append(
            f"the columns stand in another order: {', '.join(actual.names)} in actual, "
            f"{', '.join(expected.names)} in expected (column_order=False pairs them by name)"
        )
    for each in (each for each in theirs if each in ours):
        pair = actual.fields[ours.index(each)], expected.fields[theirs.index(each)]
        said += _fields(f"column {_named(each)}", *pair, nullability)
    return said


def _fields(path: str, actual: StructField, expected: StructField, nullability: bool) -> Iterator[str]:
    if nullability and actual.nullable != expected.nullable:
        may = ("may be null", "is declared not null")
        yield f"{path} {may[not actual.nullable]} in actual, and {may[not expected.nullable]} in expected"
    yield from _types(path, actual.dataType, expected.dataType, nullability)


def _types(path: str, actual: DataType, expected: DataType, nullability: bool) -> Iterator[str]:
    one, other = cast(Any, actual), cast(Any, expected)
    if kind(actual) == kind(expected) == "struct" and one.names == other.names:
        for ours, theirs in zip(one.fields, other.fields, strict=True):
            yield from _fields(f"{path}, field {ours.name!r}", ours, theirs, nullability)
    elif kind(actual) == kind(expected) and kind(actual) in {"array", "map"}:
        whats = ("element",) if kind(actual) == "array" else ("key", "value")
        for what, ours, theirs in zip(whats, children(actual), children(expected), strict=True):
            yield from _types(f"{path}, {what}", ours, theirs, nullability)
        holds = "containsNull" if kind(actual) == "array" else "valueContainsNull"
        if nullability and getattr(one, holds) != getattr(other, holds):
            yield f"{path} has {holds} {getattr(one, holds)} in actual, {getattr(other, holds)} in expected"
    elif actual.simpleString() != expected.simpleString():
        yield f"{path} is {actual.simpleString()} in actual, {expected.simpleString()} in expected"


def _named(each: tuple[str, int]) -> str:
    name, before = each
    return repr(name) if before == 0 else f"{name!r} (number {before + 1} of that name)"


def _of(schema: StructType, names: list[tuple[str, int]], each: tuple[str, int]) -> str:
    return schema.fields[names.index(each)].dataType.simpleString()
