"""The types a parameter can have: how one is read from text, taken from a value, and written back as safe Python.

A `Kind` is data: a base name, and what an annotation can add to it (choices, an item type, `None`). Reading gives the
value or a `Wrong` that finishes the sentence "… is not …".
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path, PurePath
from typing import Any

from penstock.core.secret import FORMS, Secret
from penstock.notebooks.durations import read_duration, write_duration

_EXAMPLES = {
    "str": "text",
    "int": "a whole number such as 5",
    "float": "a number such as 0.5",
    "bool": "true or false",
    "date": "a date such as 2024-01-31",
    "datetime": "a date and time such as 2024-01-31T12:30",
    "timedelta": "a duration such as '5 minutes'",
    "Path": "a path",
    "dict": "a mapping (as YAML or JSON)",
    "Secret": f"a reference to a secret ({FORMS}); its text has no place in a command or a notebook",
    "any": "a plain value",
}
_FROM_PYTHON: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (float, int),
    "bool": (bool,),
    "timedelta": (timedelta,),
    "Path": (PurePath, str),
    "dict": (dict,),
    "Secret": (Secret,),
}
_YES_NO = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


class Wrong(ValueError):
    """A value that is not of the kind; the message says what the kind wants."""


@dataclass(frozen=True)
class Kind:
    """A parameter's type. `base` is one of the names above, `list`, `choice`, or the text of an unknown annotation."""

    base: str
    item: Kind | None = None
    choices: tuple[Any, ...] = ()
    optional: bool = False

    def __str__(self) -> str:
        name = self.base
        if self.base == "choice":
            name = " | ".join(repr(choice) for choice in self.choices)
        elif self.item is not None:
            name = f"list[{self.item}]"
        return f"{name} | None" if self.optional else name

    @property
    def secret(self) -> bool:
        """True if what was given must not be repeated in a message."""
        return self.base == "Secret" or (self.item is not None and self.item.secret)

    @property
    def wants(self) -> str:
        """The end of a sentence: what may stand here."""
        if self.base == "choice":
            text = "one of " + ", ".join(repr(choice) for choice in self.choices)
        elif self.item is not None:
            text = f"a list, each {self.item.wants}"
        else:
            text = _EXAMPLES.get(self.base, f"a {self.base}, which cannot be given from outside the notebook")
        return f"{text}, or None" if self.optional else text

    def read(self, text: str) -> Any:
        """The value that someone typed, as on a command line."""
        if self.optional and text in ("None", "null"):
            return None
        if self.base == "choice":
            return self._chosen(text, [choice for choice in self.choices if str(choice) == text])
        if self.item is not None:
            return self._read_list(self.item, text)
        value = _read(self.base, text)
        if value is None and not (self.base == "any" and text == "None"):
            raise Wrong(self.wants)
        return value

    def accept(self, value: Any) -> Any:
        """The value from YAML or from Python, converted only where nothing can be lost."""
        if value is None and (self.optional or self.base == "any"):
            return None
        if self.base == "choice":
            same = [choice for choice in self.choices if choice == value and type(choice) is type(value)]
            return self._chosen(value, same)
        if self.item is not None:
            if not isinstance(value, (list, tuple)):
                raise Wrong(self.wants)
            return [self.item.accept(one) for one in value]  # pyright: ignore[reportUnknownVariableType]
        return self._accept_plain(value)

    def _accept_plain(self, value: Any) -> Any:
        if self.base == "any" and writable(value):
            return value
        if self.base in ("date", "datetime", "timedelta", "Secret") and isinstance(value, str):
            return self.read(value)
        if self.base == "datetime" and isinstance(value, datetime):
            return value
        if self.base == "datetime" and isinstance(value, date):
            return datetime(value.year, value.month, value.day)
        if self.base == "date" and isinstance(value, date) and not isinstance(value, datetime):
            return value
        if not isinstance(value, _FROM_PYTHON.get(self.base, ())) or (isinstance(value, bool) and self.base != "bool"):
            raise Wrong(self.wants)
        if not writable(value):
            raise Wrong(self.wants)
        plain: Any = value
        return float(plain) if self.base == "float" else Path(plain) if self.base == "Path" else plain

    def _chosen(self, given: Any, found: list[Any]) -> Any:
        if not found:
            raise Wrong(self.wants)
        return found[0]

    def _read_list(self, item: Kind, text: str) -> list[Any]:
        """`a,b,c`, or a JSON list where an item has a comma in it."""
        if text.lstrip().startswith("["):
            try:
                return self.accept(json.loads(text))
            except json.JSONDecodeError:
                raise Wrong(self.wants + ', as a,b or ["a","b"]') from None
        return [item.read(part.strip()) for part in text.split(",")] if text.strip() else []


