"""`penstock extract`: what was asked for, found and moved in memory; the change as files and as a diff."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from penstock.core.errors import Refusal
from penstock.notebooks.checks.places import file_lines
from penstock.notebooks.checks.subject import Subject
from penstock.notebooks.extract.find_rows import row_at, row_groups, same_rows
from penstock.notebooks.extract.functions import move_function
from penstock.notebooks.extract.groups import Copy, Namespaces, function_groups
from penstock.notebooks.extract.helper_notebooks import move_notebook
from penstock.notebooks.extract.rows import move_row
from penstock.notebooks.extract.target import Target, target_of
from penstock.notebooks.extract.tree import Tree
from penstock.notebooks.files import FABRIC_FOLDER
from penstock.notebooks.formats.platform import FILE
from penstock.notebooks.refusing import refuse

_PLACE = re.compile(r"(.+):(\d+)(?:-(\d+))?")
_FEW = 3
_LEAST = (6, 5, 4, 3, 2, 7, 8, 9, 10, 12, 15, 20)
"""What `--lines` may have been when an id was listed: where a row is cut depends on it."""


@dataclass(frozen=True)
class Change:
    """Two trees, and a line for each thing that was done."""

    before: Tree
    after: Tree
    done: tuple[str, ...]

    def files(self) -> dict[Path, bytes | None]:
        """The new bytes of each file that changes; None for one that goes."""
        old, new = self.before.files, self.after.files
        found: dict[Path, bytes | None] = {
            path: file.data for path, file in new.items() if path not in old or old[path].text != file.text
        }
        for path in (path for path in old if path not in new):
            found[path] = None
            beside = path.parent / FILE
            if path.parent.suffix == FABRIC_FOLDER and beside.exists():
                found[beside] = None
        return found

    def touched(self) -> list[Subject]:
        """The notebooks that are there before and after and whose runs the change may change: also through `%run`."""
        changed = {path for path in self.files() if path in self.before.notebooks}
        seen = {path for path in changed if path in self.after.notebooks}
        for path in changed:
            seen |= {one.path for one in self.before.seers(self.before.notebooks[path])}
        return [one for path, one in self.after.notebooks.items() if path in seen]

    def diff(self) -> str:
        """The change as a unified diff."""
        return "".join(_file_diff(self.before, self.after, path) for path in sorted(self.files()))


def plan_extract(
    tree: Tree,
    names: Sequence[str],
    to: str,
    *,
    name: str | None = None,
    source: Path | None = None,
    source_root: Path | None = None,
) -> Change:
    """Move what the names mean: functions, ids or places of rows, notebooks. What others need goes first.

    `name` is the new function's name, which a row must have; `source` says which notebook's function of a name is
    meant. Raises `Refusal` for what cannot be moved safely; then nothing is changed.
    """
    if name is not None and (len(names) != 1 or not name.isidentifier()):
        raise refuse("extract-name", f"--name {name}: one new name, for one thing that is moved.")
    after, done, waiting = tree, list[str](), list(names)
    while waiting:
        what, (after, told) = _first_that_goes(after, waiting, to, name, source, source_root)
        waiting.remove(what)
        done.append(told)
    return Change(tree, after, tuple(done))


def _first_that_goes(
    tree: Tree, waiting: Sequence[str], to: str, name: str | None, source: Path | None, source_root: Path | None
) -> tuple[str, tuple[Tree, str]]:
    """The first that needs none of the others to go first, moved."""
    refused: Refusal | None = None
    for what in waiting:
        try:
            return what, _move(tree, what, target_of(tree, to, source_root), name, source)
        except Refusal as refusal:
            if "extract-first" not in refusal.codes:
                raise
            refused = refused or refusal
    assert refused is not None
    raise refused


def _move(tree: Tree, what: str, target: Target, name: str | None, source: Path | None) -> tuple[Tree, str]:
    notebook = _notebook(tree, Path(what))
    if notebook is not None:
        return move_notebook(tree, notebook, target), f"{notebook.shown} is now {target.module}"
    group = find_group(tree, what, source)
    if group[0].piece.function:
        new = name or (what if what.isidentifier() and not _is_id(what, group) else group[0].piece.name)
        moved = move_function(tree, group, target, new)
    else:
        if name is None:
            raise refuse("extract-name", f"{what}: a row of statements needs a name.", "  Say --name NEW_FUNCTION.")
        new = name
        moved = move_row(tree, group, target, new)
    return moved, f"{target.module}.{new} from {_listed(_places(group))}"


def find_group(tree: Tree, what: str, source: Path | None = None) -> list[Copy]:
    """The copies of a function's name, an id that `penstock extract` lists, or `PATH:LINE-LINE`."""
    spaces = Namespaces(tree)
    place = _PLACE.fullmatch(what)
    if place:
        return _at(tree, place, spaces)
    groups = function_groups(tree, spaces)
    named = [group for group in groups if any(one.piece.name == what for one in group)]
    if source is not None:
        path = source.resolve()
        named = [list(group) for group in named if any(_is_at(one.subject, path) for one in group)]
    if len(named) > 1:
        listed = [f"  {', '.join(_places(group))}" for group in named]
        raise refuse("extract-which", f"{what}: there are {len(named)} different ones:", *listed, "  Say --from PATH.")
    if named:
        first = sorted(named[0], key=lambda one: one.piece.name != what)
        return _again(first)
    found = _by_id(tree, groups, what, spaces) if re.fullmatch(r"[0-9a-f]{6}", what) else []
    if not found:
        known = {one.piece.name for group in groups for one in group}
        near = difflib.get_close_matches(what, known, n=3, cutoff=0.7)
        hint = f"  Did you mean {' or '.join(near)}?" if near else "  penstock extract lists what could be moved."
        raise refuse("no-such-name", f"{what}: no notebook defines it at its top, and it is no row's id.", hint)
    return max(found, key=len)


