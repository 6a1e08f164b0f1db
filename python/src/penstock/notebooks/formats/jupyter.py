"""Jupyter's `.ipynb`: nbformat 4 as JSON. Older documents are brought to 4 by nbformat; any valid one can be read."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any, cast

from penstock.notebooks.formats.format import Format, Malformed
from penstock.notebooks.formats.languages import (
    JUPYTER,
    language_name,
    opened_by_cell_magic,
    opened_by_databricks,
    opened_text,
)
from penstock.notebooks.model import DATABRICKS_CELL, Cell, Kind, Notebook

Document = dict[str, Any]
_DATABRICKS = "application/vnd.databricks.v1+notebook"
_KERNELSPECS = {
    "python": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "r": {"display_name": "R", "language": "R", "name": "ir"},
    "scala": {"display_name": "Scala", "language": "scala", "name": "scala"},
    "sql": {"display_name": "SQL", "language": "sql", "name": "sql"},
}


def read(text: str, _: str) -> Notebook:
    """The notebook in a JSON text."""
    try:
        document: Any = json.loads(text)
    except RecursionError:
        raise Malformed("the JSON is nested too deep") from None
    except json.JSONDecodeError as error:
        raise Malformed(f"line {error.lineno}, column {error.colno}: {error.msg}") from None
    if not isinstance(document, dict) or ("cells" not in document and "worksheets" not in document):
        raise Malformed("the JSON has no cells")
    return from_document(_valid(cast(Document, document)))


def write(notebook: Notebook) -> str:
    """The JSON as Jupyter itself writes it: keys sorted, one space of indent, sources as lists of lines."""
    import nbformat.v4

    return nbformat.v4.writes(as_node(notebook)) + "\n"  # pyright: ignore


def from_document(document: Document) -> Notebook:
    """The model of an nbformat 4 document, in which texts may be lists of lines."""
    metadata: Document = dict(document.get("metadata", {}))
    on_databricks = _DATABRICKS in metadata or any(
        DATABRICKS_CELL in cell.get("metadata", {}) for cell in document["cells"]
    )
    cells = (_cell(cell) for cell in document["cells"])
    return Notebook(
        _language(metadata),
        tuple(_opened(cell, on_databricks) if cell.kind == "code" else cell for cell in cells),
        metadata,
        minor=document.get("nbformat_minor", 5),
    )


def with_kernel(notebook: Notebook) -> Notebook:
    """The notebook with the entries by which Jupyter finds a kernel, where it has none for its language."""
    if _language(notebook.metadata, "") == notebook.language:
        return notebook
    spec = _KERNELSPECS.get(notebook.language, {"display_name": notebook.language, "name": notebook.language})
    info = {"name": spec.get("language", notebook.language)}
    return replace(notebook, metadata={**notebook.metadata, "kernelspec": dict(spec), "language_info": info})


def as_document(notebook: Notebook) -> Document:
    """The nbformat 4 document of a notebook, its own to change. Cells without an id get one by their place."""
    if _language(notebook.metadata) != notebook.language:
        notebook = with_kernel(notebook)
    metadata: Document = _copied(notebook.metadata)
    taken = {cell.id for cell in notebook.cells}
    cells: list[Document] = []
    for number, cell in enumerate(notebook.cells, 1):
        cells.append(_as_dict(cell, notebook))
        if notebook.minor >= 5:
            cells[-1]["id"] = cell.id or _free(f"cell-{number}", taken)
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": notebook.minor}


def as_node(notebook: Notebook) -> Any:
    """The same document as nbformat's own kind of dictionary, which its functions and nbclient want."""
    import nbformat

    return nbformat.from_dict(as_document(notebook))  # pyright: ignore


def _opened(cell: Cell, on_databricks: bool) -> Cell:
    """Only Databricks lets one `%` speak for a whole cell; to Jupyter `%sql …` is one line of Python."""
    opened = opened_by_cell_magic(cell)
    return opened_by_databricks(cell) if on_databricks and opened is cell else opened


def _cell(cell: Document) -> Cell:
    kind = cast(Kind, cell["cell_type"])
    return Cell(
        kind,
        _text(cell["source"]),
        metadata=cell.get("metadata", {}),
        outputs=tuple(_joined(output) for output in cell.get("outputs", ())),
        execution_count=cell.get("execution_count"),
        attachments={name: _joined({"data": data})["data"] for name, data in cell.get("attachments", {}).items()},
        id=cell.get("id", ""),
    )


def _as_dict(cell: Cell, notebook: Notebook) -> Document:
    typed = cell.kind == "markdown" and cell.opening.startswith("%md")  # Databricks keeps a typed `%md` as code
    kind = "code" if typed else cell.kind
    source = opened_text(cell, notebook.language, JUPYTER) if kind == "code" else cell.source
    entries: Document = {"cell_type": kind, "metadata": _copied(cell.metadata), "source": source}
    if kind == "code":
        entries["outputs"] = [_copied(output) for output in cell.outputs]
        entries["execution_count"] = cell.execution_count
    if cell.attachments:
        entries["attachments"] = _copied(cell.attachments)
    return entries


def _valid(document: Document) -> Document:
    import nbformat

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a missing cell id, which we give ourselves
            if document.get("nbformat") != 4 or "cells" not in document:
                document = _copied(nbformat.reads(json.dumps(document), as_version=4))  # pyright: ignore[reportUnknownMemberType]
            nbformat.validate(_with_ids(document))  # pyright: ignore[reportUnknownMemberType]
    except Exception as error:  # nbformat's own kinds of error differ by version
        why = str(error).strip().splitlines()
        raise Malformed(why[0] if why else type(error).__name__) from None
    return document


def _with_ids(document: Document) -> Document:
    """The document as it will be written, for the check alone."""
    if document.get("nbformat_minor", 0) < 5:
        return document
    cells: list[Document] = document["cells"]
    return {**document, "cells": [cell if "id" in cell else {**cell, "id": f"c{i}"} for i, cell in enumerate(cells)]}


def _language(metadata: Mapping[str, Any], otherwise: str = "python") -> str:
    for key, entry in (("kernelspec", "language"), ("language_info", "name"), (_DATABRICKS, "language")):
        part: Any = metadata.get(key)
        if isinstance(part, Mapping) and isinstance(part.get(entry), str) and part[entry]:  # pyright: ignore[reportUnknownMemberType]
            return language_name(str(part[entry]))  # pyright: ignore[reportUnknownArgumentType]
    return otherwise


def _joined(output: Document) -> Document:
    """The output with texts for lists of lines, which JSON files have for them; JSON data stay what they are."""
    joined = {**output, "text": _text(output["text"])} if "text" in output else dict(output)
    if isinstance(output.get("data"), dict):
        data: Document = output["data"]
        joined["data"] = {mime: item if mime.endswith("json") else _text(item) for mime, item in data.items()}
    return joined


def _text(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copied(item) for key, item in value.items()}  # pyright: ignore[reportUnknownVariableType]
    return [_copied(item) for item in value] if isinstance(value, (list, tuple)) else value  # pyright: ignore[reportUnknownVariableType]


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "x"
    taken.add(name)
    return name


JUPYTER_NOTEBOOK = Format(
    "ipynb",
    "Jupyter's .ipynb (nbformat 4)",
    lambda path, _: PurePath(path).suffix.lower() == ".ipynb",
    read,
    write,
)
