"""The parameters that a caller gives, held against those that the notebook declares: every problem is told at once."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from penstock.core.errors import Refusal
from penstock.notebooks.kinds import Wrong
from penstock.notebooks.parameters import Parameter, default_problems


@dataclass(frozen=True)
class Typed:
    """A value that was typed as text and is read by the parameter's type. `raw`: it stays text (papermill's `-r`)."""

    text: str
    raw: bool = False


def check(parameters: Sequence[Parameter], given: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The given values, each of its parameter's type, or one refusal with all that is wrong and what there is."""
    by_name = {parameter.name: parameter for parameter in parameters}
    values: dict[str, Any] = {}
    problems: list[tuple[str, str]] = []
    for name, value in given.items():
        if name not in by_name:
            problems.append(("unknown-parameter", _unknown(name, list(by_name))))
            continue
        try:
            values[name] = _value(by_name[name], value)
        except Wrong as wrong:
            problems.append(("wrong-value", f"{_shown(by_name[name], value)} is not {wrong}."))
    for parameter in parameters:
        if parameter.required and parameter.name not in given:
            problems.append(("missing-parameter", f"{parameter.name} is missing: {parameter.kind.wants}."))
    problems += [
        ("wrong-value", text) for text in default_problems(tuple(parameters)) if text.partition(":")[0] not in given
    ]
    if problems:
        raise _refusal(parameters, problems, where)
    return values


def table(parameters: Sequence[Parameter]) -> str:
    """The parameters as lines of text: name, type, default, help."""
    rows = [(p.name, str(p.kind), "required" if p.required else f"= {p.plain_default}", p.help) for p in parameters]
    widths = [max(len(row[column]) for row in rows) for column in range(3)] if rows else []
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row[:3], widths, strict=True)), row[3]]).rstrip()
        for row in rows
    ]
    return "\n".join("  " + line for line in lines)


def _value(parameter: Parameter, value: Any) -> Any:
    if not isinstance(value, Typed):
        return parameter.kind.accept(value)
    if not value.raw:
        return parameter.kind.read(value.text)
    return parameter.kind.accept(value.text)


def _unknown(name: str, names: list[str]) -> str:
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.75)
    return f"{name} is not a parameter of this notebook." + (f" Did you mean {near[0]}?" if near else "")


def _shown(parameter: Parameter, value: Any) -> str:
    """`name=value` as it was typed, but for what may be a secret typed in clear."""
    return f"{parameter.name}=…" if parameter.kind.secret else f"{parameter.name}={_as_typed(value)}"


def _as_typed(value: Any) -> str:
    text = repr(value.text if isinstance(value, Typed) else value)
    return text if len(text) <= 80 else text[:79] + "…"


def _refusal(parameters: Sequence[Parameter], problems: list[tuple[str, str]], where: str) -> Refusal:
    codes = tuple(dict.fromkeys(code for code, _ in problems))
    lines = [f"{where}: nothing was started, because", *(f"  - {text} [penstock.{code}]" for code, text in problems)]
    if parameters:
        lines += ["The notebook has these parameters:", table(parameters)]
    else:
        lines += ["The notebook declares no parameters: tag the cell that has them with 'parameters'."]
    return Refusal("\n".join(lines), codes)
