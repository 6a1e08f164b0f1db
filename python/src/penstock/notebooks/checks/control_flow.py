"""`control-flow`: a notebook decides nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from penstock.notebooks.checks.finding import Finding
from penstock.notebooks.checks.rule import Rule
from penstock.notebooks.checks.subject import Subject

_WORDS: dict[type[ast.stmt], str] = {
    ast.If: "if",
    ast.For: "for",
    ast.AsyncFor: "for",
    ast.While: "while",
    ast.Try: "try",
    ast.Match: "match",
}


def _look(subject: Subject) -> Iterator[Finding]:
    for cell, tree in subject.trees:
        for node in tree.body:
            word = _WORDS.get(type(node))
            if word:
                text = cell.source.split("\n")[node.lineno - 1].strip()
                yield subject.finding(RULE.id, cell.number, node.lineno, f"'{word}' at the top of a cell", key=text)


RULE = Rule(
    "control-flow",
    "A notebook has no loops, branches or handlers of errors.",
    "Each branch is a way that a run can go, and none is tested before production. A `try` in a notebook hides the "
    "failure that the job's exit code should tell.",
    "call one function of the package that decides, loops or retries; choices belong to parameters.",
    each=_look,
)