def _read(base: str, text: str) -> Any:
    """The value, or None if the text does not say one."""
    try:
        match base:
            case "str":
                return text
            case "int":
                return int(text) if re.fullmatch(r"\s*[+-]?\d[\d_]*\s*", text) else None
            case "float":
                return float(text)
            case "bool":
                return _YES_NO.get(text.strip().lower())
            case "date":
                return date.fromisoformat(text.strip())
            case "datetime":
                return datetime.fromisoformat(re.sub(r"[zZ]$", "+00:00", text.strip()))
            case "timedelta":
                return read_duration(text)
            case "Path":
                return Path(text) if text else None
            case "dict":
                value = json.loads(text)
                return value if isinstance(value, dict) else None  # pyright: ignore[reportUnknownVariableType]
            case "Secret":
                return Secret(text)
            case "any":
                return infer(text)
            case _:
                return None
    except (ValueError, OverflowError):
        return None


def infer(text: str) -> Any:
    """What text means where no type was declared: None, a truth value, a number, else the text itself."""
    if text in ("None", "True", "False"):
        return {"None": None, "True": True, "False": False}[text]
    for number in (int, float):
        try:
            return number(text)
        except ValueError:
            continue
    return text


def writable(value: Any) -> bool:
    """True if `literal` can write the value."""
    try:
        literal(value)
    except Wrong:
        return False
    return True


def literal(value: Any) -> str:
    """Python source that makes exactly this value. Only by the types' own `repr`: text never becomes code."""
    match value:
        case None | bool():
            return repr(value)
        case int():
            return int.__repr__(int(value))
        case str():  # also a subclass (an enum, say), brought down to the plain text that it is
            return str.__repr__(str.__str__(value))
        case float():
            return float.__repr__(value) if value - value == 0 else f"float({float.__repr__(value)!r})"
        case datetime() if value.tzinfo is None:
            return f"_penstock_datetime.{datetime.__repr__(value).partition('.')[2]}"
        case datetime():
            return f"_penstock_datetime.datetime.fromisoformat({value.isoformat()!r})"
        case date():
            return f"_penstock_datetime.date({value.year}, {value.month}, {value.day})"
        case timedelta():
            return f"_penstock_datetime.{timedelta.__repr__(value).partition('.')[2]}"
        case PurePath():
            return f"_penstock_pathlib.Path({str(value)!r})"
        case Secret():
            return f"_penstock_Secret({value.reference!r})"
        case list() | tuple():
            return "[" + ", ".join(literal(item) for item in value) + "]"  # pyright: ignore[reportUnknownVariableType]
        case dict():
            items = (f"{literal(key)}: {literal(item)}" for key, item in value.items())  # pyright: ignore[reportUnknownVariableType]
            return "{" + ", ".join(items) + "}"
        case _:
            raise Wrong("a plain value")


def show(value: Any) -> str:
    """The value as a person would type it."""
    if isinstance(value, timedelta):
        return write_duration(value)
    if isinstance(value, (datetime, PurePath)):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(show(item) for item in value) + "]"  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return value.isoformat() if isinstance(value, date) else repr(value)
