"""Notebook files: from a path to the model, or a refusal that says what is wrong with the file and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from penstock.notebooks.formats.fabric import STEM
from penstock.notebooks.formats.format import Format, Malformed
from penstock.notebooks.formats.languages import COMMENTS, SUFFIXES
from penstock.notebooks.formats.registry import FORMATS
from penstock.notebooks.model import Notebook
from penstock.notebooks.refusing import refuse

FABRIC_FOLDER = ".Notebook"
NOTEBOOK_SUFFIXES = (".ipynb", *SUFFIXES)
_OTHERS = {
    ".rmd": "an R Markdown notebook",
    ".qmd": "a Quarto notebook",
    ".md": "a Markdown file",
    ".dbc": "a Databricks archive (export as source instead)",
    ".zpln": "a Zeppelin notebook",
    ".html": "an HTML export (export as source or .ipynb instead)",
}
_ENCODINGS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"\x1f\x8b": "gzip", b"PK": "a zip archive"}


@dataclass(frozen=True)
class NotebookFile:
    """A notebook that was read: `path` is the file itself, also where a Fabric folder was named."""

    path: Path
    format: Format
    notebook: Notebook


def read_file(path: Path) -> NotebookFile:
    """The notebook in a file of any format, or in a Fabric folder. Raises `Refusal` for anything else."""
    place = file_of(path)
    suffix = place.suffix.lower()
    if suffix not in NOTEBOOK_SUFFIXES:
        what = _OTHERS.get(suffix, f"a {place.suffix} file" if suffix else "a file without a suffix")
        raise refuse("notebook-format", f"{path}: this is {what}.", *_formats())
    if not place.is_file():
        raise refuse("notebook-missing", f"{path}: there is no such notebook.", _neighbours(place.parent))
    text = read_text(place)
    format = format_of(place, text)
    if format is None:
        mark = COMMENTS[SUFFIXES[suffix]]
        raise refuse(
            "notebook-format",
            f"{path}: this is a plain {place.suffix} file: it has no cells and no notebook's first line.",
            *_formats(),
            f"  Put '{mark} %%' above each cell to make a percent script of it.",
        )
    try:
        return NotebookFile(place, format, format.read(text, SUFFIXES.get(suffix, "")))
    except Malformed as error:
        raise refuse(
            "notebook-broken",
            f"{path}: not a valid notebook ({format.name}): {error}.",
            "  Open and save it in Jupyter." if suffix == ".ipynb" else "  Export it again, or mend the line by hand.",
        ) from None


def format_of(path: Path, text: str) -> Format | None:
    """The format of a file with this text; None for a plain module or query."""
    return next((format for format in FORMATS if format.knows(path, text)), None)


def read_text(path: Path) -> str:
    """The file's text: UTF-8, without a byte order mark, every line end a newline."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise refuse("notebook-missing", f"{path}: cannot be read: {error.strerror}.") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        kind = next((name for start, name in _ENCODINGS.items() if data.startswith(start)), None)
        why = f"byte {error.start}" + (f"; it looks like {kind}" if kind else "")
        raise refuse(
            "notebook-broken",
            f"{path}: the file is not UTF-8 text ({why}).",
            "  A notebook is text in UTF-8: save it in that encoding.",
        ) from None
    return text.replace("\r\n", "\n")


def file_of(path: Path) -> Path:
    """The file that holds the cells: in a Fabric folder its `notebook-content.*`, else the path itself."""
    if path.suffix == FABRIC_FOLDER and path.is_dir():
        return next((one for one in sorted(path.iterdir()) if one.stem == STEM), path / f"{STEM}.py")
    return path


def display_name(path: Path) -> str:
    """What a person calls the notebook: its folder's name in Fabric, else its file's, without the suffix."""
    folder = _fabric_folder(path)
    return folder.stem if folder else path.stem


def home(path: Path) -> Path:
    """The folder that the notebook lies in; a Fabric notebook's own folder counts as its file."""
    return (_fabric_folder(path) or path.resolve()).parent


def _fabric_folder(path: Path) -> Path | None:
    here = path.resolve()
    return next((one for one in (here, here.parent) if one.suffix == FABRIC_FOLDER), None)


def _formats() -> list[str]:
    return ["  Penstock reads:", *(f"    {format.summary}" for format in FORMATS)]


def _neighbours(folder: Path) -> str:
    if not folder.is_dir():
        return f"  There is no folder {folder} either."
    near = sorted(
        one.name for one in folder.iterdir() if one.suffix.lower() in NOTEBOOK_SUFFIXES or one.suffix == FABRIC_FOLDER
    )
    return f"  {folder} has: {', '.join(near)}." if near else f"  There is no notebook in {folder}."
