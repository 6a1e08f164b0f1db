"""A notebook that only defines things, for others to `%run`, becomes a module, and each `%run` of it an import."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from penstock.core.errors import Refusal
from penstock.notebooks.checks.subject import Run, Subject
from penstock.notebooks.extract.bindings import Bindings, bindings_of
from penstock.notebooks.extract.cells import cells_of
from penstock.notebooks.extract.edits import Lines, spliced
from penstock.notebooks.extract.imports import Imported, block
from penstock.notebooks.extract.rewrite import rewritten
from penstock.notebooks.extract.same import Function
from penstock.notebooks.extract.target import Target
from penstock.notebooks.extract.tree import Tree
from penstock.notebooks.names import below, names_of
from penstock.notebooks.refusing import refuse

_KINDS = (*Function.__args__, ast.Import, ast.ImportFrom)


def move_notebook(tree: Tree, subject: Subject, target: Target) -> Tree:
    """The tree with the notebook as a module. Raises `Refusal` for what is more than definitions."""
    bindings = bindings_of(tree, subject)
    for refusal in _wrong(tree, subject, bindings, target):
        raise refusal
    imports = [one for name in bindings.found for one in bindings.imports(name)]
    after = target.with_code(tree, _module_text(subject), imports)
    for runner in tree.notebooks.values():
        runs = [run for run in runner.runs if tree.repository.target(runner, run) is subject]
        if runs:
            sources = _without_runs(tree, runner, runs, bindings, target)
            after = after.with_text(runner.path, rewritten(tree.files[runner.path], sources))
    return after.without(subject.path)


def only_defines(subject: Subject) -> bool:
    """Whether the notebook has nothing but imports, definitions and constants."""
    return not any(_other(subject)) and any(
        isinstance(node, Function) for _, tree in subject.trees for node in tree.body
    )


def _other(subject: Subject) -> Iterator[tuple[int, int, str]]:
    """Cell, line and words of what is no definition."""
    python = {cell.number: cell for cell in subject.python}
    for number, cell in subject.code:
        if number not in python or python[number].tree is None:
            yield number, 1, "a cell that is no Python"
        elif cell.source.rstrip() != python[number].source.strip("\n").rstrip() and cell.source.strip():
            yield number, 1, "a magic"
    for cell, tree in subject.trees:
        for node in tree.body:
            if not isinstance(node, _KINDS) and not _is_constant(node):
                yield cell.number, node.lineno, "more than definitions"


def _is_constant(node: ast.stmt) -> bool:
    """`NAME = literal`, or a docstring."""
    value = node.value if isinstance(node, (ast.Assign, ast.AnnAssign, ast.Expr)) else None
    if value is None or (isinstance(node, ast.Expr) and not isinstance(value, ast.Constant)):
        return False
    try:
        ast.literal_eval(value)
    except ValueError:
        return False
    return True


def _wrong(tree: Tree, subject: Subject, bindings: Bindings, target: Target) -> Iterator[Refusal]:
    shown = subject.shown
    if subject.runs:
        other = subject.runs[0]
        yield refuse(
            "extract-first",
            f"{shown}, cell {other.cell}: the notebook itself runs {other.target}.",
            f"  Move that first: penstock extract {other.target} --to …",
        )
    if subject.parameters_cell is not None:
        yield refuse("extract-state", f"{shown}: the notebook has parameters.", "  Move its functions one by one.")
    for cell, line, what in _other(subject):
        yield refuse(
            "extract-more",
            f"{shown}, cell {cell}, line {line}: the notebook has {what}.",
            "  Move its functions one by one: penstock extract NAME --to …",
        )
    if bindings.star:
        yield refuse("extract-star", f"{bindings.star}: a star import.", "  Import by name what is used of it.")
    inner = set[str]()
    for cell, node in subject.nodes(*Function.__args__):
        where = f"{shown}, cell {cell.number}, line {node.lineno}"
        for one in (one for one in below(node) if isinstance(one, ast.Global)):
            yield refuse(
                "extract-global",
                f"{where}: {node.name} writes {', '.join(one.names)} (global).",
                "  Return the new value, and assign it in the notebook.",
            )
        for name in names_of(ast.Module([node], [])).used:
            inner.add(name)
            kind = bindings.kind(name)
            if kind in ("unknown", "given", "screen"):
                yield refuse(
                    "extract-unknown",
                    f"{where}: {node.name} uses {name}, which the notebook does not assign.",
                    f"  Make {name} an argument, or move the function alone: penstock extract {node.name} --to …",
                )
    yield from _clashes(tree, subject, bindings, inner, target)


def _clashes(tree: Tree, subject: Subject, bindings: Bindings, inner: set[str], target: Target) -> Iterator[Refusal]:
    own = inner & set(bindings.found)
    for seer in tree.seers(subject):
        bound = ((cell, one) for cell, names in seer.names for one in names.found if one.binds)
        for cell, one in bound:
            if one.name in own:
                yield refuse(
                    "extract-shadowed",
                    f"{seer.shown}, cell {cell.number}, line {one.line}: {one.name} is bound again there, and "
                    f"the functions of {subject.shown} read it.",
                    f"  Give one of them another name: penstock rename {one.name} NEW --in PATH.",
                )
    there = names_of(ast.parse(target.text(tree))).bound
    for name in bindings.found:
        if name in there and bindings.kind(name) != "import":
            yield refuse(
                "extract-clash",
                f"{target.module} has a {name} already.",
                "  Choose another module, or give one of them another name: penstock rename.",
            )


def _module_text(subject: Subject) -> str:
    parts: list[str] = []
    trees = {cell.number: tree for cell, tree in subject.trees}
    for number, cell in enumerate(subject.notebook.cells, 1):
        if cell.kind == "markdown" and cell.source.strip():
            parts.append("\n".join(f"# {line.lstrip('# ')}".rstrip() for line in cell.source.strip().split("\n")))
        elif number in trees:
            imports = [node for node in trees[number].body if isinstance(node, (ast.Import, ast.ImportFrom))]
            edits = [Lines(node.lineno, node.end_lineno or node.lineno) for node in imports]
            text = spliced(cell.source, edits).strip("\n")
            parts += [text] if text.strip() else []
    return "\n\n\n".join(parts)


def _without_runs(tree: Tree, runner: Subject, runs: list[Run], bindings: Bindings, target: Target) -> dict[int, str]:
    wanted: set[str] = set(cells_of(runner).unread)
    for one in [runner, *tree.seers(runner)]:
        wanted |= {name for _, names in one.names for name in names.used} | cells_of(one).unread
    imports: list[Imported] = []
    for name in sorted(wanted & set(bindings.found)):
        imports += bindings.imports(name) or [Imported(target.module, name)]
    text = block(imports, target.module.partition(".")[0])
    sources: dict[int, str] = {}
    for number in {run.cell for run in runs}:
        cell = runner.notebook.cells[number - 1]
        lines = cell.source.split("\n")
        first = min(run.line for run in runs if run.cell == number)
        above = cell.opening.count("\n")
        for run in (run for run in runs if run.cell == number):
            lines[run.line - 1 - above] = text if run.line == first else ""
        sources[number] = "\n".join(lines)
    return sources
