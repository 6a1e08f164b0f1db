"""`duplicate-code`: the same code in two notebooks, whatever its variables are called."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from penstock.notebooks.checks.finding import Finding
from penstock.notebooks.checks.rule import Rule
from penstock.notebooks.checks.subject import Repository, Subject
from penstock.notebooks.clones import Statement, clones, statement
from penstock.notebooks.code_lines import code_lines


def _look(repository: Repository) -> Iterator[Finding]:
    rows = [_statements(subject) for subject in repository.subjects]
    for clone in clones(rows, repository.settings.duplicate):
        here, there = rows[clone.notebook][clone.here], rows[clone.other][clone.there]
        other = repository.subjects[clone.other]
        names = ", with other names" if clone.renamed else ""
        message = f"{clone.lines} lines are those of {other.shown} cell {there.cell}{names}"
        key = f"{other.shown} {rows[clone.notebook][clone.here].names[:3]}"
        yield repository.subjects[clone.notebook].finding(RULE.id, here.cell, here.line, message, key=key)


def _statements(subject: Subject) -> list[Statement]:
    """What could leave the notebook: neither imports nor parameters."""
    found: list[Statement] = []
    for cell, tree in subject.trees:
        if cell is subject.parameters_cell:
            continue
        lines = cell.source.split("\n")
        for node in tree.body:
            if not isinstance(node, (ast.Import, ast.ImportFrom)):
                text = "\n".join(lines[node.lineno - 1 : node.end_lineno])
                found.append(statement(node, cell.number, code_lines(text)))
    return found


RULE = Rule(
    "duplicate-code",
    "No code stands in two notebooks.",
    "Copies are mended in one place and stay wrong in the other. They are found although variables have other names.",
    "make one function of the package of it. The least number of lines is `duplicate` in [tool.penstock.check].",
    over_all=_look,
)
