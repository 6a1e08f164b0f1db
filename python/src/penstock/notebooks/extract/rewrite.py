"""From new cells to the file's new text, in which nothing else has changed.

A file that looks as its format's writer writes it is simply written. In any other (blank lines missing round a marker,
a hand-made header) the lines of the cell are replaced where they stand; in `.ipynb` the source is replaced inside the
JSON. Either way the result is read back, and refused if it says anything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from penstock.notebooks.checks.places import file_lines
from penstock.notebooks.checks.subject import Subject
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
        is_json = format.name == "ipynb"
        text = edited(file.text, sources) if is_json else _in_place(file, subject, format, sources)
        back = format.read(text, SUFFIXES.get(file.path.suffix.lower(), "")) if text is not None else None
    except (Malformed, KeyError):
        return None
    said = [_said(one) for one in (wanted, back)] if back else []
    return text if said and said[0] == said[1] else None


def _with(notebook: Notebook, sources: Mapping[int, str | None]) -> Notebook:
    cells = [
        replace(cell, source=new) if (new := sources.get(number, cell.source)) is not None else None
        for number, cell in enumerate(notebook.cells, 1)
    ]
    return replace(notebook, cells=tuple(cell for cell in cells if cell is not None))


def _said(notebook: Notebook) -> object:
    """What must be as it is meant, cell by cell."""
    cells = [(one.kind, one.language, one.source.rstrip("\n"), dict(one.metadata)) for one in notebook.cells]
    return cells, dict(notebook.metadata)


def _in_place(file: File, subject: Subject, format: Format, sources: Mapping[int, str | None]) -> str | None:
    """A source file's new text: by its writer, or line by line where it is not laid out as the writer does it."""
    wanted = _with(subject.notebook, sources)
    if format.write(subject.notebook) == file.text:
        return format.write(wanted)
    rendered = _with(subject.notebook, {number: source or "" for number, source in sources.items()})
    new = replace(subject, text=format.write(rendered), notebook=rendered)
    lines, fresh = file.text.split("\n"), new.text.split("\n")
    blocks, new_blocks = _blocks(subject), _blocks(new)
    for number, source in sorted(sources.items(), reverse=True):
        place, there = blocks.get(number), new_blocks.get(number)
        if place is None or (source and there is None):
            return None
        start = place.start
        if source is None:  # with its marker, which stands between it and the cell above
            start = blocks[number - 1].stop if number - 1 in blocks else start
        lines[start : place.stop] = fresh[there.start : there.stop] if source and there else []
    return "\n".join(lines)


def _blocks(subject: Subject) -> dict[int, range]:
    """The lines of the file, from 0, in which each cell stands whole; a cell that is empty has none."""
    places = file_lines(subject)
    lines = subject.text.split("\n")
    found: dict[int, range] = {}
    for number, cell in enumerate(subject.notebook.cells, 1):
        own = cell.text.split("\n")
        at = next((index for index, line in enumerate(own) if line.strip()), None)
        if at is None:
            continue
        first = places[number, at + 1] - 1 - at
        block = range(first, first + len(own))
        if first >= 0 and all(line.strip() in lines[i] for i, line in zip(block, own, strict=True) if i < len(lines)):
            found[number] = block
    return found
