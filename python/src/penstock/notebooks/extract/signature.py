"""A function's text with more arguments: keyword-only, so that no call can give them by mistake."""

from __future__ import annotations

import builtins
import keyword
from collections.abc import Iterable, Mapping

import libcst as cst

from penstock.notebooks.extract.code import Code, Span
from penstock.notebooks.extract.edits import Edit


def argument_names(values: Iterable[str], taken: Iterable[str]) -> dict[str, str]:
    """What each value is called as an argument: a constant's name in small letters where that is free."""
    used = set(taken)
    found: dict[str, str] = {}
    for value in values:
        small = value.lower()
        free = value.isupper() and small not in used and not hasattr(builtins, small) and not keyword.iskeyword(small)
        found[value] = small if free else value
        used.add(found[value])
    return found


def signature_edit(code: Code, node: cst.FunctionDef, arguments: Mapping[str, str]) -> Edit:
    """The edit that adds the arguments to the definition."""
    params = node.params
    starred = isinstance(params.star_arg, cst.Param) or bool(params.kwonly_params)
    more = ("" if starred else "*, ") + ", ".join(arguments.values())
    star = [params.star_arg] if isinstance(params.star_arg, cst.Param) else []
    last = [*params.posonly_params, *params.params, *star, *params.kwonly_params][-1:]
    if last:
        line, column = _end(code, last[0])
        if last[0] in params.posonly_params:
            rest = code.lines[line - 1]
            column = rest.index("/", column) + 1
        more = f", {more}"
    else:
        name = code.span(node.name)
        line, column = name.end, code.lines[name.end - 1].index("(", name.end_column) + 1
        more = f"{more}, " if params.star_kwarg else more
    return Edit(Span(line, column, line, column), "", more)


def _end(code: Code, param: cst.Param) -> tuple[int, int]:
    parts = [param.name, *([param.annotation] if param.annotation else []), *([param.default] if param.default else [])]
    last = parts[-1]
    end = code.span(last) if isinstance(last, cst.Annotation) else code.end_of(last)
    return end.end, end.end_column
