"""`undefined-name`: hidden state, seen by reading: a name that no cell above has assigned."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

from penstock.notebooks.checks.finding import Finding
from penstock.notebooks.checks.rule import Rule
from penstock.notebooks.checks.subject import Repository, Run, Subject

_GIVEN = frozenset(dir(builtins)) | frozenset(
    [
        "spark",
        "sc",
        "sqlContext",
        "sql",
        "table",
        "dbutils",
        "display",
        "displayHTML",
        "notebookutils",
        "mssparkutils",
        "get_ipython",
        "exit",
        "quit",
        "In",
        "Out",
        "_",
        "__",
        "___",
        "__name__",
        "__file__",
        "__doc__",
        "__builtins__",
        "_sqldf",
        "penstock",
        "getArgument",
        "udf",
    ]
)
"""Names that a platform or IPython gives to every notebook."""


def _look(repository: Repository) -> Iterator[Finding]:
    for subject in repository.subjects:
        yield from _undefined(repository, subject)


def _undefined(repository: Repository, subject: Subject) -> Iterator[Finding]:
    known = set(_GIVEN)
    everything = known | {name for _, names in subject.names for name in names.bound} | _declared(subject)
    told: set[str] = set()
    cells = {cell.number: names for cell, names in subject.names}
    for number, _ in subject.code:
        for run in (one for one in subject.runs if one.cell == number):
            brought = _brought(repository, subject, run, frozenset({subject.shown}))
            if brought is None:
                return  # from here on nobody can tell
            known |= brought
            everything |= brought
        names = cells.get(number)
        if names is None:
            continue
        if subject.parameters_cell and subject.parameters_cell.number == number:
            known |= _declared(subject)
        for name in names.found:
            missing = name.name not in (everything if name.deferred else known)
            if missing and not name.binds and name.name not in told:
                told.add(name.name)
                later = name.name in everything
                message = f"{name.name} is used before it is assigned" if later else f"{name.name} is assigned nowhere"
                yield subject.finding(RULE.id, number, name.line, message, key=name.name)
            if name.binds:
                known.add(name.name)
        if names.star:
            return


def _declared(subject: Subject) -> set[str]:
    """Parameters without a default are given by the run."""
    cell = subject.parameters_cell
    if cell is None or cell.tree is None:
        return set()
    targets = (node.target for node in cell.tree.body if isinstance(node, ast.AnnAssign))
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _brought(repository: Repository, subject: Subject, run: Run, seen: frozenset[str]) -> set[str] | None:
    """The names that a `%run` brings, None where it names no notebook that is here."""
    target = repository.target(subject, run)
    if target is None or target.shown in seen or target.notebook.language != "python":
        return None
    if any(names.star for _, names in target.names):
        return None
    bound = {name for _, names in target.names for name in names.bound} | _declared(target)
    for one in target.runs:
        more = _brought(repository, target, one, seen | {target.shown})
        if more is None:
            return None
        bound |= more
    return bound


RULE = Rule(
    "undefined-name",
    "A name is assigned before it is used, in a cell above.",
    "The notebook worked because its kernel remembered a name of a cell that was moved or deleted. A fresh run fails.",
    "assign the name above, import it, or make it a parameter.",
    over_all=_look,
)
