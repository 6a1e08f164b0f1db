"""What the JVM side says about itself, as data: the JSON of `describe`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from .errors import AttachFailed
from .translate import from_text


@dataclass(frozen=True)
class Param:
    """One named argument of a transform."""

    name: str
    type: str
    choices: tuple[str, ...]
    required: bool
    default: object
    doc: str


@dataclass(frozen=True)
class Transform:
    """One thing that can be called by name."""

    name: str
    summary: str
    inputs: tuple[str, ...]
    params: tuple[Param, ...]
    limits: tuple[str, ...]
    own: bool

    @property
    def sql_name(self) -> str:
        """The table function's name that no other library can have taken."""
        return f"penstock_{self.name}" if self.own else self.name


@dataclass(frozen=True)
class Build:
    """What a JAR was built as, and for."""

    version: str
    spark: str
    scala: str


@dataclass(frozen=True)
class Described:
    """A JAR, the session it is in, and what can be called there."""

    build: Build
    spark: str
    scala: str
    transforms: tuple[Transform, ...]
    problems: tuple[str, ...] = ()

    def get(self, name: str) -> Transform | None:
        """The transform of that name, if there is one."""
        return next((t for t in self.transforms if t.name == name), None)


def parse(text: str) -> Described:
    """Reads the JSON of `describe`; raises the refusal where the JVM answered with one."""
    said = cast("Mapping[str, Any]", json.loads(text))
    if "refusal" in said:
        raise from_text(said["refusal"]) or AttachFailed(said["refusal"])
    return Described(
        build=Build(said["version"], said["spark"], said["scala"]),
        spark=said["sparkRuntime"],
        scala=said["scalaRuntime"],
        transforms=tuple(_transform(t) for t in said["transforms"]),
        problems=tuple(p["text"] for p in said.get("problems", ())),
    )


def _transform(said: Mapping[str, Any]) -> Transform:
    return Transform(
        name=said["name"],
        summary=said["summary"],
        inputs=tuple(said["inputs"]),
        params=tuple(_param(p) for p in said["params"]),
        limits=tuple(said.get("limits", ())),
        own=bool(said.get("own", False)),
    )


def _param(said: Mapping[str, Any]) -> Param:
    return Param(
        name=said["name"],
        type=said["type"],
        choices=tuple(said.get("choices", ())),
        required=bool(said["required"]),
        default=said.get("default"),
        doc=said.get("doc", ""),
    )
