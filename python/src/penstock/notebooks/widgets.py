"""Parameters that a notebook declares as a platform's widgets: `dbutils.widgets.dropdown("mode", "fast", [...])`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from penstock.notebooks.document import Notebook, code_cells
from penstock.notebooks.kinds import Kind
from penstock.notebooks.parameters import Parameter
from penstock.notebooks.python_cells import plain_python

_MAKERS = {"text": 2, "dropdown": 3, "combobox": 3, "multiselect": 3}
"""Each maker with the place of its label among the arguments."""


def widget_parameters(notebook: Notebook) -> tuple[Parameter, ...]:
    """The widgets that a notebook makes or reads under a name that stands there as text, in order. Nothing is run."""
    found: dict[str, Parameter] = {}
    for _, cell in code_cells(notebook):
        if "widgets" not in cell["source"]:
            continue
        for verb, call in _calls(cell["source"]):
            arguments = _arguments(call)
            name = arguments.get("name", arguments.get("0"))
            if isinstance(name, str) and (verb in _MAKERS or name not in found):
                found[name] = _parameter(verb, name, arguments)
    return tuple(found.values())


def _calls(source: str) -> Iterator[tuple[str, ast.Call]]:
    try:
        tree = ast.parse(plain_python(source))
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            area = node.func.value
            if isinstance(area, ast.Attribute) and area.attr == "widgets" and node.func.attr in (*_MAKERS, "get"):
                yield node.func.attr, node


def _arguments(call: ast.Call) -> dict[str, object]:
    """The arguments that are literals, by keyword or by place."""
    nodes = {str(at): node for at, node in enumerate(call.args)}
    nodes.update({word.arg: word.value for word in call.keywords if word.arg})
    found: dict[str, object] = {}
    for key, node in nodes.items():
        try:
            found[key] = ast.literal_eval(node)
        except (ValueError, TypeError, SyntaxError):
            continue
    return found


def _parameter(verb: str, name: str, arguments: dict[str, object]) -> Parameter:
    default = arguments.get("defaultValue", arguments.get("1"))
    label = arguments.get("label", arguments.get(str(_MAKERS.get(verb, 9))))
    choices = arguments.get("choices", arguments.get("2"))
    kind = Kind("str")
    if verb == "dropdown" and isinstance(choices, (list, tuple)):
        kind = Kind("choice", choices=tuple(str(choice) for choice in choices))  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    # a widget that is only read has no default: reading it fails in the notebook, which may be ready for that
    text = repr(default) if isinstance(default, str) else "undefined"
    return Parameter(name, kind, text, str(label or ""), widget=True)
