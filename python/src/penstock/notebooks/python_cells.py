"""The Python in a notebook's cells, with IPython's magics taken out, parsed once; line numbers stay the cell's."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from penstock.notebooks.model import Cell, Notebook

_TIMES = re.compile(r"^([ \t]*)%%?(?:time|timeit|prun|memit)\b(?:[ \t]+-\w+(?:[ \t]+\d+)?)*[ \t]*")
_KEEPS_PYTHON = re.compile(r"%%(?:time|timeit|capture|prun|local|spark|pyspark|python3?)\b")
_MAGIC_LINE = re.compile(r"^[ \t]*(?:%|!|\?).*|^[\w.]+\?{1,2}[ \t]*$")
_ASSIGNED = re.compile(r"^([ \t]*[A-Za-z_][\w, \t]*=)[ \t]*(?:%[A-Za-z]|!).*")
_CAPTURED = re.compile(r"%%capture[ \t]+(?!-)(\w+)")


@dataclass(frozen=True)
class PythonCell:
    """One Python cell. `number` counts all cells from 1; `tree` is None where the text is no Python."""

    number: int
    cell: Cell
    source: str

    @cached_property
    def parsed(self) -> ast.Module | SyntaxError:
        """The tree, or what is wrong with it."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # an odd escape in somebody's text is none of our output
                return ast.parse(self.source)
        except SyntaxError as error:
            return error
        except (ValueError, RecursionError, MemoryError) as error:
            return SyntaxError(str(error) or type(error).__name__)

    @property
    def tree(self) -> ast.Module | None:
        """The tree, None where the cell is no Python."""
        return self.parsed if isinstance(self.parsed, ast.Module) else None


def python_cells(notebook: Notebook) -> Iterator[PythonCell]:
    """The notebook's cells in Python, those left out that a magic hands to something else."""
    for number, cell in enumerate(notebook.cells, 1):
        if cell.kind != "code" or notebook.language_of(cell) != "python":
            continue
        if not cell.source.lstrip().startswith("%%") or _KEEPS_PYTHON.match(cell.source.lstrip()):
            above = "\n" * cell.opening.count("\n")
            yield PythonCell(number, cell, above + plain_python(cell.source))


def plain_python(source: str) -> str:
    """The source with its magics blanked. What `%time` measures stays, and a name that takes a magic's result."""
    if not re.search(r"[%!?]", source):
        return source
    plain = "\n".join(_plain(line) for line in source.split("\n"))
    # A line of a text or of a long expression may begin like a magic; a cell that is Python as it stands has none.
    return source if plain != source and _parses(source) else plain


def _parses(source: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _plain(line: str) -> str:
    captured = _CAPTURED.match(line)
    if captured:
        return f"{captured[1]} = None"
    if _TIMES.match(line):
        return _TIMES.sub(r"\1", line)
    if _MAGIC_LINE.match(line):
        return line[: len(line) - len(line.lstrip())] + "pass" if line[:1] in " \t" else ""
    return _ASSIGNED.sub(r"\1 None", line)
