"""Going on where an earlier run ended, and starting again what was lost; never what the notebook itself did wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from notebook_files import printed
from penstock.notebooks import run

Make = Callable[..., Path]
LOAD = "open('log', 'a').write('load ')\nprint('loaded')"
COUNT = "open('log', 'a').write('count ')\ncounted = 1"
FAIL_ONCE = "import pathlib\nif not pathlib.Path('fixed').exists():\n    raise OSError('not yet')\nopen('log', 'a').write('end ')"
DIE_ONCE = (
    "import os, pathlib\nif not pathlib.Path('died').exists():\n"
    "    pathlib.Path('died').touch()\n    os.kill(os.getpid(), 9)\nprint('survived')"
)


def tag(path: Path, *cells: int) -> Path:
    """Declare these cells resumable; they are counted from 1."""
    notebook = nbformat.read(path, 4)
    for number in cells:
        notebook.cells[number - 1].metadata["tags"] = ["resumable"]
    nbformat.write(notebook, path)
    return path


def log(path: Path) -> str:
    return (path.parent / "log").read_text()


def test_completed_cells_are_kept_with_their_outputs(make: Make) -> None:
    path = tag(make(LOAD, COUNT, FAIL_ONCE), 1)
    first = run(path, report=False, resume=True)
    assert (first.exit_code, first.notes) == (1, ("not resumed: there is no earlier run.",))
    (path.parent / "fixed").touch()
    second = run(path, report=False, resume=True)
    assert second.exit_code == 0
    assert second.notes == (f"resumed from {first.output}: kept cells 1.",)
    assert log(path) == "load count count end "
    assert [cell.status for cell in second.cells] == ["kept", "completed", "completed"]
    assert printed(second.output) == "loaded\n"
    third = run(path, report=False, resume=True)
    assert third.notes == (f"not resumed: the run at {second.output} is done, so nothing is left of it to do.",)
    assert log(path) == "load count count end load count end "


def test_a_resumed_run_may_be_resumed_and_may_have_one_place(make: Make, command: Any, tmp_path: Path) -> None:
    path = tag(make(LOAD, COUNT, FAIL_ONCE, parameters="n = 1"), 2)
    for _ in range(2):
        assert command("run", path, "out.ipynb", "-p", "n=2", "--no-report").returncode == 1
        done = command("run", path, "out.ipynb", "-p", "n=2", "--resume", "--no-report")
        assert done.returncode == 1
        assert "resumed from out.ipynb: kept cells 3." in done.stderr
    again = command("run", path, "out.ipynb", "-p", "n=3", "--resume", "--no-report", "--json")
    assert json.loads(again.stdout)["notes"] == [
        "not resumed: the notebook or its parameters are not those of out.ipynb."
    ]


def test_what_cannot_be_kept_runs_again_and_says_why(make: Make) -> None:
    path = tag(make(LOAD, COUNT, FAIL_ONCE + "\nprint(counted)"), 1, 2)
    first = run(path, report=False)
    second = run(path, report=False, resume=True)
    assert second.notes == (
        f"resumed from {first.output}: kept cells 1.",
        "cell 2 runs again: cell 3 needs counted, which it makes.",
    )
    untagged = run(make("1", "1/0", name="u.ipynb"), report=False)
    [note] = run(untagged.notebook, report=False, resume=True).notes
    assert note == f"not resumed: {untagged.output} has completed no cell that is tagged 'resumable'."


def test_what_was_lost_starts_again(make: Make) -> None:
    path = tag(make(LOAD, DIE_ONCE), 1)
    result = run(path, report=False, retries=2)
    assert (result.outcome, result.exit_code) == ("done", 0)
    assert printed(result.output) == "loaded\nsurvived\n"
    assert log(path) == "load "
    assert [error.kind for error in result.attempts] == ["DeadKernelError"]
    assert result.notes == (
        "attempt 1 was lost: The kernel died: its process is gone.",
        "resumed from the lost attempt: kept cells 1.",
    )
    assert nbformat.read(result.output, 4).metadata.penstock.attempts[0].cell == 2


def test_retries_come_to_an_end(make: Make) -> None:
    path = make("open('log', 'a').write('x')\nimport os; os.kill(os.getpid(), 9)")
    result = run(path, report=False, retries=1)
    assert (result.exit_code, len(result.attempts), log(path)) == (3, 1, "xx")


@pytest.mark.parametrize("wrong", ["1 / 0", "raise ConnectionError('the API is down')"])
def test_a_users_error_is_never_tried_again(make: Make, wrong: str) -> None:
    path = make(f"open('log', 'a').write('x')\n{wrong}")
    result = run(path, report=False, retries=3)
    assert (result.exit_code, result.attempts, log(path)) == (1, (), "x")
