"""`penstock rename`: one name in every file that means the same by it: notebooks, those that run them, modules."""

from __future__ import annotations

import builtins
import difflib
import keyword
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from penstock.notebooks.checks.subject import Subject
from penstock.notebooks.extract.bindings import GIVEN, SCREEN
from penstock.notebooks.extract.cells import Cells, cells_of
from penstock.notebooks.extract.edits import spliced
from penstock.notebooks.extract.extract import How, Made, change
from penstock.notebooks.extract.plan import Change
from penstock.notebooks.extract.renamed_imports import Meanings, edits_in
from penstock.notebooks.extract.rewrite import rewritten
from penstock.notebooks.extract.tree import Tree
from penstock.notebooks.extract.worktree import work_tree
from penstock.notebooks.modules import Module
from penstock.notebooks.references import definitions
from penstock.notebooks.refusing import refuse


def rename(
    old: str, new: str, *, paths: Sequence[Path] = (), how: How | None = None, folder: Path | None = None
) -> Made:
    """Rename what `old` is the name of: every definition of that name, or the one in a module where it is dotted.

    `paths` restricts where it is defined. Raises `Refusal` where the new name is taken, and `NotProven`.

    >>> rename("tidy", "clean_columns").change.done      # doctest: +SKIP
    ('tidy is now clean_columns in notebooks/daily.ipynb, src/shop/tidy.py',)
    """
    where = work_tree(folder or Path())
    places = [path.resolve() for path in paths]
    return change(where, lambda tree: plan_rename(tree, old, new, places), how or How())


@dataclass
class _Homes:
    """Where the name is defined: notebooks, and modules by their dotted names."""

    notebooks: list[Subject] = field(default_factory=list[Subject])
    modules: dict[str, Module] = field(default_factory=dict[str, Module])


def plan_rename(tree: Tree, old: str, new: str, paths: Sequence[Path] = ()) -> Change:
    """The change that renames. Raises `Refusal` for a name that is not there, and for one that is taken."""
    name = old.rpartition(".")[2]
    _check_new(old, new)
    homes = _homes(tree, old, paths)
    meanings = Meanings(tree, frozenset(homes.modules), name)
    after, changed = tree, list[str]()
    own = {one.path for one in homes.notebooks}
    own |= {seer.path for one in homes.notebooks for seer in tree.seers(one)}
    for path, file in tree.files.items():
        if name not in file.text:
            continue
        subject = tree.notebooks.get(path)
        cells = cells_of(subject) if subject else None
        code = cells.code if cells else meanings.code(path)
        is_home = path in own or any(module.path.resolve() == path for module in homes.modules.values())
        edits = list(edits_in(code, meanings, path, new, is_home=is_home)) if code else []
        if not edits:
            continue
        _check_clash(tree, subject, cells, path, name, new, meanings)
        text = rewritten(file, cells.apply(edits)) if cells else spliced(file.text, edits)
        after = after.with_text(path, text)
        changed.append(file.shown)
    return Change(tree, after, (f"{old} is now {new} in {', '.join(changed)}",))


def _homes(tree: Tree, old: str, paths: Sequence[Path]) -> _Homes:
    module, _, name = old.rpartition(".")
    homes = _Homes()
    known: set[str] = set()
    for subject in tree.notebooks.values() if not module else ():
        found = {one.name for _, parsed in subject.trees for one in definitions(parsed, subject.text)}
        known |= found
        if name in found and _within(subject.path, paths):
            _check_parameter(subject, name)
            homes.notebooks.append(subject)
    for dotted, one in tree.packages.modules.items():
        found = {each.name for each in definitions(one.tree, one.path.read_text())} if one.tree else set[str]()
        known |= found
        if name in found and (not module or dotted == module) and _within(one.path.resolve(), paths):
            homes.modules[dotted] = one
    if not (homes.notebooks or homes.modules):
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.7)
        hint = f"  Did you mean {' or '.join(near)}?" if near else "  Nothing with a similar name is defined either."
        raise refuse("no-such-name", f"{old}: no notebook and no module here defines it.", hint)
    return homes


def _within(path: Path, paths: Sequence[Path]) -> bool:
    return not paths or any(path == one or path.is_relative_to(one) for one in paths)


def _check_new(old: str, new: str) -> None:
    if not new.isidentifier() or keyword.iskeyword(new):
        raise refuse("rename-name", f"{new}: this cannot be a name.")
    if hasattr(builtins, new) or new in GIVEN | SCREEN:
        raise refuse("rename-taken", f"{new}: this is a name that Python or the platform gives; it would be hidden.")
    if old.rpartition(".")[2] == new:
        raise refuse("rename-name", f"{old} has that name already.")


def _check_parameter(subject: Subject, name: str) -> None:
    cell = subject.parameters_cell
    if cell and cell.tree and any(one.name == name for one in definitions(cell.tree, cell.source)):
        raise refuse(
            "rename-parameter",
            f"{subject.shown}: {name} is a parameter of the notebook; jobs that give it know it by that name.",
            "  Change the jobs with it, by hand.",
        )


def _check_clash(
    tree: Tree, subject: Subject | None, cells: Cells | None, path: Path, name: str, new: str, meanings: Meanings
) -> None:
    shown = tree.files[path].shown
    code = cells.code if cells else meanings.code(path)
    taken = next((one for one in code.names if one.name == new), None) if code else None
    line = taken.span.line if taken else meanings.imports_line(path, new, cells)
    if line:
        where = cells.where(line) if cells else f"{shown}, line {line}"
        raise refuse("rename-taken", f"{where}: {new} is a name there already.", "  Choose another one.")
    if subject is None or cells is None:
        return
    for one in [*tree.taken_in(subject), *tree.seers(subject)]:
        if any(new in (each.name for each in names.found) for _, names in one.names):
            raise refuse(
                "rename-taken",
                f"{one.shown}: {new} is a name there already, and {shown} shares its names by %run.",
                "  Choose another one.",
            )
    if name in cells.unread:
        raise refuse(
            "magic-in-the-way",
            f"{shown}: {name} stands in a magic, or in a cell that is no Python, and cannot be changed there.",
            "  Write that line in plain Python first.",
        )
