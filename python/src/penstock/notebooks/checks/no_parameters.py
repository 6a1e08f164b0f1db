"""`no-parameters`: a job declares what it can be given."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penstock.notebooks.checks.finding import Finding
from penstock.notebooks.checks.rule import Rule
from penstock.notebooks.checks.subject import Subject
from penstock.notebooks.model import PARAMETERS

_WIDGETS = re.compile(r"\bdbutils\.widgets\.|\bCREATE\s+WIDGET\b", re.IGNORECASE)


def _look(subject: Subject) -> Iterator[Finding]:
    cells = [cell for _, cell in subject.code]
    declared = any(PARAMETERS in cell.tags or _WIDGETS.search(cell.source) for cell in cells)
    if not declared and any(cell.source.strip() for cell in cells):
        yield subject.finding(RULE.id, 0, 0, "no cell is tagged 'parameters'", key="no-parameters")


RULE = Rule(
    "no-parameters",
    "A notebook has a parameters cell (or widgets).",
    "Without one it cannot be run for another day, another table or a test, but only edited.",
    "tag one cell `parameters` (in a Databricks source: give it that title) and assign the defaults there.",
    each=_look,
)
