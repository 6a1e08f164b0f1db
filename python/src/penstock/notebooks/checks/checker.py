"""`penstock.notebooks.checks.checker.check`: all rules over all notebooks below some paths."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from penstock.notebooks.checks.allowances import apply_allowances
from penstock.notebooks.checks.finding import Finding
from penstock.notebooks.checks.places import in_file
from penstock.notebooks.checks.registry import BY_ID, RULES
from penstock.notebooks.checks.rule import Rule
from penstock.notebooks.checks.settings import Settings
from penstock.notebooks.checks.subject import Repository, Subject
from penstock.notebooks.collecting import collect_files
from penstock.notebooks.modules import packages_in
from penstock.notebooks.refusing import refuse


@dataclass(frozen=True)
class Checked:
    """What came out: findings by path, cell and line; how many notebooks, and how many lines of code they have."""

    findings: tuple[Finding, ...]
    notebooks: int
    lines: int
    paths: frozenset[str]


def check(paths: Sequence[Path], settings: Settings | None = None) -> Checked:
    """Check the notebooks below the paths. Nothing is executed or imported.

    Raises `Refusal` for a path that is not there and for a rule in `ignore` that does not exist.

    >>> check([Path("notebooks")]).findings      # doctest: +SKIP
    ()
    """
    settings = settings or Settings()
    with _without_collector():
        return _check(paths, settings)


def _check(paths: Sequence[Path], settings: Settings) -> Checked:
    active = [rule for rule in RULES if rule.id not in _known(settings.ignore)]
    repository = read_repository(paths, settings)
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in _all(active, repository):
        found[finding.path].append(finding)
    ids = frozenset(rule.id for rule in active)
    findings: list[Finding] = [] if "unreadable" in settings.ignore else list(repository.unreadable)
    for subject in repository.subjects:
        allowed = apply_allowances(subject, found[subject.shown], frozenset(BY_ID), ids)
        findings += in_file(subject, list(allowed))
    return Checked(
        tuple(sorted(findings, key=lambda one: (one.path, one.cell, one.line, one.rule))),
        len(repository.subjects),
        sum(subject.code_lines for subject in repository.subjects),
        frozenset([*(subject.shown for subject in repository.subjects), *(one.path for one in repository.unreadable)]),
    )


@contextmanager
def _without_collector() -> Generator[None, None, None]:
    """All trees live until the end, and have no cycles: looking for garbage among them takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def read_repository(paths: Sequence[Path], settings: Settings) -> Repository:
    """The notebooks and packages below the paths, read and not yet looked at."""
    collected = collect_files(paths, settings.exclude)
    subjects = [Subject(one.path, one.shown, one.notebook, one.text, settings) for one in collected.notebooks]
    unreadable = [
        Finding("unreadable", path, 0, 0, why, key="unreadable", file_line=1) for path, why in collected.broken
    ]
    return Repository(subjects, settings, packages_in(collected.modules, Path.cwd()), unreadable)


def _all(rules: Iterable[Rule], repository: Repository) -> Iterable[Finding]:
    for rule in rules:
        if rule.each:
            for subject in repository.subjects:
                yield from rule.each(subject)
        if rule.over_all:
            yield from rule.over_all(repository)


def _known(ids: Sequence[str]) -> frozenset[str]:
    unknown = sorted(set(ids) - set(BY_ID))
    if unknown:
        raise refuse("no-such-rule", f"There is no rule {unknown[0]}.", f"  There are: {', '.join(BY_ID)}.")
    return frozenset(ids)
