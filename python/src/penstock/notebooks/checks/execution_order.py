"""`execution-order`: the saved state comes from one run from top to bottom, or there is none."""

from __future__ import annotations

from collections.abc import Iterator

from penstock.notebooks.checks.finding import Finding
from penstock.notebooks.checks.rule import Rule
from penstock.notebooks.checks.subject import Subject


def _look(subject: Subject) -> Iterator[Finding]:
    cells = [(number, cell) for number, cell in subject.code if cell.source.strip()]
    counts = [cell.execution_count for _, cell in cells]
    if not any(counts):
        return  # outputs and counts were stripped: nothing is claimed
    last = 0
    for number, cell in cells:
        count = cell.execution_count
        if not count:
            yield subject.finding(RULE.id, number, 0, "never executed, while others were", key=cell.source)
        elif count <= last:
            message = f"executed before the cells above it ([{count}] after [{last}])"
            yield subject.finding(RULE.id, number, 0, message, key=cell.source)
        last = max(last, count or 0)


RULE = Rule(
    "execution-order",
    "Saved cells were executed once, from top to bottom.",
    "Cells that ran in another order, or not at all, show results that a run of the notebook does not give: its "
    "state came from cells that were changed or deleted since.",
    "restart the kernel and run all cells, or strip counts and outputs before saving.",
    each=_look,
)
