"""Reads a parameter's type from its annotation, or from the value it starts with. Nothing is executed."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from penstock.notebooks.kinds import Kind

_KNOWN = {
    **{name: name for name in ("str", "int", "float", "bool", "dict", "list")},
    "typing.Any": "any",
    "typing.List": "list",
    "typing.Dict": "dict",
    "datetime.date": "date",
    "datetime.datetime": "datetime",
    "datetime.timedelta": "timedelta",
    "pathlib.Path": "Path",
    "penstock.Secret": "Secret",
    "penstock.core.secret.Secret": "Secret",
    "typing.Literal": "Literal",
    "typing.Optional": "Optional",
    "typing.Union": "Union",
}
_BY_LAST_NAME = {name.rpartition(".")[2]: base for name, base in _KNOWN.items()}


def aliases(trees: list[ast.Module]) -> dict[str, str]:
    """What each imported name stands for: `import datetime as dt` makes `dt` stand for `datetime`."""
    names: dict[str, str] = {}
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Import):
            names.update(_imported(name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.update({name.asname or name.name: f"{node.module}.{name.name}" for name in node.names})
    return names


def _imported(name: ast.alias) -> tuple[str, str]:
    """`import a.b` binds `a`; `import a.b as c` binds `c` to `a.b`."""
    top = name.name.partition(".")[0]
    return (name.asname, name.name) if name.asname else (top, top)


def kind_of_annotation(node: ast.expr, names: Mapping[str, str]) -> Kind:
    """The kind an annotation names; an annotation that is none of ours keeps its own text as `base`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            return kind_of_annotation(ast.parse(node.value, mode="eval").body, names)
        except SyntaxError:
            return Kind(node.value)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return _union([node.left, node.right], names)
    if isinstance(node, ast.Subscript):
        return _subscript(node, names)
    if isinstance(node, ast.Constant) and node.value is None:
        return Kind("any", optional=True)
    base = resolve(node, names)
    return Kind("list", item=Kind("any")) if base == "list" else Kind(base or ast.unparse(node))


def kind_of_value(node: ast.expr, names: Mapping[str, str]) -> Kind:
    """The kind of a literal, of a call such as `date(2024, 1, 1)`, else `any`."""
    if isinstance(node, ast.Call):
        base = resolve(node.func, names)
        if base in ("date", "datetime", "timedelta", "Path", "Secret", "str", "int", "float", "bool"):
            return Kind(base)
        if base is None and isinstance(node.func, ast.Attribute):  # date.fromisoformat("2024-01-01")
            base = resolve(node.func.value, names)
            if base in ("date", "datetime") and node.func.attr in ("fromisoformat", "today", "now", "strptime"):
                return Kind(base)
        return Kind("any")
    try:
        value = ast.literal_eval(node)
    except (ValueError, SyntaxError, TypeError, MemoryError):
        return Kind("any")
    if isinstance(value, list):
        assert isinstance(node, ast.List)
        kinds = {kind_of_value(item, names) for item in node.elts}
        return Kind("list", item=kinds.pop() if len(kinds) == 1 else Kind("any"))
    base = type(value).__name__
    return Kind(base if base in ("str", "int", "float", "bool", "dict") else "any")


def resolve(node: ast.expr, names: Mapping[str, str]) -> str | None:
    """Our base name for what a (dotted) name refers to, through the notebook's imports."""
    dotted = _dotted(node)
    if dotted is None:
        return None
    head, _, rest = dotted.partition(".")
    full = names.get(head, head) + ("." + rest if rest else "")
    if full in _KNOWN:
        return _KNOWN[full]
    return _BY_LAST_NAME.get(full) if head not in names and not rest else None  # a name imported out of our sight


def _dotted(node: ast.expr) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        left = _dotted(node.value)
        return f"{left}.{node.attr}" if left else None
    return None


def _subscript(node: ast.Subscript, names: Mapping[str, str]) -> Kind:
    base = resolve(node.value, names)
    inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if base == "Literal":
        values = tuple(item.value for item in inner if isinstance(item, ast.Constant))
        if values and len(values) == len(inner):
            given = tuple(value for value in values if value is not None)
            return Kind("choice", choices=given, optional=None in values)
    if base == "Optional":
        return _union([*inner, ast.Constant(None)], names)
    if base == "Union":
        return _union(inner, names)
    if base == "list" and len(inner) == 1:
        return Kind("list", item=kind_of_annotation(inner[0], names))
    return Kind("dict") if base == "dict" else Kind(ast.unparse(node))


def _union(members: list[ast.expr], names: Mapping[str, str]) -> Kind:
    """`X | None` is X that may be None; a union of several types is more than a command line can tell apart."""
    real = [node for node in members if not (isinstance(node, ast.Constant) and node.value is None)]
    kinds = [kind_of_annotation(node, names) for node in real]
    optional = len(real) < len(members) or any(kind.optional for kind in kinds)
    if len(kinds) != 1:
        return Kind(" | ".join(str(kind) for kind in kinds), optional=optional)
    return Kind(kinds[0].base, kinds[0].item, kinds[0].choices, optional)
