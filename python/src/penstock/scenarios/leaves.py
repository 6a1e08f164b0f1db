"""Every place in a schema that can hold a value: columns, fields of structs, elements of arrays, values of maps.

A path is written `address.city`, `items[].price`, `tags{}`. In the SQL texts columns are called by position (`c0`,
`c1`), so that no name has to be quoted and repeated names do no harm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from .layers import quoted

if TYPE_CHECKING:
    from pyspark.sql.types import DataType, StructType

ELEMENT, VALUE = "[]", "{}"


@dataclass(frozen=True)
class Leaf:
    """A place: the column's position, the steps into it, and what is there."""

    path: str
    column: int
    steps: tuple[str, ...]
    type: DataType
    nullable: bool
    root: DataType
    """The type of the whole column."""

    @property
    def repeats(self) -> bool:
        """Whether a row has many of it, or none."""
        return ELEMENT in self.steps or VALUE in self.steps

    @property
    def writable(self) -> bool:
        """Whether a value can be planted there: anywhere but in a map."""
        return VALUE not in self.steps

    @property
    def read(self) -> str:
        """SQL text: its value; the first one, where a row has many."""
        text = f"c{self.column}"
        for step in self.steps:
            text = _into(text, step)
        return text

    def holds(self, condition: Callable[[str], str]) -> str:
        """SQL text, never null: whether a condition is true of its value, or of one of its values in the row."""
        return f"coalesce({_holds(f'c{self.column}', self.steps, condition, 0)}, false)"

    def write(self, value: str, cast: bool = True) -> str:
        """SQL text: the whole column with `value` in this place, all around it made where it was null."""
        new = f"CAST({value} AS {ddl(self.type)})" if cast else value
        return _written(f"c{self.column}", self.root, self.steps, new)


def leaves(schema: StructType) -> list[Leaf]:
    """All places, those that hold others before what they hold."""
    seen: dict[str, int] = {}
    out: list[Leaf] = []
    for i, field in enumerate(schema.fields):
        seen[field.name] = seen.get(field.name, 0) + 1
        name = field.name if seen[field.name] == 1 else f"{field.name}#{seen[field.name]}"
        out += _below(name, i, (), field.dataType, field.nullable, field.dataType)
    return out


def ddl(data_type: DataType) -> str:
    """A type as text for CAST, with its fields' names quoted."""
    inside, kind = cast(Any, data_type), data_type.typeName()
    if kind == "struct":
        return "struct<" + ", ".join(f"{quoted(f.name)}: {ddl(f.dataType)}" for f in inside.fields) + ">"
    if kind == "array":
        return f"array<{ddl(inside.elementType)}>"
    return f"map<{ddl(inside.keyType)}, {ddl(inside.valueType)}>" if kind == "map" else data_type.simpleString()


def hashable(leaf: str, data_type: DataType) -> str:
    """SQL text that xxhash64 takes: it has no hash for maps and variants."""
    text = ddl(data_type)
    if data_type.typeName() == "variant":
        return f"to_json({leaf})"
    if data_type.typeName() == "map" and text.count("map<") == 1:
        return f"array_sort(map_entries({leaf}))" if "variant" not in text else f"to_json({leaf})"
    return f"to_json({leaf})" if "map<" in text or "variant" in text else leaf


def row_hash(schema: StructType, seed: int | None = None) -> str:
    """SQL text: 64 bits of all columns of a row, the same in every session and partitioning."""
    parts = [hashable(f"c{i}", field.dataType) for i, field in enumerate(schema.fields)]
    return f"xxhash64({', '.join([*parts, *([f'{seed}L'] if seed is not None else [])]) or '0'})"


def _below(
    path: str, column: int, steps: tuple[str, ...], here: DataType, nullable: bool, root: DataType
) -> Iterator[Leaf]:
    yield Leaf(path, column, steps, here, nullable, root)
    inside, kind = cast(Any, here), here.typeName()
    if kind == "struct":
        for field in inside.fields:
            yield from _below(
                f"{path}.{field.name}", column, (*steps, field.name), field.dataType, nullable or field.nullable, root
            )
    if kind == "array":
        yield from _below(path + ELEMENT, column, (*steps, ELEMENT), inside.elementType, inside.containsNull, root)
    if kind == "map":
        yield from _below(path + VALUE, column, (*steps, VALUE), inside.valueType, inside.valueContainsNull, root)


def _into(text: str, step: str) -> str:
    if step == ELEMENT:
        return f"get({text}, 0)"
    return f"get(map_values({text}), 0)" if step == VALUE else f"{text}.{quoted(step)}"


def _holds(text: str, steps: tuple[str, ...], condition: Callable[[str], str], depth: int) -> str:
    if not steps:
        return f"({condition(text)})"
    if steps[0] in {ELEMENT, VALUE}:
        many = f"map_values({text})" if steps[0] == VALUE else text
        return f"exists({many}, x{depth} -> {_holds(f'x{depth}', steps[1:], condition, depth + 1)})"
    return _holds(_into(text, steps[0]), steps[1:], condition, depth)


def _written(text: str, here: DataType, steps: tuple[str, ...], value: str) -> str:
    if not steps:
        return value
    inside = cast(Any, here)
    if steps[0] == ELEMENT:
        return f"array({_written(_into(text, ELEMENT), inside.elementType, steps[1:], value)})"
    fields = ", ".join(
        f"'{_escaped(f.name)}', "
        + (_written(_into(text, f.name), f.dataType, steps[1:], value) if f.name == steps[0] else _into(text, f.name))
        for f in inside.fields
    )
    return f"named_struct({fields})"


def _escaped(name: str) -> str:
    return name.replace("\\", "\\\\").replace("'", "\\'")
