"""`run-chain`: a `%run` of a notebook that runs others, of itself, or of nothing."""

from __future__ import annotations

from collections.abc import Iterator

from penstock.notebooks.checks.finding import Finding
from penstock.notebooks.checks.rule import Rule
from penstock.notebooks.checks.subject import Repository, Run, Subject


def _look(repository: Repository) -> Iterator[Finding]:
    for subject in repository.subjects:
        for run in subject.runs:
            message = _wrong(repository, subject, run)
            if message:
                yield subject.finding(RULE.id, run.cell, run.line, message, key=run.target)


def _wrong(repository: Repository, subject: Subject, run: Run) -> str | None:
    target = repository.target(subject, run)
    if target is None:
        return f"%run {run.target}: there is no such notebook among those checked" if run.target[:1] == "." else None
    path = _way_back(repository, target, subject.shown, [subject.shown])
    if path:
        return f"%run {run.target} comes back to this notebook: {' → '.join(path)}"
    if target.runs:
        return f"%run {run.target} is a chain: that notebook itself runs {target.runs[0].target}"
    return None


def _way_back(repository: Repository, subject: Subject, home: str, way: list[str]) -> list[str] | None:
    """The way through `%run`s back to where it began, if there is one."""
    if subject.shown == home:
        return [*way, home]
    if subject.shown in way:
        return None
    for run in subject.runs:
        target = repository.target(subject, run)
        found = _way_back(repository, target, home, [*way, subject.shown]) if target else None
        if found:
            return found
    return None


RULE = Rule(
    "run-chain",
    "A `%run` names a notebook that is there and that runs no others.",
    "All of them share one namespace: a name may come from any notebook of the chain, the order decides which, "
    "and no tool and no reader can follow it. A chain may even be a circle.",
    "put what is shared into a module of the package and import it.",
    over_all=_look,
)
