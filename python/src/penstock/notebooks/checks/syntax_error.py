"""`syntax-error`: a Python cell that is no Python cannot run, and no other rule can look into it."""

from __future__ import annotations

from collections.abc import Iterator

from penstock.notebooks.checks.finding import Finding
from penstock.notebooks.checks.rule import Rule
from penstock.notebooks.checks.subject import Subject


def _look(subject: Subject) -> Iterator[Finding]:
    for cell in subject.python:
        error = cell.parsed
        if isinstance(error, SyntaxError):
            yield subject.finding(
                RULE.id, cell.number, error.lineno or 0, f"not Python: {error.msg}", key=cell.cell.source
            )


RULE = Rule(
    "syntax-error",
    "Every Python cell is Python.",
    "The run fails when it comes to the cell, perhaps after hours.",
    "mend the cell, or say its language with a magic on its first line.",
    each=_look,
)
