"""The parameters that a notebook declares, once, in the cell tagged `parameters`. The cell is parsed, never executed.

start: date                                # the first day; no value: must be given
tolerance: timedelta = timedelta(hours=2)  # how old an observation may be
mode: Literal["fast", "exact"] = "fast"
origins = ["EWR", "JFK"]                   # the type is inferred: list[str]
"""

from __future__ import annotations

import ast
import io
import tokenize
from dataclasses import dataclass, replace
from typing import Any

from penstock.notebooks.annotations import aliases, kind_of_annotation, kind_of_value
from penstock.notebooks.document import Notebook, code_cells, refuse, tagged
from penstock.notebooks.kinds import Kind, Wrong, show
from penstock.notebooks.python_cells import plain_python

TAG = "parameters"


@dataclass(frozen=True)
class Parameter:
    """One declared parameter. `default` is source text (None: it must be given), since it may be any expression."""

    name: str
    kind: Kind
    default: str | None
    help: str = ""
    widget: bool = False
    """True if it is a platform's widget, and no variable of the parameters cell."""

    @property
    def required(self) -> bool:
        """True if a run cannot start without a value for it."""
        return self.default is None

    @property
    def plain_default(self) -> str:
        """The default as a person would type it: the value of a literal, else its source text."""
        if self.default is None:
            return "(must be given)"
        if self.kind.secret and not isinstance(ast.parse(self.default, mode="eval").body, (ast.Call, ast.List)):
            return "(hidden)"
        try:
            return show(ast.literal_eval(self.default))
        except (ValueError, SyntaxError, TypeError):
            return self.default


def declared(notebook: Notebook, where: str) -> tuple[Parameter, ...]:
    """The notebook's parameters in order; of two declarations of one name the later counts, as when the cell runs.

    A platform's widgets are parameters too, after those of the cell.
    """
    from penstock.notebooks.widgets import widget_parameters

    of_cell = _of_cell(notebook, where)
    names = {one.name for one in of_cell}
    return (*of_cell, *(one for one in widget_parameters(notebook) if one.name not in names))


def _of_cell(notebook: Notebook, where: str) -> tuple[Parameter, ...]:
    index = tagged(notebook, TAG)
    if index is None:
        return ()
    source = plain_python(notebook["cells"][index]["source"])
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise refuse(
            "parameters-cell",
            f"{where}: the cell tagged 'parameters' (cell {index + 1}) is no Python: line {error.lineno}: {error.msg}.",
            "  It should have only imports and assignments such as: start: date = date(2024, 1, 1)  # the first day",
        ) from None
    names = aliases([*_earlier_trees(notebook, index), tree])
    comments = _comments(source)
    found: dict[str, Parameter] = {}
    for node in tree.body:
        for name, kind, value in _assignments(node, names):
            help_text = _help(comments, node)
            default = None if value is None else ast.get_source_segment(source, value) or ast.unparse(value)
            found.pop(name, None)
            found[name] = Parameter(name, kind, default, help_text)
    return tuple(found.values())


def default_problems(parameters: tuple[Parameter, ...]) -> list[str]:
    """Defaults that are not of the parameter's own declared type: the notebook's mistake, told before it runs."""
    problems: list[str] = []
    for parameter in parameters:
        try:
            value: Any = ast.literal_eval(parameter.default or "")
        except (ValueError, SyntaxError, TypeError):
            continue
        try:
            if parameter.kind.base in ("date", "datetime", "timedelta", "Path", "Secret") and isinstance(value, str):
                raise Wrong(parameter.kind.wants)  # text is converted when given from outside, never in the cell itself
            parameter.kind.accept(value)
        except Wrong as wrong:
            shown = "" if parameter.kind.secret else f" {parameter.default}"
            problems.append(f"{parameter.name}: its own default{shown} is not {wrong}.")
    return problems


def _earlier_trees(notebook: Notebook, index: int) -> list[ast.Module]:
    trees: list[ast.Module] = []
    for at, cell in code_cells(notebook):
        if at < index:
            try:
                trees.append(ast.parse(plain_python(cell["source"])))
            except SyntaxError:
                continue  # only its imports would have been of interest
    return trees


def _assignments(node: ast.stmt, names: dict[str, str]) -> list[tuple[str, Kind, ast.expr | None]]:
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        kind = kind_of_annotation(node.annotation, names)
        if isinstance(node.value, ast.Constant) and node.value.value is None:
            kind = replace(kind, optional=True)  # `x: int = None` says so without saying so
        return [(node.target.id, kind, node.value)]
    if isinstance(node, ast.Assign):
        kind = kind_of_value(node.value, names)
        return [(target.id, kind, node.value) for target in node.targets if isinstance(target, ast.Name)]
    return []


def _comments(source: str) -> dict[int, tuple[str, bool]]:
    """Line number → (comment, whether it has the line to itself)."""
    comments: dict[int, tuple[str, bool]] = {}
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                alone = not token.line[: token.start[1]].strip()
                comments[token.start[0]] = (token.string.lstrip("#").strip(), alone)
    except (tokenize.TokenError, IndentationError):
        pass  # ast has accepted the cell; a comment is only help
    return comments


def _help(comments: dict[int, tuple[str, bool]], node: ast.stmt) -> str:
    """The comment at the end of the assignment, else the comment lines right above it."""
    for line in (node.end_lineno or node.lineno, node.lineno):
        text, alone = comments.get(line, ("", True))
        if text and not alone:
            return text
    above: list[str] = []
    line = node.lineno - 1
    while line in comments and comments[line][1]:
        above.insert(0, comments[line][0])
        line -= 1
    return " ".join(above).strip()
