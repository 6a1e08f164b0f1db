"""`saved-outputs`: a notebook under version control is source."""

from __future__ import annotations

from collections.abc import Iterator

from penstock.notebooks.checks.finding import Finding
from penstock.notebooks.checks.rule import Rule
from penstock.notebooks.checks.subject import Subject
from penstock.notebooks.model import Cell


def _look(subject: Subject) -> Iterator[Finding]:
    if subject.notebook.metadata.get("keep_output"):
        return
    for number, cell in subject.code:
        if cell.outputs and not _kept(cell):
            count = f"{len(cell.outputs)} outputs are" if len(cell.outputs) > 1 else "an output is"
            yield subject.finding(RULE.id, number, 0, f"{count} saved", key=cell.source)


def _kept(cell: Cell) -> bool:
    """By nbstripout's conventions."""
    return "keep_output" in cell.tags or bool(cell.metadata.get("keep_output") or cell.metadata.get("init_cell"))


RULE = Rule(
    "saved-outputs",
    "No outputs are saved with the notebook.",
    "Outputs carry customers' rows and tokens into the repository, make every diff unreadable, and show results of "
    "code that has changed since.",
    "strip them before a commit (nbstripout does); the executed notebook of a run is kept by `penstock run`. "
    "The tag `keep_output` keeps a cell's.",
    each=_look,
)
