"""`penstock extract` and `penstock rename` on a repository: recover, read, plan, prove, write; in this order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from penstock.core.errors import NotProven
from penstock.notebooks.extract.candidates import Candidate, candidates
from penstock.notebooks.extract.plan import Change, plan_extract
from penstock.notebooks.extract.transaction import commit, recover
from penstock.notebooks.extract.tree import Tree
from penstock.notebooks.extract.worktree import WorkTree, work_tree


@dataclass(frozen=True)
class How:
    """How a change is made. `given` are parameters for the runs of `prove`, `volatile` patterns that may differ."""

    dry_run: bool = False
    allow_dirty: bool = False
    prove: bool = False
    given: Mapping[str, Any] = field(default_factory=dict[str, Any])
    volatile: Sequence[str] = ()


@dataclass(frozen=True)
class Made:
    """What was changed. `proven` is the number of notebooks that were run in both versions, None without `prove`."""

    change: Change
    proven: int | None = None


def extract(
    names: Sequence[str],
    to: str,
    *,
    name: str | None = None,
    source: Path | None = None,
    source_root: Path | None = None,
    how: How | None = None,
    folder: Path | None = None,
) -> Made:
    """Move functions, rows and helper notebooks into a module of the package. `folder` is anywhere in the repository.

    Raises `Refusal` for what cannot be moved safely, and `NotProven`; either way nothing has changed.

    >>> extract(["clean_columns"], "shop.tidy", how=How(dry_run=True)).change.done      # doctest: +SKIP
    ('shop.tidy.clean_columns from notebooks/daily.ipynb, notebooks/weekly.py',)
    """
    where = work_tree(folder or Path())
    root = source_root.resolve() if source_root else None
    return change(
        where, lambda tree: plan_extract(tree, names, to, name=name, source=source, source_root=root), how or How()
    )


def list_candidates(folder: Path | None = None, least: int = 6) -> list[Candidate]:
    """What could leave the notebooks of the repository around a folder, the most lines first."""
    where = work_tree(folder or Path())
    recover(where.root, where.home)
    return candidates(where.read(), least)


def change(where: WorkTree, plan: Callable[[Tree], Change], how: How) -> Made:
    """Plan a change and make it. It is proven before anything is written, so there is nothing to put back."""
    recover(where.root, where.home)
    tree = where.read()
    if not (how.allow_dirty or how.dry_run):
        where.check_clean(tree)
    planned = plan(tree)
    proven = _proven(planned, how) if how.prove else None
    if not how.dry_run:
        commit(where.root, where.home, planned.files())
    return Made(planned, proven)


def _proven(planned: Change, how: How) -> int:
    from penstock.notebooks.extract.prove import prove

    proof = prove(planned, how.given, how.volatile)
    if not proof.ok:
        told = "\n".join(f"{shown}:\n{text}" for shown, text in proof.differences.items())
        raise NotProven(
            f"{len(proof.differences)} of {proof.notebooks} notebooks do not give what they gave before.\n{told}\n"
            "Nothing was changed. [penstock.not-proven]"
        )
    return proof.notebooks
