"""All that is decided before a run starts: what is run, with which values, where it goes, what it may not show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

from penstock.core.secret import Secret
from penstock.notebooks import given as given_parameters
from penstock.notebooks.cells import refuse_foreign_cells
from penstock.notebooks.document import Notebook, code_cells, read_notebook, refuse
from penstock.notebooks.files import home
from penstock.notebooks.includes import check_includes
from penstock.notebooks.inject import inject
from penstock.notebooks.log import claim
from penstock.notebooks.parameters import Parameter, declared
from penstock.notebooks.pieces import Pieces
from penstock.notebooks.places import Places
from penstock.notebooks.redact import Redactor
from penstock.notebooks.resume import Resumed, fingerprint
from penstock.notebooks.saving import save
from penstock.notebooks.secrets import learn_secrets


@dataclass(frozen=True)
class Prepared:
    """One run that nothing stands against, but that has not begun."""

    source: Path
    notebook: Notebook
    known: tuple[Parameter, ...]
    values: dict[str, Any]
    redactor: Redactor
    cwd: Path
    inputs: str
    """The fingerprint of what the run is made from: a later run may resume this one if its own is the same."""

    def settings(self, output: Path) -> dict[str, Any]:
        """What our side in the kernel has to know."""
        widgets = {name: _text(value) for name, value in self.values.items() if not isinstance(value, Secret)}
        return {"notebook": str(self.source.resolve()), "output": str(output.resolve()), "widgets": widgets}


def prepare(path: str | Path, given: Mapping[str, Any], cwd: str | Path | None) -> Prepared:
    """Read and check; nothing is written.

    Raises:
        Refusal: the notebook cannot be run, or not with these parameters; everything that is wrong with them is said.
    """
    source = Path(path)
    notebook = read_notebook(source)
    refuse_foreign_cells(notebook, str(path))
    known = declared(notebook, str(path))
    values = given_parameters.check(known, given, str(path))
    redactor = learn_secrets(known, values, str(path))
    included = check_includes(source.resolve(), notebook)
    folder = Path(cwd) if cwd is not None else home(source)
    if not folder.is_dir():
        raise refuse("no-such-folder", f"{folder}: there is no such folder to run in (cwd).")
    of_cell = {one.name for one in known if not one.widget}
    inject(notebook, {name: value for name, value in values.items() if name in of_cell})
    _refuse_secrets_in_the_text(notebook, redactor, source)
    return Prepared(source, notebook, known, values, redactor, folder, fingerprint(notebook, values, included))


def finish_cells(prepared: Prepared, places: Places, paths: Sequence[str], hide_code: bool) -> dict[str, str]:
    """What papermill does on demand: the notebook's own paths as parameters, and code that Jupyter does not show."""
    where = {"input": str(prepared.source), "output": str(places.output)}
    extra = {f"PAPERMILL_{path.upper()}_PATH": where[path] for path in paths}
    of_cell = {one.name for one in prepared.known if not one.widget}
    values = {name: value for name, value in prepared.values.items() if name in of_cell}
    inject(prepared.notebook, {**extra, **values})
    if hide_code:
        for _, cell in code_cells(prepared.notebook):
            cell["metadata"].setdefault("jupyter", {})["source_hidden"] = True
    return extra


def first_save(pieces: Pieces, places: Places) -> IO[bytes]:
    """Claims the place of the output, and writes the notebook there: what cannot be written is told before a start.

    Gives the log, which is ours alone until it is closed.
    """
    try:
        places.output.parent.mkdir(parents=True, exist_ok=True)
        if places.report is not None:
            places.report.parent.mkdir(parents=True, exist_ok=True)
        log = claim(places.log)
        save(pieces, places.output)
    except OSError as error:
        raise refuse("output", f"{places.output}: cannot be written: {error.strerror or error}.") from None
    return log


def keep_outputs(prepared: Prepared, resumed: Resumed) -> None:
    """Puts the outputs of the cells that are not run again where they were."""
    for index, earlier in resumed.kept.items():
        cell = prepared.notebook["cells"][index]
        for key in ("outputs", "execution_count", "metadata"):
            cell[key] = earlier[key]


def _refuse_secrets_in_the_text(notebook: Notebook, redactor: Redactor, source: Path) -> None:
    if not redactor:
        return
    for index, cell in enumerate(notebook["cells"]):
        if redactor.text(cell["source"]) != cell["source"]:
            raise refuse(
                "secret-in-text",
                f"{source}: cell {index + 1} (with its parameters) has the text of a secret in it.",
                "  The notebook is kept with its text, so nothing could hide it. Take it out, and change the secret.",
            )
    for index, cell in code_cells(notebook):
        redactor.walk(notebook["cells"][index]["metadata"])
        cell["outputs"] = []


def _text(value: Any) -> str:
    """A value as a widget has it: text."""
    if isinstance(value, list):
        return ",".join(_text(item) for item in value)  # pyright: ignore[reportUnknownVariableType]
    return value.isoformat() if isinstance(value, date) else str(value)
