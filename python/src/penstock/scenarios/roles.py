"""What columns are for: keys, time, arrival, references, allowed values. Said in a small file, or inferred."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from penstock.core.errors import PenstockError, Refusal

from .columns.times import span


@dataclass(frozen=True)
class Foreign:
    """A reference: `columns` hold the `references` columns of the related table `table`."""

    columns: tuple[str, ...]
    table: str
    references: tuple[str, ...]


@dataclass(frozen=True)
class Roles:
    """The roles of a table's columns; a column is named by its path (`address.city`). All of them may be left out.

    Args:
        key: the entity that a row is about: a device, a customer.
        unique: what identifies a row; where it is not said, the key and the time together.
        time: when it happened.
        arrival: when it became known.
        foreign: references to other tables, by a name of one's own.
        categories: columns with few values; the allowed ones, or () for any.
        divisors: numbers that others are divided by. None said: every number may be.
        positive: numbers that should not be negative. None said: every number.
        date_texts: texts that hold dates.
        measured: readings that a stuck sensor would repeat. None said: every float, double and decimal.
        interval: the start and the end of a validity.
        operation: the column of a change log that says insert, update or delete.
        inserts: its values that mean insert.
        partition: the columns that the table is, or will be, partitioned by.
        zone: the zone of local times and calendar days; without one these are UTC's.
        delay: how late a row may arrive, as a watermark has it.
        window: the width of the windows that rows are counted in.

    Raises:
        Refusal: a duration or the number of columns of a reference is wrong.
    """

    key: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()
    time: str | None = None
    arrival: str | None = None
    foreign: Mapping[str, Foreign] = field(default_factory=lambda: {})
    categories: Mapping[str, tuple[Any, ...]] = field(default_factory=lambda: {})
    divisors: tuple[str, ...] = ()
    positive: tuple[str, ...] = ()
    date_texts: tuple[str, ...] = ()
    measured: tuple[str, ...] = ()
    interval: tuple[str, ...] = ()
    operation: str | None = None
    inserts: tuple[str, ...] = ("I", "i", "INSERT", "insert", "C", "c")
    partition: tuple[str, ...] = ()
    zone: str = "UTC"
    delay: str = "10 minutes"
    window: str = "1 hour"

    def __post_init__(self) -> None:
        for name in ("delay", "window"):
            try:
                good = span(getattr(self, name)) > 0
            except (ValueError, KeyError):
                good = False
            if not good:
                raise _refused(f"{name}={getattr(self, name)!r} is not a duration.", "Write '10 minutes'.")
        if self.interval and len(self.interval) != 2:
            raise _refused(f"interval={list(self.interval)!r} must be a start and an end.", "Write [start, end].")
        for name, told in self.foreign.items():
            if len(told.columns) != len(told.references) or not told.columns:
                raise _refused(
                    f"foreign '{name}' refers with {len(told.columns)} columns to {len(told.references)}.",
                    "Name as many columns as references.",
                )

    @property
    def identity(self) -> tuple[str, ...]:
        """What identifies a row: `unique`, else the key and the time."""
        return self.unique or tuple(dict.fromkeys([*self.key, *([self.time] if self.time and self.key else [])]))

    @property
    def named(self) -> dict[str, tuple[str, ...]]:
        """All paths that are named, by role."""
        single = {r: (cast(str, getattr(self, r)),) for r in ("time", "arrival", "operation") if getattr(self, r)}
        several = {r: tuple(getattr(self, r)) for r in _LISTS if r != "inserts"}
        foreign = tuple(c for told in self.foreign.values() for c in told.columns)
        return {**several, **single, "categories": tuple(self.categories), "foreign": foreign}

    @classmethod
    def load(cls, path: str | Path) -> Roles:
        """Roles from a YAML file, in the form that `from_dict` takes.

        Raises:
            Refusal: something in the file is wrong.
        """
        try:
            import yaml
        except ImportError:
            raise PenstockError(
                "scenarios: PyYAML is not installed here.\n"
                "  pip install 'penstock[notebooks]' brings it; Roles(...) needs none.  [penstock.error]"
            ) from None
        try:
            told = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
        except OSError as error:
            raise _refused(f"{path} cannot be read: {error.strerror}.", "Name a file of roles.") from None
        except yaml.YAMLError as error:
            raise _refused(f"{path} is not YAML: {' '.join(str(error).split())}", "Correct the file.") from None
        return cls.from_dict(told or {})

    @classmethod
    def from_dict(cls, told: Any) -> Roles:
        """Roles from plain values; one column needs no list: `{key: device, categories: {state: [new, paid]}}`.

        Raises:
            Refusal: something is wrong.
        """
        if not isinstance(told, Mapping):
            raise _refused(f"roles must be a dictionary, and are {told!r}.", "See docs/scenarios/gaps.md.")
        given = cast("dict[str, Any]", dict(told))  # pyright: ignore[reportUnknownArgumentType]
        known = [f.name for f in dataclasses.fields(cls)]
        for name in given:
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                remedy = f"   Did you mean {near[0]}?" if near else ""
                raise _refused(f"there is no role '{name}'.", f"Roles are: {', '.join(known)}.{remedy}")
        made: dict[str, Any] = {name: _listed(value) if name in _LISTS else value for name, value in given.items()}
        if "categories" in made:
            made["categories"] = _categories(made["categories"])
        if "foreign" in made:
            made["foreign"] = {name: _foreign(name, one) for name, one in dict(made["foreign"]).items()}
        return cls(**made)

    def as_dict(self) -> dict[str, Any]:
        """The roles that are said, as plain values that `from_dict` takes."""
        plain = dataclasses.asdict(self)
        default = dataclasses.asdict(Roles())
        return {name: _plain(value) for name, value in plain.items() if value != default[name]}


_LISTS = ("key", "unique", "divisors", "positive", "date_texts", "measured", "interval", "inserts", "partition")


def _listed(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def _categories(told: Any) -> dict[str, tuple[Any, ...]]:
    if isinstance(told, Mapping):
        return {str(name): tuple(values or ()) for name, values in cast("Mapping[str, Any]", told).items()}
    return dict.fromkeys(_listed(told), ())


def _foreign(name: str, told: Any) -> Foreign:
    if isinstance(told, Mapping) and {"columns", "table", "references"} == set(cast("Mapping[str, Any]", told)):
        one = cast("dict[str, Any]", told)
        return Foreign(_listed(one["columns"]), str(one["table"]), _listed(one["references"]))
    raise _refused(f"foreign '{name}' is {told!r}.", "It needs columns, table and references.")


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in cast("Mapping[str, Any]", value).items()}
    return [_plain(one) for one in cast("tuple[Any, ...]", value)] if isinstance(value, (tuple, list)) else value


def _refused(what: str, remedy: str) -> Refusal:
    return Refusal(f"scenarios: roles: {what}\n  {remedy}  [penstock.wrong-roles]", ("wrong-roles",))
