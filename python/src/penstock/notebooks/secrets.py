"""The secrets of a run: which parameters are secrets, and whether they can be read before anything starts."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from penstock.core.errors import Refusal
from penstock.core.secret import FOLDER, Secret
from penstock.notebooks.parameters import Parameter
from penstock.notebooks.redact import Redactor


def learn_secrets(parameters: Sequence[Parameter], values: Mapping[str, Any], where: str) -> Redactor:
    """A redactor that knows every secret of the run.

    Raises:
        Refusal: one of them cannot be read; all that cannot are named. A platform's scope is first asked in the kernel.
    """
    redactor = Redactor()
    problems: list[str] = []
    for name, secret in _secrets(parameters, values):
        if secret.reference.startswith("scope:") and not os.environ.get(FOLDER):
            continue
        try:
            redactor.learn(name, secret.value)
        except Refusal as refusal:
            problems.append(f"  - {name}: {refusal}")
    if problems:
        raise Refusal("\n".join([f"{where}: nothing was started, because", *problems]), ("secret-missing",))
    return redactor


def _secrets(parameters: Sequence[Parameter], values: Mapping[str, Any]) -> Iterator[tuple[str, Secret]]:
    for parameter in (one for one in parameters if one.kind.secret):
        if parameter.name not in values:
            yield from ((parameter.name, secret) for secret in _in_default(parameter.default))
            continue
        given = values[parameter.name]
        several = cast("list[Any]", given) if isinstance(given, list) else [given]
        yield from ((parameter.name, secret) for secret in several if isinstance(secret, Secret))


def _in_default(default: str | None) -> Iterator[Secret]:
    """`Secret("env:TOKEN")` in the parameters cell; read as text, as the cell is never executed here."""
    for node in ast.walk(ast.parse(default or "None")):
        if isinstance(node, ast.Call) and len(node.args) == 1 and isinstance(node.args[0], ast.Constant):
            reference = node.args[0].value
            if isinstance(reference, str):
                yield Secret(reference)