def _by_id(tree: Tree, groups: list[list[Copy]], what: str, spaces: Namespaces) -> list[list[Copy]]:
    """The groups with an id: functions, else rows, however short they were asked to be when they were listed."""
    for listed in itertools.chain([groups], (row_groups(tree, spaces, least) for least in _LEAST)):
        found = [group for group in listed if group[0].piece.id == what]
        if found:
            return found
    return []


def _again(group: list[Copy]) -> list[Copy]:
    """The group with its names seen from its first copy."""
    back = {own: name for name, own in group[0].names.items()}
    return [Copy(one.piece, one.bindings, {own: one.names[name] for own, name in back.items()}) for one in group]


def _at(tree: Tree, place: re.Match[str], spaces: Namespaces) -> list[Copy]:
    subject = _notebook(tree, Path(place[1]))
    if subject is None:
        raise refuse("no-such-path", f"{place[1]}: there is no such notebook.")
    first, last = int(place[2]), int(place[3] or place[2])
    inside = [key for key, line in file_lines(subject).items() if first <= line <= last]
    cells = {cell for cell, _ in inside}
    if len(cells) != 1:
        raise refuse("extract-lines", f"{place[0]}: these are no lines of one cell.", "  A row lies in one cell.")
    [cell] = cells
    lines = [line for _, line in inside]
    return same_rows(tree, row_at(tree, subject, cell, min(lines), max(lines)), spaces)


def _notebook(tree: Tree, path: Path) -> Subject | None:
    full = path.resolve()
    return next((one for one in tree.notebooks.values() if _is_at(one, full)), None)


def _is_at(subject: Subject, path: Path) -> bool:
    return path == subject.path or (subject.path.parent.suffix == FABRIC_FOLDER and path == subject.path.parent)


def _is_id(what: str, group: list[Copy]) -> bool:
    return all(one.piece.name != what for one in group)


def _places(group: Sequence[Copy]) -> list[str]:
    return list(dict.fromkeys(one.subject.shown for one in group))


def _listed(places: Sequence[str]) -> str:
    return ", ".join(places) if len(places) <= _FEW else f"{places[0]} and {len(places) - 1} more"


def _file_diff(before: Tree, after: Tree, path: Path) -> str:
    """The difference of a file, with git's lines above it: an empty file that is new has nothing else."""
    old, new = before.files.get(path), after.files.get(path)
    if old is None and new is None:
        return ""  # beside a notebook that goes, and no text that was read
    name = path.relative_to(before.root).as_posix()
    lines = [_lines(file.text) if file else [] for file in (old, new)]
    mode = "" if old and new else f"{'deleted' if old else 'new'} file mode 100644\n"
    was, now = f"a/{name}" if old else "/dev/null", f"b/{name}" if new else "/dev/null"
    head = f"diff --git a/{name} b/{name}\n{mode}"
    return head + "".join(_ended(difflib.unified_diff(lines[0], lines[1], was, now)))


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _ended(lines: Iterator[str]) -> Iterator[str]:
    return (line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
