"""The files that a move may change, in memory: every step gives a new tree, and nothing is written before the last."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from penstock.notebooks.checks.settings import Settings
from penstock.notebooks.checks.subject import Repository, Subject
from penstock.notebooks.collecting import collect_files, shown
from penstock.notebooks.files import format_of
from penstock.notebooks.formats.format import Format
from penstock.notebooks.formats.languages import SUFFIXES
from penstock.notebooks.modules import Packages, packages_in
from penstock.notebooks.refusing import refuse


@dataclass(frozen=True)
class File:
    """One file: its text with newlines as line ends, and how its bytes write them."""

    path: Path
    text: str
    crlf: bool = False
    bom: bool = False

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        text = self.text.replace("\n", "\r\n") if self.crlf else self.text
        return (codecs.BOM_UTF8 if self.bom else b"") + text.encode("utf-8")

    @property
    def shown(self) -> str:
        """The path as a person would write it here."""
        return shown(self.path)

    @cached_property
    def format(self) -> Format | None:
        """The notebook's format; None for a module."""
        return format_of(self.path, self.text)

    @cached_property
    def subject(self) -> Subject | None:
        """The notebook; None for a module."""
        if self.format is None:
            return None
        notebook = self.format.read(self.text, SUFFIXES.get(self.path.suffix.lower(), ""))
        return Subject(self.path, self.shown, notebook, self.text, Settings())


@dataclass(frozen=True)
class Tree:
    """The notebooks and modules below some paths. `root` is the repository's top folder, in which new files go."""

    root: Path
    files: Mapping[Path, File]
    broken: tuple[tuple[str, str], ...] = field(default=())

    def with_text(self, path: Path, text: str) -> Tree:
        """The tree with another text in a file, or with a new file."""
        old = self.files.get(path)
        new = replace(old, text=text) if old else File(path, text)
        return replace(self, files={**self.files, path: new})

    def without(self, path: Path) -> Tree:
        """The tree without a file."""
        return replace(self, files={key: file for key, file in self.files.items() if key != path})

    @cached_property
    def notebooks(self) -> dict[Path, Subject]:
        """The notebooks in Python."""
        found = ((path, file.subject) for path, file in self.files.items())
        return {path: one for path, one in found if one is not None and one.notebook.language == "python"}

    @cached_property
    def packages(self) -> Packages:
        """The modules by their dotted names."""
        return packages_in([path for path, file in self.files.items() if file.format is None], Path.cwd())

    @cached_property
    def repository(self) -> Repository:
        """The notebooks as the rules of `check` see them, which know where a `%run` leads."""
        return Repository(list(self.notebooks.values()), Settings(), self.packages)

    def taken_in(self, subject: Subject) -> list[Subject]:
        """The notebooks that this one takes in by `%run`, also through others, each once."""
        return list(self._follow(subject, {subject.shown}))

    def seers(self, subject: Subject) -> list[Subject]:
        """The notebooks that take this one in, also through others."""
        others = (one for one in self.notebooks.values() if one.shown != subject.shown and one.runs)
        return [one for one in others if any(seen.shown == subject.shown for seen in self.taken_in(one))]

    def _follow(self, subject: Subject, seen: set[str]) -> Iterator[Subject]:
        for run in subject.runs:
            target = self.repository.target(subject, run)
            if target is not None and target.shown not in seen:
                seen.add(target.shown)
                yield target
                yield from self._follow(target, seen)


def read_tree(paths: Sequence[Path], root: Path) -> Tree:
    """The tree below the paths. A file that looks like a notebook and cannot be read stays out, and is remembered."""
    collected = collect_files(paths)
    places = [*(one.path for one in collected.notebooks), *collected.modules]
    files = {path.resolve(): _read(path.resolve()) for path in places}
    return Tree(root, files, tuple(collected.broken))


def _read(path: Path) -> File:
    data = path.read_bytes()
    text = data.decode("utf-8-sig")
    ends, whole = text.count("\r\n"), text.count("\n")
    if ends not in (0, whole):
        raise refuse("line-ends", f"{path}: some of its lines end with CRLF and some without.", "  Make them one kind.")
    return File(path, text.replace("\r\n", "\n"), ends > 0, data.startswith(codecs.BOM_UTF8))
