"""Predicates over a profile: a small language that is both Python and Spark SQL.

Names, numbers, texts, comparisons, `+ - * /`, `and`, `or`. What was not measured is null, and no comparison with null
is true, as in SQL.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_COMPUTE: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: lambda a, b: a / b if b else None,
}


def names(text: str) -> frozenset[str]:
    """The facts that a predicate asks for."""
    return frozenset(node.id for node in ast.walk(_parsed(text)) if isinstance(node, ast.Name))


def holds(text: str, facts: Mapping[str, Any]) -> bool:
    """Whether a predicate is true of the facts; a fact that is not there is null.

    Raises:
        ValueError: the text is not of the language.
    """
    return _value(_parsed(text), facts) is True


@cache
def _parsed(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def _value(node: ast.expr, facts: Mapping[str, Any]) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return facts.get(node.id)
    if isinstance(node, ast.BoolOp):
        parts = [_value(part, facts) is True for part in node.values]
        return all(parts) if isinstance(node.op, ast.And) else any(parts)
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _COMPARE:
        return _both(_COMPARE[type(node.ops[0])], _value(node.left, facts), _value(node.comparators[0], facts))
    if isinstance(node, ast.BinOp) and type(node.op) in _COMPUTE:
        return _both(_COMPUTE[type(node.op)], _value(node.left, facts), _value(node.right, facts))
    raise ValueError(f"{ast.unparse(node)} is not part of the language of predicates")


def _both(operation: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    return None if left is None or right is None else operation(left, right)
