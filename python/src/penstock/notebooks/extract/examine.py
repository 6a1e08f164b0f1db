"""What a function needs where it goes, or why it cannot go: everything is said by name, with what to do."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from penstock.core.errors import Refusal
from penstock.notebooks.extract.bindings import SCREEN, Bindings
from penstock.notebooks.extract.imports import Imported
from penstock.notebooks.extract.same import Function, Piece
from penstock.notebooks.names import below, names_of
from penstock.notebooks.refusing import refuse

_ADDS = ("append", "extend", "insert", "update", "setdefault", "add", "write", "writelines")
_CHANGES = frozenset((*_ADDS, "remove", "pop", "popitem", "clear", "discard", "sort", "reverse"))
"""Methods that change what they are called on."""


@dataclass(frozen=True)
class Needs:
    """Imports that come along, and values of the notebook that become arguments, in the order of their use."""

    imports: tuple[Imported, ...]
    values: tuple[str, ...]


def needs_of(piece: Piece, bindings: Bindings) -> Needs:
    """What the piece takes from its notebook. Raises `Refusal` for what cannot be given to it elsewhere."""
    names = names_of(ast.Module(list(piece.nodes), []))
    used = [one.name for one in names.found if not one.binds and one.name in piece.free]
    if bindings.star and used:
        raise refuse(
            "extract-star",
            f"{piece.where}: {_called(piece)} uses {used[0]}, which the star import in {bindings.star} may bind.",
            "  Import by name there what is used of it.",
        )
    imports: list[Imported] = []
    values: list[str] = []
    for name in dict.fromkeys(used):
        kind = bindings.kind(name)
        if kind == "import":
            imports += bindings.imports(name)
        elif kind in ("value", "written", "given"):
            values.append(name)
        elif kind != "builtin":
            raise _cannot_follow(piece, name, kind)
    return Needs(tuple(dict.fromkeys(imports)), tuple(values))


def check_function(piece: Piece, bindings: Bindings, needs: Needs) -> None:
    """Refuse a function whose meaning would change in a module."""
    node = piece.function
    assert node is not None
    for refusal in (
        _rebound(piece, bindings),
        _writes(piece, node),
        _changed_in_place(piece, needs.values),
        _decorated(piece, node, bindings, needs),
        _at_definition(piece, node, needs),
    ):
        if refusal is not None:
            raise refusal
    if needs.values and (isinstance(node, ast.ClassDef) or _yields(node)):
        what = "a class" if isinstance(node, ast.ClassDef) else "a generator"
        raise refuse(
            "extract-state",
            f"{piece.where}: {piece.name} is {what} and reads the notebook's {needs.values[0]}.",
            f"  Make {needs.values[0]} an argument of it first.",
        )


def _cannot_follow(piece: Piece, name: str, kind: str) -> Refusal:
    told = _called(piece)
    if kind in ("function", "class"):
        return refuse(
            "extract-first",
            f"{piece.where}: {told} uses {name}, a {kind} of the notebook.",
            f"  Move that first, or both at once: penstock extract {name} {piece.name or piece.id} --to …",
        )
    if kind == "screen":
        why = "there is only in a notebook" if name in SCREEN else "gives another answer in a module"
        return refuse(
            "extract-screen",
            f"{piece.where}: {told} uses {name}, which {why}.",
            "  Return the value, and show it in the notebook." if name in SCREEN else "  Pass on what it looks up.",
        )
    return refuse(
        "extract-unknown",
        f"{piece.where}: {told} uses {name}, which nothing in the notebook assigns.",
        "  Assign it, import it, or make it an argument.",
    )


def _rebound(piece: Piece, bindings: Bindings) -> Refusal | None:
    others = [one for one in bindings.found[piece.name] if (one.cell, one.line) != (piece.cell, _line(piece))]
    others += [one for one in bindings.found[piece.name] if one.shown != piece.subject.shown and one not in others]
    if not others:
        return None
    where = f"{others[0].shown}, cell {others[0].cell}, line {others[0].line}"
    return refuse(
        "extract-shadowed",
        f"{piece.where}: {piece.name} is not the only meaning of its name: it is bound again in {where}.",
        "  Give one of them another name: penstock rename.",
    )


def _line(piece: Piece) -> int:
    return piece.nodes[0].lineno


def _writes(piece: Piece, node: Function) -> Refusal | None:
    for inner in below(node):
        if isinstance(inner, ast.Global):
            return refuse(
                "extract-global",
                f"{piece.where}: {piece.name} writes the notebook's {', '.join(inner.names)} (global).",
                "  Return the new value, and assign it in the notebook.",
            )
    return None


def _changed_in_place(piece: Piece, values: Sequence[str]) -> Refusal | None:
    for name, line in _in_place(piece.nodes):
        if name in values:
            return refuse(
                "extract-state",
                f"{piece.where}: {piece.name} changes the notebook's {name} in place (line {line}).",
                f"  Return what is new, and change {name} in the notebook; or make {name} an argument yourself.",
            )
    return None


def _in_place(nodes: Sequence[ast.AST]) -> Iterator[tuple[str, int]]:
    """Names whose value is changed without being assigned: `x[k] = v`, `x.a = v`, `del x[k]`, `x.append(v)`."""
    for node in (inner for outer in nodes for inner in below(outer)):
        at: ast.AST | None = None
        if isinstance(node, (ast.Subscript, ast.Attribute)) and not isinstance(node.ctx, ast.Load):
            at = node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CHANGES:
            at = node.func.value
        while isinstance(at, (ast.Subscript, ast.Attribute)):
            at = at.value
        if isinstance(at, ast.Name):
            yield at.id, at.lineno


def _decorated(piece: Piece, node: Function, bindings: Bindings, needs: Needs) -> Refusal | None:
    if not node.decorator_list:
        return None
    used = _used(node.decorator_list)
    own = [name for name in used if bindings.kind(name) not in ("import", "builtin")]
    if own:
        return refuse(
            "extract-decorator",
            f"{piece.where}: {piece.name} is decorated with the notebook's {own[0]}.",
            f"  Move {own[0]} into the package first, and import it.",
        )
    if needs.values:
        return refuse(
            "extract-decorator",
            f"{piece.where}: {piece.name} is decorated and reads the notebook's {needs.values[0]}: the decorator "
            "would see another argument.",
            f"  Make {needs.values[0]} an argument of it first.",
        )
    return None


def _at_definition(piece: Piece, node: Function, needs: Needs) -> Refusal | None:
    """Defaults and annotations are read when the function is defined, and no argument can give them."""
    if isinstance(node, ast.ClassDef):
        return None
    every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    parts = [*node.args.defaults, *(one for one in node.args.kw_defaults if one)]
    parts += [one.annotation for one in every if one.annotation] + ([node.returns] if node.returns else [])
    for name in _used(parts):
        if name in needs.values:
            return refuse(
                "extract-default",
                f"{piece.where}: a default or an annotation of {piece.name} is the notebook's {name}.",
                f"  Write the value itself, or None and take {name} in the body.",
            )
    return None


def _used(parts: Sequence[ast.AST]) -> list[str]:
    return [one.id for part in parts for one in ast.walk(part) if isinstance(one, ast.Name)]


def _yields(node: Function) -> bool:
    return any(isinstance(inner, (ast.Yield, ast.YieldFrom)) for inner in below(node))


def _called(piece: Piece) -> str:
    return piece.name or "the row"
