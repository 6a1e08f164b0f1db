"""A secret that travels as a reference: where it is, never what it is.

The value is read where it is used, by `.value`. Printing a secret, pickling it, or failing with it shows the reference.

    env:WEATHER_TOKEN         an environment variable of the process that runs the notebook
    file:/run/secrets/token   a file; one line break at its end does not count
    scope:weather/token       a secret scope of the platform, or the file weather/token below $PENSTOCK_SECRETS
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from penstock.core.errors import Refusal

FORMS = "env:NAME, file:PATH or scope:SCOPE/KEY"
SHORTEST = 8
"""Characters; a shorter value could not be told from ordinary text, so it could not be kept out of a report."""
FOLDER = "PENSTOCK_SECRETS"

listeners: list[Callable[[str, str], None]] = []
"""Called with (reference, value) before a value is handed out, so that whoever keeps outputs can keep it out."""


class Secret:
    """A parameter's type, and a reference to a value that must not be seen."""

    __slots__ = ("reference",)

    def __init__(self, reference: str) -> None:
        """Takes a reference in one of the three forms.

        Raises:
            Refusal: it is none. The text is not repeated in the message, since it may be the secret itself.
        """
        kind, colon, place = reference.partition(":")
        if not colon or kind not in _READERS or not place or (kind == "scope" and place.count("/") != 1):
            raise Refusal(
                f"This is not a reference to a secret; say where it is: {FORMS}. [penstock.secret-form]",
                ("secret-form",),
            )
        self.reference = reference

    @property
    def value(self) -> str:
        """The secret's text.

        Raises:
            Refusal: there is nothing at that place, or something too short to be kept secret.
        """
        kind, _, place = self.reference.partition(":")
        value = _READERS[kind](place)
        if len(value) < SHORTEST:
            raise _refuse("secret-short", self.reference, f"is shorter than {SHORTEST} characters")
        for listener in listeners:
            listener(self.reference, value)
        return value

    def __repr__(self) -> str:
        return f"Secret({self.reference!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other.reference == self.reference

    def __hash__(self) -> int:
        return hash(self.reference)


def _from_environment(name: str) -> str:
    value = os.environ.get(name)
    if value is None:
        raise _refuse("secret-missing", f"env:{name}", f"is not there: the environment variable {name} is not set")
    return value


def _from_file(place: str) -> str:
    try:
        text = Path(place).expanduser().read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = (error.strerror or type(error).__name__) if isinstance(error, OSError) else "it is not UTF-8 text"
        raise _refuse("secret-missing", f"file:{place}", f"cannot be read: {why}") from None
    return text.removesuffix("\n").removesuffix("\r")


def _from_scope(place: str) -> str:
    scope, _, key = place.partition("/")
    folder = os.environ.get(FOLDER)
    if folder:
        if {scope, key} & {".", ".."}:
            raise _refuse("secret-missing", f"scope:{place}", "leads out of the folder of secrets")
        return _from_file(str(Path(folder) / scope / key))
    platform = _platform()
    if platform is None:
        raise _refuse(
            "secret-missing",
            f"scope:{place}",
            f"cannot be read: there is no platform here; locally ${FOLDER} names a folder with the file {place}",
        )
    return str(platform(scope, key))


def _platform() -> Callable[[str, str], Any] | None:
    """What the platform we run on reads its secrets with, if we run on one."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    names: dict[str, Any] = getattr(shell, "user_ns", {})
    for name, area, verb in (("dbutils", "secrets", "get"), ("notebookutils", "credentials", "getSecret")):
        tool = names.get(name) or sys.modules.get(name)
        if tool is not None and not getattr(tool, "penstock_shim", False):
            return getattr(getattr(tool, area), verb)
    return None


def _refuse(code: str, reference: str, what: str) -> Refusal:
    return Refusal(f"The secret {reference} {what}. [penstock.{code}]", (code,))


_READERS: dict[str, Callable[[str], str]] = {
    "env": _from_environment,
    "file": _from_file,
    "scope": _from_scope,
}
