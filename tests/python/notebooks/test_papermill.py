"""papermill and ours, side by side: the same flags and tags give the same parameters, outputs and exit codes.

Every case is prepared by both (that takes no kernel); a few are also run, all of them with PENSTOCK_DEEP=1.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from notebook_files import REPO
from papermill_cases import CASES, Case, notebook
from penstock.cli import app as cli
from penstock.core.errors import PenstockError, Refusal

papermill = pytest.importorskip("papermill.cli")
DEEP = bool(os.environ.get("PENSTOCK_DEEP"))
PREPARED = [case for case in CASES if case.ours != 3 and not case.why]
RUN = [case for case in CASES if case.ours != 2 and (DEEP or case.runs)]
Both = Callable[..., "tuple[Any, int, Any, int]"]


def named(cases: list[Case]) -> Any:
    return pytest.mark.parametrize("case", cases, ids=[case.name.replace(" ", "-") for case in cases])


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Both:
    """(their notebook, their exit code, ours, our exit code)."""
    monkeypatch.chdir(tmp_path)

    def go(case: Case, *more: str) -> tuple[Any, int, Any, int]:
        nbformat.write(notebook(case), tmp_path / "in.ipynb")
        for name, text in case.files:
            (tmp_path / name).write_text(text)
        typed = [*shlex.split(case.typed), *more]
        theirs = theirs_code(["in.ipynb", "theirs.ipynb", *typed])
        ours = ours_code(["in.ipynb", "ours.ipynb", *typed, *([] if more else ["--no-report"])])
        return saved(tmp_path / "theirs.ipynb"), theirs, saved(tmp_path / "ours.ipynb"), ours

    return go


def theirs_code(arguments: list[str]) -> int:
    try:
        papermill.papermill(arguments, standalone_mode=False)
    except SystemExit as left:
        return int(left.code or 0)
    except Exception:
        return 1
    return 0


def ours_code(arguments: list[str]) -> int:
    try:
        cli.app(["run", *arguments], standalone_mode=False)
    except SystemExit as left:
        return int(left.code or 0)
    except PenstockError as error:
        return cli.REFUSED if isinstance(error, Refusal) else cli.FAILED
    return 0


def saved(path: Path) -> Any:
    return nbformat.read(path, 4) if path.exists() else None


def injected(made: Any) -> tuple[int | None, dict[str, Any]]:
    """Where the injected cell is, and the values that it sets."""
    for index, cell in enumerate(own(made)):
        if "injected-parameters" in cell.metadata.get("tags", []):
            values: dict[str, Any] = {}
            exec(cell.source, {}, values)
            return index, {name: value for name, value in values.items() if not name.startswith("_")}
    return None, {}


def own(made: Any) -> list[Any]:
    """The cells without those that papermill puts in to tell of an error."""
    return [cell for cell in made.cells if "papermill-error-cell-tag" not in cell.metadata.get("tags", [])]


def shown(made: Any) -> list[Any]:
    """What each cell shows, without what differs from run to run."""
    return [[shown_output(output) for output in cell.get("outputs", [])] for cell in own(made)]


def shown_output(output: Any) -> Any:
    if output.output_type == "stream":
        return output.name, output.text
    if output.output_type == "error":
        return output.ename, output.evalue
    return output.output_type, dict(output.data)


def without_output_path(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "PAPERMILL_OUTPUT_PATH"}


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 40
    assert len({case.name for case in CASES}) == len(CASES)
    assert sum(case.runs for case in CASES) >= 5


@named(PREPARED)
def test_the_same_parameters_at_the_same_place(case: Case, both: Both) -> None:
    theirs, their_code, ours, our_code = both(case, "--prepare-only")
    assert (their_code, our_code) == (0, 0)
    (their_place, their_values), (our_place, our_values) = injected(theirs), injected(ours)
    assert our_place == their_place
    assert without_output_path(our_values) == without_output_path(their_values)
    assert our_values.keys() == their_values.keys()
    for one, other in zip(own(ours), own(theirs), strict=True):
        assert one.metadata.get("tags", []) == other.metadata.get("tags", [])
        assert one.metadata.get("jupyter", {}) == other.metadata.get("jupyter", {})
        if "injected-parameters" not in one.metadata.get("tags", []):
            assert one.source == other.source


@named(RUN)
def test_the_same_outputs_and_exit_codes(case: Case, both: Both) -> None:
    theirs, their_code, ours, our_code = both(case)
    if case.why:
        assert (our_code, their_code) != (their_code, our_code) or shown(ours) != shown(theirs)
        assert our_code == case.ours
        return
    assert our_code == their_code == (case.ours or 0)
    assert shown(ours) == shown(theirs)
    keys = ("status", "exception")
    told = [[cell.metadata.papermill.get(key) for key in keys] for cell in own(ours) if "papermill" in cell.metadata]
    assert told[0] == ["completed", False]
    if our_code == 0:
        theirs_given, ours_given = (dict(made.metadata.papermill.parameters) for made in (theirs, ours))
        assert without_output_path(ours_given) == without_output_path(theirs_given)
        assert ours_given.keys() == theirs_given.keys()


@named([case for case in CASES if case.ours == 2])
def test_refused_on_purpose(case: Case, both: Both) -> None:
    theirs, their_code, ours, our_code = both(case, "--prepare-only")
    assert (our_code, ours) == (2, None)
    assert their_code == 0 or theirs is None


def test_streams_to_files(make: Any, command: Any, tmp_path: Path) -> None:
    path = make("import sys\nprint('one')\nprint('two', file=sys.stderr)")
    done = command("run", path, "o.ipynb", "--stdout-file", "o.txt", "--log-output", "--no-report")
    assert (tmp_path / "o.txt").read_text() == "one\n"
    assert "two\n" in done.stderr
    assert command("run", path, "o.ipynb", "--stderr-file", "no/such/folder").returncode == 2


def test_every_deliberate_difference_is_in_the_manual() -> None:
    page = (REPO / "docs" / "notebooks" / "papermill.md").read_text(encoding="utf-8")
    assert [case.name for case in CASES if case.why and case.why not in " ".join(page.split())] == []
