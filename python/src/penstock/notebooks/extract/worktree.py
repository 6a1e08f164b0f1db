"""The repository that is changed: where it is, whether git can bring it back, and where the journal lies."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from penstock.notebooks.extract.tree import Tree, read_tree
from penstock.notebooks.refusing import refuse

_SHOWN = 10


@dataclass(frozen=True)
class WorkTree:
    """`git` is git's own folder, in which the journal lies and which no `git status` shows; None outside of git."""

    root: Path
    git: Path | None

    @property
    def home(self) -> Path:
        """The folder for the journal and the lock."""
        return self.git / "penstock" if self.git else self.root / ".penstock"

    def read(self) -> Tree:
        """All notebooks and modules."""
        return read_tree([self.root], self.root)

    def check_clean(self, read: Tree) -> None:
        """Refuse a tree whose change git could not take back: edited files, or new ones among those that were read."""
        if self.git is None:
            raise refuse(
                "no-git",
                f"{self.root}: this is no git repository, so nothing could be taken back.",
                "  Make it one, or say --allow-dirty.",
            )
        dirty = [line for line in self._status() if not line.startswith("??") or self.root / line[3:] in read.files]
        if dirty:
            more = [f"  and {len(dirty) - _SHOWN} more"] if len(dirty) > _SHOWN else []
            raise refuse(
                "dirty",
                "The work tree has changes that are not committed:",
                *(f"  {line}" for line in dirty[:_SHOWN]),
                *more,
                "  Commit or stash them, or say --allow-dirty.",
            )

    def _status(self) -> list[str]:
        command = ["git", "-C", str(self.root), "status", "--porcelain", "--untracked-files=all", "-z"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return [line for line in done.stdout.split("\0") if line]


def work_tree(folder: Path) -> WorkTree:
    """The repository around a folder; outside of git the folder itself."""
    try:
        command = ["git", "-C", str(folder), "rev-parse", "--show-toplevel", "--absolute-git-dir"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return WorkTree(folder.resolve(), None)
    if done.returncode:
        return WorkTree(folder.resolve(), None)
    top, git = done.stdout.splitlines()
    return WorkTree(Path(top).resolve(), Path(git))
