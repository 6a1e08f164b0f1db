"""One Python function's source text, from a transform's description.

Everything that could be long stands on a line of its own behind a trailing comma, which is how a formatter leaves it,
whatever its line length (from 88 on).
"""

from __future__ import annotations

import json
import keyword
import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from penstock.core.described import Param, Transform

WIDTH = 88


@dataclass(frozen=True)
class Type:
    """How a kind of parameter reads in Python, and what has to be imported for it."""

    text: str
    imports: tuple[str, ...] = ()


_SEQUENCE = "from collections.abc import Sequence"
TYPES: dict[str, Type] = {
    "column": Type("str"),
    "columns": Type("str | Sequence[str]", (_SEQUENCE,)),
    "choice": Type("Literal", ("from typing import Literal",)),
    "flag": Type("bool"),
    "duration": Type(
        "str | timedelta | int | float | Decimal",
        ("from datetime import timedelta", "from decimal import Decimal"),
    ),
    "sql": Type("str"),
    "text": Type("str"),
    "whole": Type("int"),
    "real": Type("float"),
    "pair": Type("tuple[str, str]"),
    "aggregates": Type("Mapping[str, str]", ("from collections.abc import Mapping",)),
    "windows": Type("Mapping[str, tuple[object, object]]", ("from collections.abc import Mapping",)),
}


class Signature:
    """A transform as a Python function; every name is made an identifier, and no two are the same."""

    def __init__(self, transform: Transform) -> None:
        self._transform = transform
        self.name = identifier(transform.name, ())
        names: list[str] = []
        for wanted in (*transform.inputs, *(p.name for p in transform.params)):
            names.append(identifier(wanted, (*names, "penstock")))
        self._inputs = names[: len(transform.inputs)]
        self._params = list(zip(transform.params, names[len(transform.inputs) :], strict=True))

    def source(self) -> str:
        """The whole function."""
        lines = [f"    {name}: DataFrame,\n" for name in self._inputs]
        if self._params:
            lines.append("    *,\n")
        lines += [_parameter(param, name) for param, name in self._params]
        head = f"def {self.name}(\n{''.join(lines)}) -> DataFrame:\n" if lines else f"def {self.name}() -> DataFrame:\n"
        return head + self._docstring() + self._body()

    def _docstring(self) -> str:
        summary = _escaped(self._transform.summary)
        if not self._params:
            return f'    """{summary}{" " if summary.endswith(chr(34)) else ""}"""\n'
        args = [
            textwrap.fill(
                f"{name}: {_escaped(param.doc) or 'see the JAR.'}",
                WIDTH,
                initial_indent=" " * 8,
                subsequent_indent=" " * 12,
                break_long_words=False,
                break_on_hyphens=False,
            )
            for param, name in self._params
        ]
        return f'    """{summary}\n\n    Args:\n' + "\n".join(args) + '\n    """\n'

    def _body(self) -> str:
        renamed = [(p.name, name) for p, name in self._params if p.name != name]
        given = [quoted(self._transform.name), *self._inputs]
        given += [f"{name}={name}" for p, name in self._params if p.name == name]
        if renamed:
            given.append("**{" + ", ".join(f"{quoted(p)}: {name}" for p, name in renamed) + "}")
        if len(given) == 1:
            return f"    return penstock.call({given[0]})\n"
        return "    return penstock.call(\n" + "".join(f"        {g},\n" for g in given) + "    )\n"


def identifier(wanted: str, taken: Iterable[str]) -> str:
    """The nearest name that Python takes and that is free."""
    name = re.sub(r"\W", "_", wanted)
    if not name or name[0].isdigit():
        name = f"_{name}"
    taken = set(taken)
    while keyword.iskeyword(name) or name in taken:
        name += "_"
    return name


def quoted(text: str) -> str:
    """A string literal with the quotes that a formatter chooses: double, unless single ones need fewer escapes."""
    double = json.dumps(text, ensure_ascii=False)
    if text.count('"') <= text.count("'"):
        return double
    return "'" + double[1:-1].replace('\\"', '"').replace("'", "\\'") + "'"


def _parameter(param: Param, name: str) -> str:
    end = "" if param.required else " | None = None" if param.default is None else f" = {_literal(param.default)}"
    if param.type != "choice":
        return f"    {name}: {TYPES[param.type].text}{end},\n"
    choices = [quoted(c) for c in param.choices]
    line = f"    {name}: Literal[{', '.join(choices)}]{end},\n"
    if len(line) <= WIDTH:
        return line
    return f"    {name}: Literal[\n" + "".join(f"        {c},\n" for c in choices) + f"    ]{end},\n"


def _literal(value: object) -> str:
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, (list, tuple)):
        items = [_literal(v) for v in cast("list[object]", value)]
        return f"({', '.join(items)}{',' if len(items) == 1 else ''})"
    return repr(value)


def _escaped(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
