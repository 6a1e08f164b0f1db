"""What a named argument may be. Whether the value is right is for the JVM to say; here only the Python type is seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from numbers import Integral, Real
from typing import Union, cast

from .errors import Refusal
from .frames import is_frame, kind_of

Scalar = Union[str, bool, int, float, Decimal, timedelta]
Value = Union[Scalar, "list[str]"]

_THERE_IS = "Arguments are text, true or false, numbers, Decimal, timedelta, or a list of texts."


def wire(name: str, args: Mapping[str, object]) -> dict[str, Value]:
    """The arguments that were given, as values that every door can carry; None means not given."""
    return {key: _value(name, key, value) for key, value in args.items() if value is not None}


def _value(name: str, key: str, value: object) -> Value:
    kind = type(value).__name__
    if isinstance(value, Decimal) and not value.is_finite():  # the JVM's decimals are finite
        raise _refused(name, key, f"Decimal('{value}')", "Give a finite one.")
    if isinstance(value, (str, bool, float, Decimal, timedelta)):
        return value
    if isinstance(value, Integral):  # also numpy's
        return _whole(name, key, int(value))
    if isinstance(value, Real):
        return float(value)
    if isinstance(value, (list, tuple)):
        return _texts(name, key, kind, cast("Sequence[object]", value))
    raise _refused(name, key, kind_of(value), _remedy(value))


def _texts(name: str, key: str, kind: str, items: Sequence[object]) -> list[str]:
    for item in items:
        if not isinstance(item, str):
            raise _refused(name, key, f"a {kind} with {kind_of(item)} in it", _remedy(item))
    return [str(item) for item in items]


def _whole(name: str, key: str, value: int) -> int:
    if not -(2**63) <= value < 2**63:
        raise _refused(name, key, f"{value}, which needs more than 64 bits", "Give it as a Decimal.")
    return value


def _refused(name: str, key: str, got: str, remedy: str) -> Refusal:
    return Refusal(
        f"{name}: parameter '{key}' cannot be {got}.\n  {_THERE_IS}   {remedy}  [penstock.wrong-value]",
        ("wrong-value",),
    )


def _remedy(value: object) -> str:
    if is_frame(value):
        return "Tables come first, without a name."
    if type(value).__name__ == "Column":
        return "Give a column by its name, an expression as SQL text."
    if isinstance(value, (set, frozenset)):
        return "A set has no order: give a list."
    if isinstance(value, Mapping):
        return "A dictionary is not among them."
    if callable(value):
        return "Code cannot travel: give SQL text, or write it as a transform of your own."
    return "Give it as text."
