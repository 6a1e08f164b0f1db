"""Whole runs in real kernels: every outcome, what it leaves behind, and the exit code it gives."""

from __future__ import annotations

import asyncio
import errno
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import pytest
from notebook_files import printed, sources
from penstock.core.errors import Refusal
from penstock.notebooks import execute, run, saving

Make = Callable[..., Path]


def test_a_run_from_end_to_end(make: Make) -> None:
    path = make(
        "md:# Daily load",
        "# Say where and when\nimport os\nprint(os.getcwd(), day, repr(label))",
        "import datetime\nfrom datetime import datetime\n1 + 1",
        parameters="from datetime import date\nday: date  # which\nlabel: str = 'x'\nrate = 0.5",
    )
    before = path.read_bytes()
    result = run(path, {"day": date(2024, 1, 31), "label": '"); import os #'})
    assert (result.outcome, result.exit_code, result.error, result.ok) == ("done", 0, None, True)
    assert path.read_bytes() == before
    assert result.output.parent.parent == path.parent / "runs"
    assert result.report is not None
    files = sorted(file.name for file in result.output.parent.iterdir())
    assert files == ["job.html", "job.ipynb", "job.log", "job.run.json"]
    assert printed(result.output) == f"{path.parent} 2024-01-31 '\"); import os #'\n"
    assert sources(result.output)[1] == (
        "# Parameters\nimport datetime as _penstock_datetime\n"
        "day = _penstock_datetime.date(2024, 1, 31)\nlabel = '\"); import os #'"
    )
    assert [(cell.number, cell.title, cell.status) for cell in result.cells] == [
        (1, "Parameters", "completed"),
        (0, "Given parameters", "completed"),
        (3, "Say where and when", "completed"),
        (4, "1 + 1", "completed"),
    ]
    saved = nbformat.read(result.output, 4)
    nbformat.validate(saved)
    papermill = saved.metadata.papermill
    assert papermill.parameters == {"day": "2024-01-31", "label": '"); import os #'}
    assert (papermill.input_path, papermill.output_path) == (str(path), str(result.output))
    assert papermill.duration > 0
    assert saved.cells[3].metadata.papermill.status == "completed"
    assert json.loads(json.dumps(result.to_dict()))["parameters"]["day"] == "2024-01-31"


def test_a_failing_cell_is_named_with_its_line_and_the_rest_is_not_run(make: Make) -> None:
    path = make("def deep(x):\n    return 1 / x", "md:## Divide", "a = 0\n\ndeep(a)", "print('never')")
    result = run(path, report=False)
    assert (result.outcome, result.exit_code, result.report) == ("failed", 1, None)
    assert result.error is not None
    assert (result.error.kind, result.error.cell, result.error.line) == ("ZeroDivisionError", 3, 3)
    assert str(result.error) == "cell 3, line 3 (Divide):\nZeroDivisionError: division by zero"
    assert [cell.status for cell in result.cells] == ["completed", "failed", "skipped"]
    saved = nbformat.read(result.output, 4)
    assert saved.cells[2].outputs[0].ename == "ZeroDivisionError"
    assert saved.metadata.penstock.error.line == 3


@pytest.mark.parametrize(
    ("leave", "code"),
    [("import sys; sys.exit(0)", 0), ("exit()", 0), ("raise SystemExit('')", 0), ("import sys; sys.exit(3)", 1)],
)
def test_leaving_early(make: Make, leave: str, code: int) -> None:
    result = run(make("print('one')", leave, "print('never')"), report=False)
    assert result.exit_code == code
    assert printed(result.output) == "one\n"
    assert result.cells[-1].status == "skipped"


