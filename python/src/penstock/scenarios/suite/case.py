"""What is run: a team's transform (`Subject`), and an input that it gets (`Case`), with scenarios planted in it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Union, cast

from penstock.core.errors import Refusal
from penstock.core.frames import query
from penstock.scenarios.generate import generate
from penstock.scenarios.spec import Spec

from .environment import told
from .made import made

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from penstock.scenarios.catalogue.entry import Entry
    from penstock.scenarios.catalogue.target import Target
    from penstock.scenarios.oracles.oracle import Oracle
    from penstock.scenarios.roles import Roles
    from penstock.scenarios.shrink.literals import Literals

    Frames = dict[str, DataFrame]
    Maker = Callable[[SparkSession], DataFrame]

Base = Union[str, Spec, "Maker"]
"""Where an input comes from: SQL text, a spec, or a function that is given a session."""


@dataclass(frozen=True)
class Subject:
    """A transform with all that is known of it."""

    name: str
    transform: Callable[..., DataFrame]
    makers: Mapping[str, Maker]
    roles: Mapping[str, Roles]
    oracles: tuple[Oracle, ...]
    rejects: Mapping[str, str] = field(default_factory=lambda: {})
    """Entries that it may end with an error for, and a part of that error."""
    known: Mapping[str, str] = field(default_factory=lambda: {})
    """Entries that are known to fail, and why that stands."""

    def of(self, function: Callable[..., DataFrame], frames: Frames) -> DataFrame:
        """A function of the transform's shape, called with its inputs."""
        return function(**frames) if len(frames) > 1 else function(*frames.values())


@dataclass(frozen=True)
class Scenario:
    """A catalogue entry in one place: in which input, at which columns."""

    entry: Entry
    input: str
    target: Target
    seed: int = 0

    def __str__(self) -> str:
        return f"{self.entry.id} {self.entry.name} in {self.input}: {self.target}"

    @property
    def planted_in(self) -> str:
        """The input that changes: for a reference it may be the one that is referred to."""
        return self.target.table or self.input

    def plant(self, frames: Frames, roles: Mapping[str, Roles], numbered: DataFrame | None = None) -> Frames:
        """The inputs with the scenario in them; `numbered` as `Entry.plant` has it."""
        where, role = self.planted_in, roles[self.input]
        planted = self.entry.plant(frames[where], self.target, seed=self.seed, roles=role, numbered=numbered)
        return {**frames, where: planted}


@dataclass(frozen=True)
class Case:
    """A subject, the scenarios in its input, and the environment. Frames are made when they are asked for."""

    subject: Subject
    scenarios: tuple[Scenario, ...] = ()
    settings: Mapping[str, str] = field(default_factory=lambda: {})
    given: Callable[[SparkSession], Frames] | None = None
    """Other inputs than the subject's bases: smaller ones."""
    rows: Mapping[str, Literals] | None = None
    """All inputs, with the scenarios in them, as literals: where they are known."""
    with_rules: bool = True
    """Whether metamorphic rules are asked, too; they change the input, so one environment of a scenario is enough."""

    def inputs(self, spark: SparkSession) -> Frames:
        """The frames that the transform is given."""
        if self.given is not None:
            return self.given(spark)
        if self.rows is not None:
            return {name: made(spark, frame.sql()) for name, frame in self.rows.items()}
        frames = {name: make(spark) for name, make in self.subject.makers.items()}
        for scenario in self.scenarios:
            frames = scenario.plant(frames, self.subject.roles)
        return frames

    def output(self, spark: SparkSession) -> DataFrame:
        """What the transform makes of them."""
        return self.subject.of(self.subject.transform, self.inputs(spark))

    def having(self, given: Callable[[SparkSession], Frames]) -> Case:
        """The same with other inputs."""
        return replace(self, given=given, rows=None)

    def role(self, input: str, name: str) -> tuple[str, ...]:
        """The columns of a role in an input."""
        roles = self.subject.roles.get(input)
        value = getattr(roles, name, None) if roles is not None else None
        return (value,) if isinstance(value, str) else tuple(value or ())

    def __str__(self) -> str:
        what = " and ".join(map(str, self.scenarios)) or "the base alone"
        return f"{what}  [{told(self.settings) or 'settings of the session'}]"


def makers_of(base: Base | Mapping[str, Base], transform: Callable[..., DataFrame]) -> dict[str, Maker]:
    """Each input's maker, by the name under which the transform takes it.

    Raises:
        Refusal: there is nothing to make frames of, or the transform has no parameter of that name.
    """
    parameters = _parameters(transform)
    if isinstance(base, Spec) and len(base.tables) > 1:
        return {table: partial(_table, base, table) for table in base.tables if table in parameters}
    if not isinstance(base, Mapping):
        return {parameters[0] if parameters else "input": _maker(base)}
    named = cast("Mapping[str, Base]", base)
    unknown = [name for name in named if name not in parameters]
    if unknown or not named:
        raise Refusal(
            f"scenarios.over: {transform_name(transform)} has no parameter '{', '.join(unknown)}' for a base.\n"
            f"  It has: {', '.join(parameters)}.   Call bases as it calls its inputs.  [penstock.wrong-base]",
            ("wrong-base",),
        )
    return {name: _maker(each) for name, each in named.items()}


def transform_name(transform: Callable[..., object]) -> str:
    """What a report calls a transform."""
    inner = transform.func if isinstance(transform, partial) else transform
    return str(getattr(inner, "__name__", type(inner).__name__))


def _maker(base: Base) -> Maker:
    if isinstance(base, str):
        return partial(_queried, base)
    if isinstance(base, Spec):
        return partial(_table, base, "")
    if callable(base):
        return base
    raise Refusal(
        f"scenarios.over: a base cannot be a {type(base).__name__}.\n"
        "  Give SQL text, a Spec, or a function that is given the session and returns a frame.  [penstock.wrong-base]",
        ("wrong-base",),
    )


def _queried(text: str, spark: SparkSession) -> DataFrame:
    return query(spark, text)


def _table(spec: Spec, table: str, spark: SparkSession) -> DataFrame:
    return generate(spec, table, spark=spark)


def _parameters(transform: Callable[..., object]) -> list[str]:
    return list(inspect.signature(transform).parameters)
