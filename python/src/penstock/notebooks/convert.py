"""`penstock notebooks convert`: one notebook into another format, saying everything that does not come along."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from penstock.notebooks.files import FABRIC_FOLDER, NotebookFile, display_name, format_of, home, read_file, read_text
from penstock.notebooks.formats.fabric import STEM
from penstock.notebooks.formats.format import Format, Malformed
from penstock.notebooks.formats.jupyter import with_kernel
from penstock.notebooks.formats.languages import SUFFIXES
from penstock.notebooks.formats.loss import CannotHold, written
from penstock.notebooks.formats.platform import FILE, Platform, read_platform, write_platform
from penstock.notebooks.formats.registry import BY_NAME
from penstock.notebooks.model import Cell, Notebook, in_language, without_openings
from penstock.notebooks.refusing import refuse

_SOURCE_FORMATS = ("databricks", "percent")
"""What a `.py` can be where its path does not say it."""


@dataclass(frozen=True)
class Conversion:
    """What was done: the file that was written, its format, and a line for each kind of thing that was lost."""

    path: Path
    source: str
    target: str
    lost: tuple[str, ...]


def convert(
    source: Path, target: Path, *, to: str | None = None, strict: bool = False, overwrite: bool = False
) -> Conversion:
    """Write the notebook in another format. `target` is a file, or a folder `Name.Notebook` for Fabric.

    `to` names the format where the path leaves it open. With `strict` nothing is written if anything would be lost.
    Raises `Refusal`; a target that exists is replaced only with `overwrite`, and never left half-written.

    >>> convert(Path("daily.ipynb"), Path("daily.py"), to="databricks").lost      # doctest: +SKIP
    ('the outputs and execution counts of 3 cells',)
    """
    found = read_file(source)
    format, place, language = _target(target, to, found, overwrite)
    if place.exists() and (place.resolve() == found.path.resolve() or not overwrite):
        raise refuse("output", f"{target}: there is such a file already.", "  Say --overwrite, or give another path.")
    notebook, lost = _in_words_of(found, format)
    notebook = in_language(notebook, language or notebook.language)
    try:
        text, more = written(with_kernel(notebook) if format.name == "ipynb" else notebook, format)
    except CannotHold as error:
        raise refuse("cannot-hold", f"{source}: {error}.", "  Change the line, or choose another format.") from None
    lost += more
    if strict and lost:
        listed = (f"  - {one}" for one in lost)
        raise refuse("lossy", f"{source}: {format.name} cannot hold", *listed, "Nothing was written (--strict).")
    _save(place, text, format, found)
    return Conversion(place, found.format.name, format.name, tuple(lost))


def _target(target: Path, to: str | None, found: NotebookFile, overwrite: bool) -> tuple[Format, Path, str]:
    """The format, the file, and the language that its suffix says (empty: any)."""
    if to is not None and to not in BY_NAME:
        raise refuse("notebook-format", f"--to {to}: there is no such format.", f"  There are: {', '.join(BY_NAME)}.")
    suffix = target.suffix.lower()
    if target.suffix == FABRIC_FOLDER:
        name = next(one for one, language in SUFFIXES.items() if language == _source_language(found))
        target, suffix = target / f"{STEM}{name}", name
    told = "ipynb" if suffix == ".ipynb" else "fabric" if target.stem == STEM and suffix in SUFFIXES else None
    if told is None and suffix not in SUFFIXES:
        raise refuse(
            "notebook-format",
            f"{target}: no format has files that end so.",
            f"  Give a path that ends with .ipynb, {', '.join(SUFFIXES)} or {FABRIC_FOLDER}.",
        )
    if told and to and told != to:
        raise refuse("notebook-format", f"{target}: the path says {told}, and --to says {to}.")
    name = told or to or (_as_it_is(target) if overwrite else None)
    if name not in BY_NAME or (told is None and name not in _SOURCE_FORMATS):
        choices = " or ".join(f"--to {one}" for one in _SOURCE_FORMATS)
        raise refuse("notebook-format", f"{target}: a {suffix} can be of two formats.", f"  Say {choices}.")
    return BY_NAME[name], target, SUFFIXES.get(suffix, "")


def _as_it_is(target: Path) -> str | None:
    """The format of the file that is replaced."""
    format = format_of(target, read_text(target)) if target.is_file() else None
    return format.name if format else None


def _source_language(found: NotebookFile) -> str:
    language = found.notebook.language
    if language not in SUFFIXES.values():
        raise refuse("notebook-language", f"{found.path}: Fabric has no notebooks in {language}.")
    return language


def _in_words_of(found: NotebookFile, format: Format) -> tuple[Notebook, list[str]]:
    """The notebook without what only its own format understands."""
    if format is found.format:
        return found.notebook, []
    lost: list[str] = []
    for number, cell in enumerate(found.notebook.cells, 1):
        arguments = _arguments(cell)
        if arguments:
            lost.append(f"the arguments '{arguments}' of the magic of cell {number}")
    notebook = without_openings(found.notebook)
    if found.format.name == "percent":  # says how the script was written, which is no part of the notebook
        metadata = {key: value for key, value in notebook.metadata.items() if key != "jupytext"}
        notebook = replace(notebook, metadata=metadata)
    return notebook, lost


def _arguments(cell: Cell) -> str:
    """What a cell magic says beyond the language."""
    return cell.opening.partition(" ")[2].strip() if cell.opening.startswith("%%") else ""


def _save(place: Path, text: str, format: Format, found: NotebookFile) -> None:
    from penstock.notebooks.saving import write_atomically

    is_new = not place.parent.exists()
    try:
        platform = _platform(place, found) if format.name == "fabric" else None
        place.parent.mkdir(parents=is_new and format.name == "fabric", exist_ok=True)
        if platform is not None:
            write_atomically(place.parent / FILE, platform)
        write_atomically(place, text)
    except OSError as error:
        raise refuse("output", f"{place}: cannot be written: {error.strerror or error}.") from None


def _platform(place: Path, found: NotebookFile) -> str | None:
    """The text of a new `.platform`; None where there is one, or where the file lies outside a Fabric folder."""
    if place.parent.suffix != FABRIC_FOLDER or (place.parent / FILE).exists():
        return None
    before = found.path.parent / FILE
    description = ""
    if found.format.name == "fabric" and before.is_file():
        try:
            description = read_platform(read_text(before)).description
        except Malformed as error:
            raise refuse("notebook-broken", f"{home(found.path)}: {error}.") from None
    return write_platform(Platform(display_name(place), description))
