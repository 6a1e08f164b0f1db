"""Every Python function is its transform: names, order, defaults, choices and the first sentence, both ways."""

from __future__ import annotations

import inspect
import sys
import types
import typing
from collections.abc import Callable
from typing import Any

import penstock
import pytest
from penstock import transforms
from penstock.core.described import Described, Param

TAKES: dict[str, set[object]] = {
    "column": {str},
    "columns": {str, "Sequence"},
    "flag": {bool},
    "duration": {str, "timedelta", int, float, "Decimal"},
    "sql": {str},
    "text": {str},
    "whole": {int},
    "real": {float},
    "pair": {"tuple"},
    "aggregates": {"Mapping"},
    "windows": {"Mapping"},
}


@pytest.fixture(scope="module")
def described(spark: Any) -> Described:
    return penstock.attach(spark).described


def functions() -> dict[str, Callable[..., Any]]:
    return {name: getattr(transforms, name) for name in transforms.__all__}


def test_every_transform_has_a_function_and_the_other_way_round(described: Described) -> None:
    assert {t.name for t in described.transforms if t.own} == set(functions())
    assert all(getattr(penstock, name) is function for name, function in functions().items())


@pytest.mark.parametrize("name", sorted(functions()))
def test_signature(described: Described, name: str) -> None:
    transform = described.get(name)
    assert transform is not None
    signature = inspect.signature(functions()[name])
    parameters = list(signature.parameters.values())
    tables = [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
    named = {p.name: p for p in parameters if p.kind is p.KEYWORD_ONLY}
    assert tables == list(transform.inputs)
    assert list(named) == [p.name for p in transform.params]
    for param in transform.params:
        assert plain(named[param.name].default) == wanted_default(param), param.name


@pytest.mark.parametrize("name", sorted(functions()))
def test_types(described: Described, name: str) -> None:
    transform = described.get(name)
    assert transform is not None
    function = functions()[name]
    hints = typing.get_type_hints(function, {**vars(sys.modules[function.__module__]), "DataFrame": object})
    for param in transform.params:
        members = union(hints[param.name])
        if param.default is None and not param.required:
            assert type(None) in members, param.name
            members.discard(type(None))
        if param.type == "choice":
            assert [typing.get_args(m) for m in members] == [param.choices]
        else:
            assert {short(m) for m in members} == TAKES[param.type], param.name


@pytest.mark.parametrize("name", sorted(functions()))
def test_prose(described: Described, name: str) -> None:
    transform = described.get(name)
    assert transform is not None
    text = inspect.getdoc(functions()[name]) or ""
    assert text.split("\n\n")[0] == transform.summary
    args = text.split("Args:\n")[1].split("\n\n")[0]
    told = [line.split(":")[0].strip() for line in args.splitlines() if line.startswith("    ") and line[4] != " "]
    assert told == [*transform.inputs, *(p.name for p in transform.params)]
    assert "Notes:" in text
    for word in ("Ties:", "Nulls:", "Zone:"):
        assert word in text
    example = [line for line in text.splitlines() if line.strip().startswith((">>>", "+", "|"))]
    assert 1 <= len(example) <= 8


def plain(default: object) -> object:
    if default is inspect.Parameter.empty:
        return "required"
    return list(default) if isinstance(default, tuple) else default


def wanted_default(param: Param) -> object:
    return "required" if param.required else param.default


def union(hint: Any) -> set[Any]:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return set().union(*(union(h) for h in typing.get_args(hint)))
    return {hint}


def short(hint: Any) -> object:
    if hint in (str, int, float, bool):
        return hint
    origin = typing.get_origin(hint) or hint
    return origin.__name__
