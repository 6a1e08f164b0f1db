"""From a cell's line to the file's line, so that an editor or a review can go there."""

from __future__ import annotations

import json
from dataclasses import replace

from penstock.notebooks.checks.finding import Finding
from penstock.notebooks.checks.subject import Subject


def in_file(subject: Subject, findings: list[Finding]) -> list[Finding]:
    """The findings with their lines in the file."""
    if not findings:
        return []
    lines = file_lines(subject)
    return [replace(one, file_line=lines.get((one.cell, max(1, one.line)), 1)) for one in findings]


def file_lines(subject: Subject) -> dict[tuple[int, int], int]:
    """(cell, line in it) → line of the file, by going down both together: a file has its cells in order.

    A line of a cell stands in its line of the file whole, behind a comment mark or as JSON writes it.
    """
    as_json = subject.path.suffix.lower() == ".ipynb"
    texts = subject.text.split("\n")
    places: dict[tuple[int, int], int] = {}
    at = 0
    for number, cell in enumerate(subject.notebook.cells, 1):
        for line, text in enumerate(cell.text.split("\n"), 1):
            needle = json.dumps(text, ensure_ascii=False)[1:-1] if as_json else text.strip()
            found = next((i for i in range(at, len(texts)) if needle in texts[i]), None) if needle else None
            if found is not None:
                at = found + 1
            places[number, line] = max(at, 1)
    return places
