"""What an argument may be, seen before anything reaches the JVM."""

from __future__ import annotations

import decimal
from datetime import datetime, timedelta
from typing import Any

import penstock
import pytest
from penstock.core.values import wire

D = decimal.Decimal


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("x", "x"),
        (True, True),
        (5, 5),
        (-(2**63), -(2**63)),
        (1.5, 1.5),
        (D("1.10"), D("1.10")),
        (timedelta(days=-1), timedelta(days=-1)),
        (["a", "b"], ["a", "b"]),
        (("a",), ["a"]),
        ([], []),
    ],
)
def test_sent(given: object, sent: object) -> None:
    assert wire("t", {"p": given}) == {"p": sent}


def test_none_is_not_given() -> None:
    assert wire("t", {"p": None, "q": 1}) == {"q": 1}


def test_numpy_s_numbers() -> None:
    numpy = pytest.importorskip("numpy")
    sent = wire("t", {"i": numpy.int64(7), "f": numpy.float32(0.5)})
    assert sent == {"i": 7, "f": 0.5}
    assert type(sent["i"]) is int


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"a"}, r"'p' cannot be set\..*A set has no order: give a list"),
        ({"a": 1}, r"'p' cannot be a dictionary with int at 'a'.*Give a text, or a pair"),
        (len, r"Code cannot travel"),
        (["a", 1], r"cannot be a list with int in it"),
        (b"x", r"cannot be bytes\..*Give it as text"),
        (2**63, r"needs more than 64 bits.*Decimal"),
        (datetime(2024, 1, 1), r"cannot be datetime datetime\..*Give it as text"),
        (object(), r"cannot be object"),
    ],
)
def test_refused(given: Any, says: str) -> None:
    with pytest.raises(penstock.Refusal, match=f"(?s){says}") as raised:
        wire("t", {"p": given})
    assert raised.value.codes == ("wrong-value",)
    assert str(raised.value).endswith("[penstock.wrong-value]")


def test_dictionaries() -> None:
    """Texts stay; the bounds of windows become one type, exactly, because a SQL map's values have one."""
    assert wire("t", {"p": {"n": "count(*)"}}) == {"p": {"n": "count(*)"}}
    assert wire("t", {"p": {"a": (-5, None), "b": [0, 1]}}) == {"p": {"a": [-5, None], "b": [0, 1]}}
    assert wire("t", {"p": {"a": (timedelta(days=-1, microseconds=1), 0), "b": ("-1 hour", None)}}) == {
        "p": {"a": ["PT-86399.999999S", "0"], "b": ["-1 hour", None]}
    }
    assert wire("t", {"p": {"a": (decimal.Decimal("-0.10"), 0)}}) == {
        "p": {"a": [decimal.Decimal("-0.10"), decimal.Decimal(0)]}
    }
    assert wire("t", {"p": {"a": (-0.5, 1)}}) == {"p": {"a": [-0.5, 1.0]}}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "an empty dictionary"),
        ({1: "a"}, "a dictionary with int as a key"),
        ({"a": ("1",)}, "Give a text, or a pair"),
        ({"a": (1, ["x"])}, "a dictionary with a list in a pair"),
    ],
)
def test_dictionaries_refused(given: Any, says: str) -> None:
    with pytest.raises(penstock.Refusal, match=says):
        wire("t", {"p": given})
