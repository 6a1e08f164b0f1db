"""`all-lines`: one budget over all notebooks together."""

from __future__ import annotations

from collections.abc import Iterator

from penstock.notebooks.checks.finding import Finding
from penstock.notebooks.checks.rule import Rule
from penstock.notebooks.checks.subject import Repository


def _look(repository: Repository) -> Iterator[Finding]:
    budget = repository.settings.all_lines
    lines = sum(subject.code_lines for subject in repository.subjects)
    if budget is not None and lines > budget:
        longest = max(repository.subjects, key=lambda subject: subject.code_lines)
        yield longest.finding(
            RULE.id,
            0,
            0,
            f"{lines} lines of code in {len(repository.subjects)} notebooks, the budget over all is {budget}; "
            f"this is the longest ({longest.code_lines})",
            key="all-lines",
        )


RULE = Rule(
    "all-lines",
    "All notebooks together have no more lines of code than their budget.",
    "A budget on each alone is kept by splitting one in two. The sum shows whether code moves into the package.",
    "move code into the package. The budget is `all-lines` in [tool.penstock.check]; a baseline holds the sum as well.",
    over_all=_look,
)
