"""Small repositories of notebooks for tests, and what a notebook does when it is run in this process."""

from __future__ import annotations

import contextlib
import io
import sys
import types
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from penstock.notebooks.extract.tree import Tree, read_tree


def repository(folder: Path, files: Mapping[str, str]) -> Tree:
    """The tree of a folder with these files in it."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return read_tree([folder], folder)


def text_of(tree: Tree, name: str) -> str:
    """The text of a file of the tree."""
    return tree.files[tree.root / name].text


def ran(tree: Tree, name: str) -> tuple[str, dict[str, Any]]:
    """What a notebook prints, and the plain values that it leaves: its cells one after another, modules from the tree."""
    subject = tree.notebooks[tree.root / name]
    space: dict[str, Any] = {"__name__": "__main__"}
    printed = io.StringIO()
    before = set(sys.modules)
    try:
        _install(tree)
        with contextlib.redirect_stdout(printed):
            for cell, _ in subject.trees:
                exec(compile(cell.source, name, "exec"), space)
    finally:
        for module in set(sys.modules) - before:
            del sys.modules[module]
    plain = (int, float, str, bool, list, dict, tuple, set, type(None))
    values = {key: value for key, value in space.items() if isinstance(value, plain) and not key.startswith("__")}
    return printed.getvalue(), values


def _install(tree: Tree) -> None:
    """The tree's modules as imported ones; a module that imports another comes after it."""
    waiting = dict(sorted(tree.packages.modules.items(), key=lambda one: (not one[1].is_package, one[0])))
    while waiting:
        for name, module in list(waiting.items()):
            made = types.ModuleType(name)
            made.__path__ = []
            sys.modules[name] = made
            try:
                exec(compile(tree.files[module.path].text, name, "exec"), made.__dict__)
            except ImportError:
                del sys.modules[name]
                assert len(waiting) > 1, f"{name} cannot be imported"
                waiting[name] = waiting.pop(name)
                continue
            del waiting[name]
