"""The types of parameters: what text and values each one takes, and how a value is written back as Python."""

from __future__ import annotations

import ast
import datetime as _penstock_datetime
import math
import pathlib as _penstock_pathlib
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from penstock.notebooks.durations import read_duration, write_duration
from penstock.notebooks.kinds import Kind, Wrong, literal

CHOICE = Kind("choice", choices=("fast", "exact", 3))


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Kind("str"), "5", "5"),
        (Kind("str"), "None", "None"),
        (Kind("str", optional=True), "None", None),
        (Kind("int"), "-1_000", -1000),
        (Kind("float"), "1e3", 1000.0),
        (Kind("bool"), "Yes", True),
        (Kind("bool"), "0", False),
        (Kind("date"), "2024-02-29", date(2024, 2, 29)),
        (Kind("datetime"), "2024-01-01T10:00Z", datetime(2024, 1, 1, 10, tzinfo=timezone.utc)),
        (Kind("datetime"), "2024-01-01", datetime(2024, 1, 1)),
        (Kind("timedelta"), "1h 30m", timedelta(minutes=90)),
        (Kind("Path"), "a b/c", Path("a b/c")),
        (CHOICE, "fast", "fast"),
        (CHOICE, "3", 3),
        (Kind("list", item=Kind("int")), "1, 2", [1, 2]),
        (Kind("list", item=Kind("str")), "", []),
        (Kind("list", item=Kind("str")), '["a,b", "c"]', ["a,b", "c"]),
        (Kind("list", item=Kind("date")), "2024-01-01,2024-01-02", [date(2024, 1, 1), date(2024, 1, 2)]),
        (Kind("dict"), '{"a": [1]}', {"a": [1]}),
        (Kind("any"), "1.5", 1.5),
        (Kind("any"), "None", None),
        (Kind("any"), "true", "true"),  # as papermill reads it
    ],
)
def test_text_is_read(kind: Kind, text: str, value: Any) -> None:
    read = kind.read(text)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind("int"), "1.0"),
        (Kind("int"), ""),
        (Kind("float"), "one"),
        (Kind("bool"), "maybe"),
        (Kind("date"), "2024-02-30"),
        (Kind("date"), "tomorrow"),
        (Kind("datetime"), "10:00"),
        (Kind("timedelta"), "soon"),
        (Kind("timedelta"), "1 month"),
        (Kind("timedelta"), ""),
        (Kind("Path"), ""),
        (CHOICE, "slow"),
        (Kind("list", item=Kind("int")), "1,x"),
        (Kind("list", item=Kind("int")), "[1,"),
        (Kind("dict"), "a: 1"),
        (Kind("DataFrame"), "x"),
    ],
)
def test_text_is_refused(kind: Kind, text: str) -> None:
    with pytest.raises(Wrong, match=r"\w"):
        kind.read(text)


@pytest.mark.parametrize(
    ("kind", "value", "accepted"),
    [
        (Kind("float"), 1, 1.0),
        (Kind("Path"), "a", Path("a")),
        (Kind("date"), "2024-01-01", date(2024, 1, 1)),
        (Kind("datetime"), date(2024, 1, 1), datetime(2024, 1, 1)),
        (Kind("timedelta"), "5 minutes", timedelta(minutes=5)),
        (Kind("list", item=Kind("float")), (1, 2.5), [1.0, 2.5]),
        (Kind("int", optional=True), None, None),
        (CHOICE, 3, 3),
    ],
)
def test_a_value_is_taken_where_nothing_is_lost(kind: Kind, value: Any, accepted: Any) -> None:
    taken = kind.accept(value)
    assert taken == accepted
    assert type(taken) is type(accepted)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind("int"), True),
        (Kind("int"), 1.0),
        (Kind("int"), "1"),
        (Kind("int"), None),
        (Kind("str"), 5),
        (Kind("bool"), 1),
        (Kind("float"), False),
        (Kind("date"), datetime(2024, 1, 1)),
        (CHOICE, True),
        (Kind("list", item=Kind("int")), "1,2"),
        (Kind("dict"), {"a": object()}),
        (Kind("any"), object()),
    ],
)
def test_a_value_of_another_type_is_refused(kind: Kind, value: Any) -> None:
    with pytest.raises(Wrong):
        kind.accept(value)


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.dates() | st.timedeltas()
    | st.datetimes(timezones=st.none() | st.just(timezone.utc)) | st.text(min_size=1).map(Path),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(plain)
def test_a_literal_makes_the_same_value_and_is_only_data(value: Any) -> None:
    source = literal(value)
    names = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    assert names <= {"_penstock_datetime", "_penstock_pathlib", "float"}
    assert "\n" not in source
    assert eval(source, {"_penstock_datetime": _penstock_datetime, "_penstock_pathlib": _penstock_pathlib}) == value


def test_a_literal_of_a_number_that_python_cannot_spell() -> None:
    assert math.isnan(eval(literal(math.nan)))
    assert eval(literal(-math.inf)) == -math.inf


def test_a_literal_takes_only_plain_values() -> None:
    class Sly(str):
        def __repr__(self) -> str:
            return "__import__('os')"

    assert literal(Sly("x")) == "'x'"
    with pytest.raises(Wrong):
        literal(object())


@given(st.timedeltas())
def test_a_duration_is_written_so_that_it_reads_back(value: timedelta) -> None:
    assert read_duration(write_duration(value)) == value


@pytest.mark.parametrize("text", ["5 minutes", "5min", "00:05:00", "0:05", "PT5M", "300s", "0.3e1"])
def test_the_ways_to_say_five_minutes(text: str) -> None:
    assert read_duration(text) == (None if text == "0.3e1" else timedelta(minutes=5))
