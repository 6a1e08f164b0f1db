"""`--prove`: both versions of every notebook that a change touches are run, in copies, and everything is compared."""

from __future__ import annotations

import difflib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from penstock.notebooks.extract.plan import Change
from penstock.notebooks.extract.ran import Job, Ran, run_job
from penstock.notebooks.extract.tree import Tree

_WORKERS = 2
_SHOWN = 40
"""How many lines of a difference are shown."""


@dataclass(frozen=True)
class Proof:
    """What came out: how many notebooks ran, and for each that is not proven why."""

    notebooks: int
    differences: Mapping[str, str]

    @property
    def ok(self) -> bool:
        """True if every run gave what it gave before."""
        return not self.differences


def prove(
    change: Change, given: Mapping[str, Any] | None = None, volatile: Sequence[str] = (), only: Sequence[str] = ()
) -> Proof:
    """Run the touched notebooks before and after the change, with the same parameters, each that it declares.

    Compared are every output of every cell, the value given to `penstock.exit`, how the run ended, and the files that
    it wrote below the repository. A notebook that fails before the change proves nothing, and counts as a difference.
    `only` restricts it to notebooks by their shown paths. The repository itself is not written to.
    """
    subjects = [one for one in change.touched() if not only or one.shown in only]
    with tempfile.TemporaryDirectory(prefix="penstock-prove-") as name:
        folder = Path(name).resolve()
        before, after = folder / "before" / "tree", folder / "after" / "tree"
        files = _files(change.before.root)
        for copy in (before, after):
            _copy(change.before.root, files, copy)
        _apply(change, after)
        sides = [(before, change.before), (after, change.after)]
        jobs = [[_job(one.path, copy, tree, given or {}, volatile) for one in subjects] for copy, tree in sides]
        # the runs of one side share its files, so they follow one another; the two sides go on beside each other
        with ProcessPoolExecutor(_WORKERS, mp_context=get_context("spawn")) as pool:
            old, new = pool.map(_run_all, jobs)
    found = {one.shown: _difference(a, b) for one, a, b in zip(subjects, old, new, strict=True)}
    return Proof(len(subjects), {shown: text for shown, text in found.items() if text})


def _run_all(jobs: list[Job]) -> list[Ran]:
    return [run_job(job) for job in jobs]


def _job(path: Path, copy: Path, tree: Tree, given: Mapping[str, Any], volatile: Sequence[str]) -> Job:
    roots = {_package_root(tree, name) for name in tree.packages.tops}
    places = sorted(str(copy / root.relative_to(tree.root)) for root in roots if root.is_relative_to(tree.root))
    return Job(copy, copy / path.relative_to(tree.root), tuple(places), dict(given), tuple(volatile))


def _package_root(tree: Tree, top: str) -> Path:
    module = tree.packages.modules.get(top)
    path = module.path if module else next(m.path for n, m in tree.packages.modules.items() if n.startswith(f"{top}."))
    return path.parent.parent if path.name == "__init__.py" else path.parent


def _files(root: Path) -> list[Path]:
    """What git knows of, or what is new and not ignored; without git everything that is not hidden."""
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode == 0:
        return [Path(name) for name in done.stdout.decode("utf-8", "surrogateescape").split("\0") if name]
    every = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    return [path for path in every if not any(part.startswith(".") or part == "runs" for part in path.parts[:-1])]


def _copy(root: Path, files: Sequence[Path], copy: Path) -> None:
    copy.mkdir(parents=True)
    for path in files:
        if (root / path).is_file():
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / path, copy / path)


def _apply(change: Change, copy: Path) -> None:
    for path, data in change.files().items():
        place = copy / path.relative_to(change.before.root)
        if data is None:
            place.unlink(missing_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)


def _difference(before: Ran, after: Ran) -> str:
    """What is not the same, as a diff of a few lines; nothing if all is."""
    if before.ending != "done":
        return f"it does not end well before the change, so nothing can be proven: {before.error}"
    if after.ending != "done":
        return f"it does not end well any more: {after.error}"
    old, new = list(_told(before)), list(_told(after))
    lines = list(difflib.unified_diff(old, new, "before", "after", lineterm="", n=1))
    more = [f"… and {len(lines) - _SHOWN} more lines"] if len(lines) > _SHOWN else []
    return "\n".join(lines[:_SHOWN] + more)


def _told(ran: Ran) -> Iterator[str]:
    """All that a run gave, as lines."""
    for number, outputs in enumerate(ran.outputs, 1):
        for kind, parts in outputs:
            for mime, content in sorted(parts.items()):
                yield f"[output {number}] {kind} {mime}"
                yield from (content if isinstance(content, str) else json.dumps(content, sort_keys=True)).split("\n")
    yield f"[exit value] {json.dumps(ran.value, sort_keys=True)}"
    yield from (f"[file] {path} {digest}" for path, digest in ran.files)