def test_time_limits(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(execute, "GRACE", 0.5)
    slow = run(make("print('one')", "import time\ntime.sleep(60)"), execution_timeout=0.5, report=False)
    assert (slow.outcome, slow.exit_code) == ("timeout", 124)
    assert slow.error is not None
    assert str(slow.error) == "cell 2 (time.sleep(60)):\nThe cell took longer than its limit of 0.5 s."
    assert "KeyboardInterrupt" in slow.output.read_text()
    stubborn = "import time\nwhile True:\n    try:\n        time.sleep(60)\n    except BaseException: pass"
    result = run(make("print('one')", stubborn), timeout=3, report=False)
    assert (result.outcome, result.exit_code) == ("timeout", 124)
    assert result.seconds < 30


def test_a_dead_kernel_is_lost_infrastructure(make: Make) -> None:
    result = run(make("print('one')", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "2"), report=False)
    assert (result.outcome, result.exit_code) == ("lost", 3)
    assert result.error is not None
    assert result.error.cell == 2
    assert "its process is gone" in result.error.summary[0]
    assert printed(result.output) == "one\n"


def test_a_kernel_that_does_not_start_is_lost_infrastructure(make: Make) -> None:
    result = run(make("1"), kernel="no-such-kernel", report=False)
    assert (result.outcome, result.exit_code) == ("lost", 3)
    assert result.error is not None
    assert "no-such-kernel" in " ".join(result.error.summary)


def test_a_full_disk_ends_the_run(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, saves = saving.write_atomically, 0

    def save(path: Path, text: str) -> None:
        nonlocal saves
        saves += path.suffix == ".ipynb"
        if saves >= 3:  # the first is before the kernel's start, the second after the first cell
            raise OSError(errno.ENOSPC, "No space left on device")
        whole(path, text)

    monkeypatch.setattr(saving, "write_atomically", save)
    result = run(make("1", "2", "import time; time.sleep(60)"), report=False)
    assert (result.outcome, result.exit_code) == ("lost", 3)
    assert result.error is not None
    assert "No space left" in result.error.summary[1]
    nbformat.read(result.output, 4)


def test_an_error_that_the_notebook_expects(make: Make) -> None:
    path = make("1 / 0", "print('went on')")
    notebook = nbformat.read(path, 4)
    notebook.cells[0].metadata["tags"] = ["raises-exception"]
    nbformat.write(notebook, path)
    assert printed(run(path, report=False).output) == "went on\n"


def test_inside_a_running_loop(make: Make) -> None:
    async def caller() -> Any:
        return run(make("print(40 + 2)"), report=False)

    assert printed(asyncio.run(caller()).output) == "42\n"


def test_places(make: Make, tmp_path: Path) -> None:
    path = make("import os; print(os.getcwd())")
    folder = tmp_path / "else where"
    result = run(path, output=f"{folder}/", cwd="/")
    assert (result.output, result.report) == (folder / "job.ipynb", folder / "job.html")
    assert printed(result.output) == "/\n"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("job.scala", "1", "this is a plain .scala file: it has no cells"),
        ("job.py", "1", "Put '# %%' above each cell"),
        ("job.ipynb", "{", "not a valid notebook"),
        ("job.ipynb", '{"cells": 1}', "not a valid notebook"),
        ("job.ipynb", "\udcff", "not UTF-8 text"),
        ("absent.ipynb", None, "there is no such notebook"),
    ],
)
def test_files_that_cannot_be_run(tmp_path: Path, name: str, content: str | None, told: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content.encode(errors="surrogateescape"))
    with pytest.raises(Refusal) as refusal:
        run(path)
    assert told in str(refusal.value)
    assert not (tmp_path / "runs").exists()


def test_other_refusals(make: Make, tmp_path: Path) -> None:
    path = make("1")
    for arguments, told in (
        ({"output": path}, "the output is the notebook itself"),
        ({"output": "s3://bucket/x.ipynb"}, "must be a local path"),
        ({"output": "x.html"}, "ends with .ipynb"),
        ({"cwd": tmp_path / "nowhere"}, "no such folder"),
        ({"output": "/proc/nowhere/x.ipynb"}, "cannot be written"),
    ):
        with pytest.raises(Refusal, match=told):
            run(path, **arguments)  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="written in R"):
        run(make("1", kernelspec={"name": "ir", "language": "R", "display_name": "R"}))


def test_a_save_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.ipynb"
    saving.write_atomically(path, "old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(saving.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        saving.write_atomically(path, "new")
    assert [file.name for file in tmp_path.iterdir()] == ["a.ipynb"]
    assert path.read_text() == "old"
