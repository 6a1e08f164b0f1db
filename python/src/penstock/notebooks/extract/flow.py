"""Which names a row of statements needs from before, and which it has bound for certain when it is through.

A branch or a loop may not run, so what only it binds is not certain.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field

from penstock.notebooks.names import names_of


@dataclass
class Flow:
    """`needs`: used where not certainly bound, in the order of first use. `bound`: all that is bound somewhere."""

    needs: dict[str, None] = field(default_factory=dict[str, None])
    bound: dict[str, None] = field(default_factory=dict[str, None])
    sure: frozenset[str] = frozenset()


def flow_of(nodes: Sequence[ast.stmt]) -> Flow:
    """The flow of names through the row."""
    flow = Flow()
    flow.sure = _through(nodes, frozenset(), flow)
    return flow


def _through(nodes: Sequence[ast.stmt], sure: frozenset[str], flow: Flow) -> frozenset[str]:
    for node in nodes:
        sure = _step(node, sure, flow)
    return sure


def _step(node: ast.stmt, sure: frozenset[str], flow: Flow) -> frozenset[str]:
    if isinstance(node, ast.If):
        sure = _plain([ast.Expr(node.test)], sure, flow)
        return _through(node.body, sure, flow) & _through(node.orelse, sure, flow)
    if isinstance(node, (ast.For, ast.AsyncFor)):
        sure = _plain([ast.Expr(node.iter)], sure, flow)
        _through(node.body, _plain([_bind(node.target)], sure, flow), flow)
        _through(node.orelse, sure, flow)
        return sure
    if isinstance(node, ast.While):
        sure = _plain([ast.Expr(node.test)], sure, flow)
        _through(node.body, sure, flow)
        _through(node.orelse, sure, flow)
        return sure
    if isinstance(node, (ast.With, ast.AsyncWith)):
        for item in node.items:
            sure = _plain([ast.Expr(item.context_expr)], sure, flow)
            sure = _plain([_bind(item.optional_vars)], sure, flow) if item.optional_vars else sure
        return _through(node.body, sure, flow)
    if isinstance(node, ast.Try):
        return _try(node, sure, flow)
    if isinstance(node, ast.Match):
        sure = _plain([ast.Expr(node.subject)], sure, flow)
        for case in node.cases:
            _plain([ast.Match(ast.Constant(None), [case])], sure, flow)
        return sure
    return _plain([node], sure, flow)


def _try(node: ast.Try, sure: frozenset[str], flow: Flow) -> frozenset[str]:
    ends = [_through(node.orelse, _through(node.body, sure, flow), flow)]
    for handler in node.handlers:
        if handler.type:
            _plain([ast.Expr(handler.type)], sure, flow)
        named = sure | {handler.name} if handler.name else sure
        if not isinstance(handler.body[-1], (ast.Raise, ast.Return)):
            ends.append(_through(handler.body, named, flow) - ({handler.name} - sure))
        else:
            _through(handler.body, named, flow)
    always = frozenset(name for name in ends[0] if all(name in end for end in ends))
    return always | _through(node.finalbody, sure, flow)


def _plain(nodes: Sequence[ast.stmt], sure: frozenset[str], flow: Flow) -> frozenset[str]:
    """Uses and bindings one after another."""
    known = set(sure)
    for name in names_of(ast.Module(list(nodes), [])).found:
        if name.binds:
            flow.bound.setdefault(name.name)
            known.add(name.name)
        elif name.name not in known:
            flow.needs.setdefault(name.name)
    return frozenset(known)


def _bind(target: ast.expr) -> ast.stmt:
    """`target = None`, which binds what a loop or a `with` binds."""
    return ast.copy_location(ast.Assign([target], ast.copy_location(ast.Constant(None), target)), target)
