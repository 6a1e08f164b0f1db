"""The texts that stand in a notebook's code: Python's own by the parser, those of other languages by their quotes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from penstock.notebooks.checks.subject import Subject
from penstock.notebooks.model import PARAMETERS

_QUOTED = re.compile(r"'([^'\n]*)'|\"([^\"\n]*)\"|`([^`\n]*)`")


@dataclass(frozen=True)
class Text:
    """One text: where it stands, and whether that is the parameters cell."""

    cell: int
    line: int
    value: str
    is_parameter: bool


def texts(subject: Subject) -> Iterator[Text]:
    """Every text in code. Docstrings are prose, and no texts."""
    of_parameters = {number for number, cell in subject.code if PARAMETERS in cell.tags}
    prose = {id(node.value) for _, node in subject.nodes(ast.Expr)}
    for cell, node in subject.nodes(ast.Constant):
        if isinstance(node.value, str) and id(node) not in prose:
            yield Text(cell.number, node.lineno, node.value, cell.number in of_parameters)
    parsed = {cell.number for cell, _ in subject.trees}
    for line in subject.lines:
        if line.cell not in parsed:
            for match in _QUOTED.finditer(line.text):
                value = match[1] or match[2] or match[3] or ""
                yield Text(line.cell, line.number, value, line.cell in of_parameters)
