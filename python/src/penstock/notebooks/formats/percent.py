"""Percent scripts, by jupytext's conventions: `# %% title [markdown] tags=["parameters"]`, a YAML header on top.

Cells in another language are comments under `# %% language="sql"`; magics are comments, so that the script stays one.
A line that only looks like such a comment gets one more mark, and loses it again: nothing is guessed. Written here and
not taken from jupytext, because it is asked for Spark's SQL files too, and for a thousand files in seconds; the tests
hold it against jupytext.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from penstock.notebooks.formats.format import Format, Malformed
from penstock.notebooks.formats.languages import COMMENTS, JUPYTER, SUFFIXES, opened_by_cell_magic, opened_text
from penstock.notebooks.formats.magics import hide_magics, show_magics
from penstock.notebooks.formats.marker import Marker, marker_line, read_marker
from penstock.notebooks.formats.prefixed import comment, uncomment
from penstock.notebooks.model import DATABRICKS_CELL, Cell, Notebook

_FORMAT = {"format_name": "percent", "format_version": "1.3"}
_DOCSTRING = re.compile(r'(r?("""|\'\'\')\n?)(.*?)(\n?\2)\s*', re.DOTALL)
_LANGUAGE_MAGIC = re.compile(r"%%(\w+)(?:[ \t]+([^\n]*))?(?:\n|$)")
_AS_LANGUAGE = re.compile(
    "bash|cython|html|javascript|js|julia|latex|markdown|perl|python3?|r|R|ruby|script|scala|sh|spark|sql|svg"
)
"""Cell magics that jupytext writes as `language=`; others stay magics."""


def read(text: str, language: str) -> Notebook:
    """The notebook in a script whose suffix says the language."""
    mark = COMMENTS[language]
    metadata, body = _header(text, mark)
    marker = re.compile(rf"^[ \t]*{mark} ?%%(%*)(?:[ \t]+([^\n]*))?$", re.MULTILINE)
    found = list(marker.finditer(body))
    before = body[: found[0].start()] if found else body
    cells: list[Cell] = []
    if before.strip():
        cells.append(Cell("code", show_magics(before.strip("\n"), language, mark)))
    for number, match in enumerate(found, 1):
        following = found[number].start() if number < len(found) else len(body)
        content = body[match.end() + 1 : following].removesuffix("\n")
        if number < len(found):
            content = content.removesuffix("\n")
        cells.append(_cell(read_marker(match[2] or "", len(match[1])), content, language, mark))
    return Notebook(language, tuple(cells), metadata)


def write(notebook: Notebook) -> str:
    """The script, with a header where the notebook has metadata that a script should carry."""
    mark = COMMENTS[notebook.language]
    cells = [_text(cell, notebook, mark) for cell in notebook.cells or (Cell("code", ""),)]
    return _header_text(notebook, mark) + "\n\n".join(cells) + "\n"


def knows(path: PurePath, text: str) -> bool:
    """A source file with a cell marker or jupytext's header; any other is a module and no notebook."""
    language = SUFFIXES.get(path.suffix.lower())
    if language is None:
        return False
    mark = COMMENTS[language]
    header = text.startswith(f"{mark} ---\n") and f"\n{mark} jupyter:\n" in text
    return header or re.search(rf"^[ \t]*{mark} ?%%+(?:[ \t]|$)", text, re.MULTILINE) is not None


def _cell(marker: Marker, content: str, language: str, mark: str) -> Cell:
    if marker.kind == "code":
        return _code(marker, content, language, mark)
    cell = Cell(marker.kind, "", metadata=marker.metadata)
    quoted = _DOCSTRING.fullmatch(content) if language == "python" else None
    if quoted:
        return replace(cell, source=quoted[3], opening=quoted[1])
    return replace(cell, source=uncomment(content, mark))


def _code(marker: Marker, content: str, language: str, mark: str) -> Cell:
    metadata = dict(marker.metadata)
    if "language" not in metadata:
        shown = show_magics(content, language, mark)
        return Cell("code", shown, metadata=metadata)
    words = [f"%%{metadata.pop('language')}", str(metadata.pop("magic_args", ""))]
    source = " ".join(filter(None, words)) + "\n" + uncomment(content, mark)
    return opened_by_cell_magic(Cell("code", source, metadata=metadata))


def _text(cell: Cell, notebook: Notebook, mark: str) -> str:
    extra: dict[str, Any] = {}
    if cell.kind != "code":
        body = _prose(cell, mark)
    else:
        source = opened_text(cell, notebook.language, JUPYTER)
        magic = _LANGUAGE_MAGIC.match(source)
        if magic and _AS_LANGUAGE.fullmatch(magic[1]):
            extra = {**({"magic_args": magic[2]} if magic[2] else {}), "language": magic[1]}
            body = comment(source[magic.end() :], mark, mark)
        else:
            body = hide_magics(source, notebook.language, mark)
    line = marker_line(mark, Marker(cell.kind, {**_titled(cell), **extra}))
    return f"{line}\n{body}" if body else line


def _titled(cell: Cell) -> dict[str, Any]:
    """The cell's metadata, with a title of Databricks' as the plain title that a script has."""
    metadata = dict(cell.metadata)
    if metadata.get(DATABRICKS_CELL) == {"showTitle": True, "title": cell.title}:
        del metadata[DATABRICKS_CELL]
        return {"title": cell.title, **metadata}
    return metadata


def _prose(cell: Cell, mark: str) -> str:
    quotes = cell.opening.strip().removeprefix("r")
    if quotes and set(quotes) <= {'"', "'"} and quotes not in cell.source:
        return cell.opening + cell.source + cell.opening.removeprefix("r")[::-1]
    return comment(cell.source, mark, mark)


def _header(text: str, mark: str) -> tuple[dict[str, Any], str]:
    """The header's entries as metadata, and the rest; a header of any other kind is text like all other."""
    match = re.match(rf"{mark} ---\n((?:{mark}(?: [^\n]*)?\n)*?){mark} ---\n\n?", text)
    if match is None:
        return {}, text
    import yaml

    try:
        entries: Any = yaml.safe_load(uncomment(match[1], mark))
    except yaml.YAMLError as error:
        raise Malformed(f"its header is no YAML: {str(error).splitlines()[0]}") from None
    if not isinstance(entries, dict) or list(entries) != ["jupyter"] or not isinstance(entries["jupyter"], dict):  # pyright: ignore[reportUnknownArgumentType]
        return {}, text
    return entries["jupyter"], text[match.end() :]  # pyright: ignore[reportUnknownVariableType]


def _header_text(notebook: Notebook, mark: str) -> str:
    metadata = {key: value for key, value in notebook.metadata.items() if key != "language_info"}
    if not metadata:
        return ""
    import yaml

    suffix = next(suffix for suffix, name in SUFFIXES.items() if name == notebook.language)
    metadata.setdefault("jupytext", {"text_representation": {"extension": suffix, **_FORMAT}})
    text = yaml.safe_dump({"jupyter": _plain(metadata)}, default_flow_style=False, allow_unicode=True, width=10_000)
    return comment(f"---\n{text}---", mark, mark) + "\n\n"


def _plain(value: Any) -> Any:
    """The value with dictionaries and lists that YAML knows."""
    if hasattr(value, "items"):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value  # pyright: ignore[reportUnknownVariableType]


PERCENT_SCRIPT = Format(
    "percent",
    "a percent script (.py, .scala, .r, .sql with '# %%' cells, as jupytext writes it)",
    knows,
    read,
    write,
)
