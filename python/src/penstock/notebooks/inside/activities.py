"""What `runMultiple` is given: notebooks to run, and which must have ended before which. Checked before any starts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from penstock.core.errors import NotebookFailed
from penstock.notebooks.document import refuse

MOST = 50
"""Activities of one call, as on the platform."""
_EXIT_VALUE = re.compile(r"""@activity\((['"])(.+?)\1\)\.exitValue\(\)""")
_KEYS = ("name", "path", "timeoutPerCellInSeconds", "args", "retry", "retryIntervalInSeconds", "dependencies")


@dataclass(frozen=True)
class Activity:
    """One notebook. Seconds; `retry` is how often it is begun again after a failure of any kind."""

    name: str
    path: str
    cell_timeout: float = 90
    args: Mapping[str, Any] = field(default_factory=dict[str, Any])
    retry: int = 0
    pause: float = 0
    dependencies: tuple[str, ...] = ()

    def given(self, values: Mapping[str, str]) -> dict[str, Any]:
        """The arguments, with the exit values of others where they ask for them: `@activity('A').exitValue()`."""
        return {name: _filled(value, values) for name, value in self.args.items()}


@dataclass(frozen=True)
class Plan:
    """Activities in an order in which each comes after those that it needs."""

    activities: tuple[Activity, ...]
    seconds: float
    at_once: int | None


def plan_of(dag: Any) -> Plan:
    """The platform's DAG: a mapping with `activities`, or only a list of paths.

    Raises:
        Refusal: with everything that is wrong with it.
    """
    if isinstance(dag, Sequence) and not isinstance(dag, str):
        paths: list[Any] = list(cast("Sequence[Any]", dag))
        dag = {"activities": [{"name": str(path), "path": str(path)} for path in paths]}
    if not isinstance(dag, Mapping) or not isinstance(dag.get("activities"), list):  # pyright: ignore[reportUnknownMemberType]
        raise refuse("run-multiple", 'runMultiple: takes {"activities": [...]} or a list of paths.')
    told = cast("Mapping[str, Any]", dag)
    given = cast("list[Mapping[str, Any]]", told["activities"])
    wrong = _wrong(given)
    if wrong:
        raise refuse("run-multiple", *(f"runMultiple: {line}" for line in wrong))
    ordered = _ordered([_activity(one) for one in given])
    return Plan(tuple(ordered), float(told.get("timeoutInSeconds", 43_200)), told.get("concurrency"))


def _wrong(given: Sequence[Mapping[str, Any]]) -> list[str]:
    names = [str(one.get("name")) for one in given]
    wrong = [f"{len(given)} activities, at most {MOST} are allowed."] if len(given) > MOST else []
    wrong += [f"two activities are called {name!r}." for name in sorted(set(names)) if names.count(name) > 1]
    for one, name in zip(given, names, strict=True):
        wrong += [f"an activity has no {key}: {dict(one)}." for key in ("name", "path") if not one.get(key)]
        wrong += [
            f"activity {name!r} has no {key!r}; there are: {', '.join(_KEYS)}." for key in one if key not in _KEYS
        ]
        needs = [*one.get("dependencies", ()), *_asked(one)]
        wrong += [f"activity {name!r} needs {need!r}, which is not there." for need in needs if need not in names]
    return wrong


def _activity(told: Mapping[str, Any]) -> Activity:
    needs = dict.fromkeys([*told.get("dependencies", ()), *_asked(told)])
    return Activity(
        str(told["name"]),
        str(told["path"]),
        float(told.get("timeoutPerCellInSeconds", 90)),
        told.get("args", {}),
        int(told.get("retry", 0)),
        float(told.get("retryIntervalInSeconds", 0)),
        tuple(needs),
    )


def _ordered(activities: Sequence[Activity]) -> list[Activity]:
    done: dict[str, Activity] = {}
    left = list(activities)
    while left:
        ready = [one for one in left if all(need in done for need in one.dependencies)]
        if not ready:
            names = ", ".join(repr(one.name) for one in left)
            raise refuse("run-multiple", f"runMultiple: activities that wait for each other: {names}.")
        done |= {one.name: one for one in ready}
        left = [one for one in left if one.name not in done]
    return list(done.values())


def _asked(told: Mapping[str, Any]) -> list[str]:
    """The activities whose exit values an activity's arguments ask for."""
    texts = [value for value in told.get("args", {}).values() if isinstance(value, str)]
    return [match[2] for text in texts for match in _EXIT_VALUE.finditer(text)]


def _filled(value: Any, values: Mapping[str, str]) -> Any:
    return _EXIT_VALUE.sub(lambda match: values[match[2]], value) if isinstance(value, str) else value


class RunMultipleFailedException(NotebookFailed):
    """At least one activity failed. `result` is what runMultiple would have given; the name is the platform's."""

    def __init__(self, message: str, result: dict[str, dict[str, Any]]) -> None:
        super().__init__(message)
        self.result = result
