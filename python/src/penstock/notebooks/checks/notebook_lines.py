"""`notebook-lines`: a budget on each notebook."""

from __future__ import annotations

from collections.abc import Iterator

from penstock.notebooks.checks.finding import Finding
from penstock.notebooks.checks.rule import Rule
from penstock.notebooks.checks.subject import Subject


def _look(subject: Subject) -> Iterator[Finding]:
    lines, budget = subject.code_lines, subject.settings.lines
    if lines > budget:
        message = f"{lines} lines of code, the budget is {budget}"
        yield subject.finding(RULE.id, 0, 0, message, key="notebook-lines")


RULE = Rule(
    "notebook-lines",
    "A notebook has no more lines of code than its budget.",
    "A notebook in production declares parameters, calls deployed code and shows results. What is longer holds logic "
    "that no test reaches and no other notebook can import.",
    "move functions and long chains into the package, and call them. The budget is `lines` in [tool.penstock.check].",
    each=_look,
)
