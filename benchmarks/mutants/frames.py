"""pandas frames by Hypothesis, of a Spark schema's types."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.extra import pandas as hp

_WHOLE = {"byte": 7, "short": 15, "integer": 31, "long": 63}


def frames_of(schema: Any) -> st.SearchStrategy[Any]:
    """Frames of up to twelve rows. Values repeat, else no two rows would share a key."""
    columns = [hp.column(f.name, elements=values_of(f.dataType), dtype=object) for f in schema.fields]
    return hp.data_frames(columns, index=hp.range_indexes(min_size=0, max_size=12))


def values_of(data_type: Any) -> st.SearchStrategy[Any]:
    """Any value of a type, or None."""
    return st.none() | _values(data_type)


def _values(data_type: Any) -> st.SearchStrategy[Any]:
    name = data_type.typeName()
    if name in _WHOLE:
        bound = 2 ** _WHOLE[name]
        return st.integers(-bound, bound - 1) | st.integers(0, 3)
    if name == "double":
        return st.floats() | st.sampled_from([0.0, 1.0, 2.0])
    if name == "decimal":
        return st.decimals(
            min_value=-(10 ** (data_type.precision - data_type.scale)) + 1,
            max_value=10 ** (data_type.precision - data_type.scale) - 1,
            places=data_type.scale,
            allow_nan=False,
        )
    if name == "string":
        return st.text(max_size=8) | st.sampled_from(["a", "b", "c"])
    if name in {"timestamp", "timestamp_ntz"}:
        return st.datetimes()
    if name == "array":
        return st.lists(values_of(data_type.elementType), max_size=3)
    if name == "struct":
        return st.fixed_dictionaries({f.name: values_of(f.dataType) for f in data_type.fields})
    raise ValueError(f"no strategy for {name}")
