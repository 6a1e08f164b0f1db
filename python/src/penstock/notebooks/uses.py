"""`penstock uses`: where a name is defined, who uses it, and what nobody uses, over notebooks and modules."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from penstock.notebooks.checks.checker import read_repository
from penstock.notebooks.checks.places import file_lines
from penstock.notebooks.checks.settings import Settings
from penstock.notebooks.checks.subject import Repository, Subject
from penstock.notebooks.modules import Module
from penstock.notebooks.references import Definition, Reference, aliases, definitions, references, texts
from penstock.notebooks.refusing import refuse


@dataclass(frozen=True)
class Place:
    """A line of a file. `cell` is 0 in a module; `name` is dotted for what a module defines."""

    path: str
    line: int
    cell: int
    name: str
    text: str

    def as_dict(self) -> dict[str, Any]:
        """The place as JSON has it."""
        return asdict(self)


@dataclass(frozen=True)
class Uses:
    """Where a name is defined, and where it is used outside its own definition."""

    name: str
    defined: tuple[Place, ...]
    used: tuple[Place, ...]


@dataclass
class _File:
    """A notebook or a module. `prefix` is the module's dotted name; `sees` are notebooks that it runs by `%run`."""

    path: str
    prefix: str = ""
    aliases: dict[str, str] = field(default_factory=dict[str, str])
    defined: list[tuple[Definition, Place]] = field(default_factory=list[tuple[Definition, Place]])
    referred: list[tuple[Reference, Place]] = field(default_factory=list[tuple[Reference, Place]])
    texts: set[str] = field(default_factory=set[str])
    sees: set[str] = field(default_factory=set[str])


def uses_of(name: str, paths: Sequence[Path]) -> Uses:
    """Where a name (`delay`, or `flights.charts.delay`) is defined and used. Raises `Refusal` where there is none.

    >>> uses_of("delay", [Path(".")]).used      # doctest: +SKIP
    (Place(path='notebooks/daily.ipynb', line=31, cell=4, name='delay', text='charts.delay(figures)'),)
    """
    index = _Index(_files(paths))
    found = [(file, one, place) for file, one, place in index.defined() if name in (one.name, place.name)]
    if not found:
        near = difflib.get_close_matches(name, {one.name for _, one, _ in index.defined()}, n=3, cutoff=0.7)
        hint = f"  Did you mean {' or '.join(near)}?" if near else "  Nothing with a similar name is defined either."
        raise refuse("no-such-name", f"{name}: no notebook and no module here defines it.", hint)
    used = {place for file, one, _ in found for place in index.used(file, one)}
    return Uses(name, tuple(place for _, _, place in found), tuple(sorted(used, key=lambda one: (one.path, one.line))))


def unused(paths: Sequence[Path]) -> tuple[Place, ...]:
    """Functions and classes that nobody uses.

    Left out is what others may call: what is decorated, `main`, tests, and names that stand somewhere as a text or
    behind a dot that cannot be followed.
    """
    index = _Index(_files(paths))
    return tuple(
        place
        for file, one, place in index.defined()
        if one.kind != "value" and not one.is_decorated and not _is_for_others(one.name)
        if one.name not in index.hinted and not any(index.used(file, one))
    )


class _Index:
    """Which places refer to what, gone through once for all questions."""

    def __init__(self, files: Sequence[_File]) -> None:
        self._files = files
        self.hinted = {text for file in files for text in file.texts}
        self._dotted: dict[str, list[Place]] = defaultdict(list)
        self._own: dict[tuple[str, str], list[tuple[Reference, Place]]] = defaultdict(list)
        self._passed_on: dict[str, list[str]] = defaultdict(list)
        self._run_by: dict[str, list[str]] = defaultdict(list)
        for file in files:
            for name, what in file.aliases.items() if file.prefix else ():
                self._passed_on[what].append(f"{file.prefix}.{name}")
            for path in file.sees:
                self._run_by[path].append(file.path)
            for reference, place in file.referred:
                self._add(file, reference, place)

    def defined(self) -> Iterator[tuple[_File, Definition, Place]]:
        """All definitions."""
        return ((file, one, place) for file in self._files for one, place in file.defined)

    def used(self, home: _File, one: Definition) -> Iterator[Place]:
        """By its bare name at home and in notebooks that run home; elsewhere by a dotted name."""
        for path in [home.path, *self._run_by[home.path]]:
            for reference, place in self._own[path, one.name]:
                inside = path == home.path and one.line <= reference.line <= one.end
                if not inside or place.cell != self._cell(home, one):
                    yield place
        if home.prefix:
            dotted = f"{home.prefix}.{one.name}"
            for name in dict.fromkeys([dotted, *self._passed_on[dotted]]):
                yield from self._dotted[name]

    def _add(self, file: _File, reference: Reference, place: Place) -> None:
        parts = reference.dotted.split(".")
        if reference.is_own:
            self._own[file.path, parts[0]].append((reference, place))
            self.hinted |= set(parts[1:])
        else:
            for length in range(1, len(parts) + 1):
                self._dotted[".".join(parts[:length])].append(place)

    @staticmethod
    def _cell(home: _File, one: Definition) -> int:
        return next(place.cell for other, place in home.defined if other is one)


def _is_for_others(name: str) -> bool:
    return name == "main" or name.startswith(("test_", "Test", "__"))


def _files(paths: Sequence[Path]) -> list[_File]:
    repository = read_repository(paths, Settings())
    notebooks = [_notebook(repository, subject) for subject in repository.subjects]
    return [*notebooks, *(_module(module) for module in repository.packages.modules.values())]


def _notebook(repository: Repository, subject: Subject) -> _File:
    file = _File(subject.shown)
    lines = file_lines(subject)
    for _, tree in subject.trees:
        file.aliases.update(aliases(tree))
    for cell, tree in subject.trees:
        source = cell.source.split("\n")
        for one in definitions(tree, cell.source):
            place = Place(file.path, lines[cell.number, one.line], cell.number, one.name, one.text)
            file.defined.append((one, place))
        for ref in references(tree, file.aliases):
            text = source[ref.line - 1].strip()
            place = Place(file.path, lines[cell.number, ref.line], cell.number, ref.dotted.rpartition(".")[2], text)
            file.referred.append((ref, place))
        file.texts |= texts(tree)
    waiting, seen = [subject], {subject.shown}
    while waiting:
        at = waiting.pop()
        targets = (repository.target(at, run) for run in at.runs)
        new = [one for one in targets if one is not None and one.shown not in seen]
        seen |= {one.shown for one in new}
        waiting += new
    file.sees = seen - {subject.shown}
    return file


def _module(module: Module) -> _File:
    file = _File(module.shown, module.name)
    if module.tree is None:
        return file
    source = module.path.read_text(encoding="utf-8", errors="replace")
    lines = source.split("\n")
    package = module.name if module.is_package else module.name.rpartition(".")[0]
    file.aliases = aliases(module.tree, package)
    for one in definitions(module.tree, source):
        file.defined.append((one, Place(file.path, one.line, 0, f"{module.name}.{one.name}", one.text)))
    for ref in references(module.tree, file.aliases, package):
        text = lines[ref.line - 1].strip() if ref.line <= len(lines) else ""
        file.referred.append((ref, Place(file.path, ref.line, 0, ref.dotted.rpartition(".")[2], text)))
    file.texts = texts(module.tree)
    return file
