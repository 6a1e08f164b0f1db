"""From new cells to the file's new text, in which nothing else has changed.

A file that looks as its format's writer writes it is simply written. For any other (blank lines missing round a marker,
a hand-made header), the difference that the change makes between two such texts is carried over to the file; for
`.ipynb` the source is replaced inside the JSON. Either way the result is read back, and refused if it says anything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from difflib import SequenceMatcher

from penstock.notebooks.extract.json_cells import edited
from penstock.notebooks.extract.tree import File
from penstock.notebooks.formats.format import Format, Malformed
from penstock.notebooks.formats.languages import SUFFIXES
from penstock.notebooks.model import Notebook
from penstock.notebooks.refusing import refuse


def rewritten(file: File, sources: Mapping[int, str]) -> str:
    """The file's text with other sources in these cells, counted from 1. A cell with nothing left in it goes.

    Raises `Refusal` where the file's layout leaves no safe place for the change.
    """
    empty = {number: None for number, source in sources.items() if not source.strip()}
    text = _attempt(file, {**sources, **empty}) if empty else None
    text = text or _attempt(file, dict(sources))
    if text is None:
        raise refuse(
            "layout",
            f"{file.shown}: the file is laid out in a way that leaves no safe place for the change.",
            "  Bring it into its format's own layout: penstock notebooks convert A B.",
        )
    return text


def _attempt(file: File, sources: dict[int, str | None]) -> str | None:
    """The new text; None if it would not be read as the notebook that is meant."""
    format, subject = file.format, file.subject
    if format is None or subject is None:
        return None
    wanted = _with(subject.notebook, sources)
    if not wanted.cells:
        return None
    try:
        text = (
            edited(file.text, sources)
            if format.name == "ipynb"
            else _carried_over(file.text, format, subject.notebook, wanted)
        )
        back = format.read(text, SUFFIXES.get(file.path.suffix.lower(), "")) if text is not None else None
    except (Malformed, KeyError):
        return None
    said = [_said(one) for one in (wanted, back)] if back else []
    return text if said and said[0] == said[1] else None


def _with(notebook: Notebook, sources: dict[int, str | None]) -> Notebook:
    cells = [
        replace(cell, source=new) if (new := sources.get(number, cell.source)) is not None else None
        for number, cell in enumerate(notebook.cells, 1)
    ]
    return replace(notebook, cells=tuple(cell for cell in cells if cell is not None))


def _said(notebook: Notebook) -> object:
    """What must be as it is meant, cell by cell."""
    cells = [(one.kind, one.language, one.source.rstrip("\n"), dict(one.metadata)) for one in notebook.cells]
    return cells, dict(notebook.metadata)


def _carried_over(text: str, format: Format, old: Notebook, new: Notebook) -> str | None:
    before, after = format.write(old), format.write(new)
    if before == text:
        return after
    own, base = text.split("\n"), before.split("\n")
    there: dict[int, int] = {}
    for block in SequenceMatcher(None, base, own, autojunk=False).get_matching_blocks():
        there.update({block.a + step: block.b + step for step in range(block.size)})
    target = after.split("\n")
    for tag, start, end, first, last in reversed(SequenceMatcher(None, base, target, autojunk=False).get_opcodes()):
        if tag == "equal":
            continue
        begin = there.get(start) if start < end else _insertion(there, start)
        stop = there.get(end - 1) if start < end else begin
        if begin is None or stop is None:
            return None
        own[begin : stop + 1 if start < end else begin] = target[first:last]
    return "\n".join(own)


def _insertion(there: dict[int, int], at: int) -> int | None:
    """Where new lines go: above the line that follows, else below the line before."""
    if at in there:
        return there[at]
    return there[at - 1] + 1 if at - 1 in there else None
