"""`unbounded-result`: what comes to the driver, or to the screen, has a limit that the code shows."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from penstock.notebooks.checks.finding import Finding
from penstock.notebooks.checks.rule import Rule
from penstock.notebooks.checks.subject import Subject

_BRINGS = frozenset({"collect", "toPandas", "toLocalIterator", "collectAsList"})
_LIMITS = frozenset({"limit", "head", "take", "tail", "first", "describe", "summary"})
_SPARK = frozenset({"spark", "sqlContext"})
_WORDS = (*_BRINGS, "display", "show")
_FEW = 1000
"""The most rows that `show` may be asked for."""


def _look(subject: Subject) -> Iterator[Finding]:
    values: dict[str, ast.expr] = {}
    for cell, tree in subject.trees:
        told = any(word in cell.source for word in _WORDS)  # most cells have none, and are not walked
        for statement in tree.body:
            for what, call in _calls(statement, values) if told else ():
                message = f"{what} brings a result of any size; limit it first"
                key = f"{what} {ast.unparse(call)}"
                yield subject.finding(RULE.id, cell.number, call.lineno, message, key=key)
            values.update(_assigned(statement))


def _calls(statement: ast.stmt, values: Mapping[str, ast.expr]) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(statement):
        if isinstance(node, ast.Call) and (what := _unbounded(node, values)):
            yield what, node


def _unbounded(call: ast.Call, values: Mapping[str, ast.expr]) -> str | None:
    """What to call the finding, None if there is nothing to say."""
    if isinstance(call.func, ast.Attribute) and call.func.attr in _BRINGS and not call.args:
        return None if _limited(call.func.value, values) else f".{call.func.attr}()"
    if isinstance(call.func, ast.Attribute) and call.func.attr == "show" and call.args:
        first = call.args[0]
        many = isinstance(first, ast.Constant) and isinstance(first.value, int) and first.value > _FEW
        return f".show({first.value})" if many and isinstance(first, ast.Constant) else None
    if isinstance(call.func, ast.Name) and call.func.id == "display" and call.args:
        frame = call.args[0]
        return "display(…)" if _of_spark(frame, values) and not _limited(frame, values) else None
    return None


def _limited(node: ast.expr, values: Mapping[str, ast.expr]) -> bool:
    """Whether the chain that made this value has a limit in it, or an aggregate without groups."""
    called = [name for one in _chain(node, values) if isinstance(one, ast.Attribute) for name in [one.attr]]
    return bool(_LIMITS & set(called)) or ("agg" in called and "groupBy" not in called and "groupby" not in called)


def _of_spark(node: ast.expr, values: Mapping[str, ast.expr]) -> bool:
    parts = _chain(node, values)
    if any(isinstance(one, ast.Attribute) and one.attr in _BRINGS for one in parts):
        return False  # it is on the driver by then, which is said of that call
    return any(isinstance(one, ast.Name) and one.id in _SPARK for one in parts)


def _chain(node: ast.expr, values: Mapping[str, ast.expr]) -> list[ast.expr]:
    """The parts of `x.a().b`, and of what x was assigned, each name followed once."""
    parts: list[ast.expr] = []
    seen: set[str] = set()
    at: ast.expr | None = node
    while at is not None:
        parts.append(at)
        if isinstance(at, ast.Call):
            at = at.func
        elif isinstance(at, (ast.Attribute, ast.Subscript)):
            at = at.value
        elif isinstance(at, ast.Name) and at.id not in seen:
            seen.add(at.id)
            at = values.get(at.id)
        else:
            at = None
    return parts


def _assigned(statement: ast.stmt) -> dict[str, ast.expr]:
    if not isinstance(statement, ast.Assign):
        return {}
    return {target.id: statement.value for target in statement.targets if isinstance(target, ast.Name)}


RULE = Rule(
    "unbounded-result",
    "Rows are collected or displayed only with a limit.",
    "`collect` and `toPandas` bring every row into the driver's memory: it works on a sample and kills the job on "
    "the day with more data. `display` and a large `show` put them into the saved notebook.",
    "aggregate or `limit` first, or write a table.",
    each=_look,
)
