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
Entry = Union[str, "list[Union[Scalar, None]]"]
Value = Union[Scalar, "list[str]", "dict[str, Entry]"]

_THERE_IS = (
    "Arguments are text, true or false, numbers, Decimal, timedelta, a list of texts, "
    "or a dictionary of texts or of pairs."
)


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
    if isinstance(value, Mapping):
        return _entries(name, key, cast("Mapping[object, object]", value))
    raise _refused(name, key, kind_of(value), _remedy(value))


def _texts(name: str, key: str, kind: str, items: Sequence[object]) -> list[str]:
    for item in items:
        if not isinstance(item, str):
            raise _refused(name, key, f"a {kind} with {kind_of(item)} in it", _remedy(item))
    return [str(item) for item in items]


def _entries(name: str, key: str, entries: Mapping[object, object]) -> dict[str, Entry]:
    """Texts, or pairs of bounds. All bounds travel as one type, as a SQL map's values must."""
    for word in entries:
        if not isinstance(word, str):
            raise _refused(name, key, f"a dictionary with {kind_of(word)} as a key", "Give its keys as text.")
    words = cast("Mapping[str, object]", entries)
    if not words:
        raise _refused(name, key, "an empty dictionary", "Leave it out, or give an entry.")
    if all(isinstance(value, str) for value in words.values()):
        return {word: str(value) for word, value in words.items()}
    pairs = {word: _pair(name, key, word, value) for word, value in words.items()}
    bounds = [bound for pair in pairs.values() for bound in pair if bound is not None]
    if any(isinstance(bound, (str, timedelta)) for bound in bounds):
        return {word: [_text(bound) for bound in pair] for word, pair in pairs.items()}
    if any(isinstance(bound, Decimal) for bound in bounds):
        return {word: [Decimal(b) if isinstance(b, int) else b for b in pair] for word, pair in pairs.items()}
    if any(isinstance(bound, float) for bound in bounds):
        return {word: [float(b) if isinstance(b, int) else b for b in pair] for word, pair in pairs.items()}
    return {word: list(pair) for word, pair in pairs.items()}


def _pair(name: str, key: str, word: str, value: object) -> list[Scalar | None]:
    items = cast("Sequence[object]", value) if isinstance(value, (list, tuple)) else ()
    if len(items) != 2:
        got = f"a dictionary with {kind_of(cast('object', value))} at '{word}'"
        raise _refused(name, key, got, "Give a text, or a pair: (lower, upper).")
    return [None if item is None else _scalar(name, key, item) for item in items]


def _scalar(name: str, key: str, value: object) -> Scalar:
    found = _value(name, key, value)
    if isinstance(found, (list, dict)):
        raise _refused(name, key, f"a dictionary with a {type(value).__name__} in a pair", "Give a distance.")
    return found


def _text(bound: Scalar | None) -> str | None:
    if bound is None or isinstance(bound, str):
        return bound
    return duration_text(bound) if isinstance(bound, timedelta) else str(bound)


def duration_text(value: timedelta) -> str:
    """A timedelta in ISO-8601, exactly, to the microsecond."""
    micros = value // timedelta(microseconds=1)
    sign, micros = ("-", -micros) if micros < 0 else ("", micros)
    return f"PT{sign}{micros // 1_000_000}.{micros % 1_000_000:06d}S"


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
    if callable(value):
        return "Code cannot travel: give SQL text, or write it as a transform of your own."
    return "Give it as text."
