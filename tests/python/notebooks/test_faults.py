"""What goes wrong around a notebook: each ends in the documented exit code, with nothing half-written."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from notebook_files import COMMAND, printed, wait_for, whole
from penstock.notebooks import run
from penstock.notebooks.streams import join_streams, written_over

Make = Callable[..., Path]
DEEP = bool(os.environ.get("PENSTOCK_DEEP"))


@pytest.mark.parametrize("report", [[], ["--no-report"]])
def test_a_disk_that_fills_up(make: Make, tmp_path: Path, report: list[str]) -> None:
    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    path = make("print('fits')", "print('x' * 200_000)", "import time; time.sleep(60)")
    command = [*COMMAND, "run", str(path), "out.ipynb", *report]
    done = subprocess.run(
        command, cwd=tmp_path, preexec_fn=little_room, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 3, done.stderr
    assert "The executed notebook could not be saved." in done.stdout
    assert "Traceback" not in done.stderr
    assert printed(tmp_path / "out.ipynb") == "fits\n"
    whole(tmp_path)


@pytest.mark.parametrize("tenths", range(2, 27, 2 if DEEP else 12))
def test_sigterm_at_any_moment(make: Make, tmp_path: Path, tenths: int) -> None:
    path = make(*(f"print({n})\nimport time; time.sleep(0.1)" for n in range(12)))
    running = subprocess.Popen(
        [*COMMAND, "run", str(path), "out.ipynb"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    time.sleep(tenths / 10)
    running.terminate()
    _, told = running.communicate(timeout=60)
    assert running.returncode in (143, 0, -signal.SIGTERM), told  # 0: it had ended; -15: Python had not yet begun
    assert b"Traceback" not in told
    whole(tmp_path)
    if running.returncode == 0:
        assert (tmp_path / "out.html").is_file()


TORN = """\
import time
def shown(*_, **__):
    open('mark', 'w').close()
    get_ipython().InteractiveTB.structured_traceback = real
    time.sleep(60)
real, get_ipython().InteractiveTB.structured_traceback = get_ipython().InteractiveTB.structured_traceback, shown"""


def test_an_error_whose_traceback_is_interrupted_is_kept(make: Make, tmp_path: Path) -> None:
    path = make(TORN, "raise ValueError('no such day')")
    running = subprocess.Popen([*COMMAND, "run", str(path), "out.ipynb"], cwd=tmp_path, stdout=subprocess.DEVNULL)
    wait_for(tmp_path / "mark", running)
    running.terminate()
    assert running.wait(60) == 143
    printed, error = nbformat.read(tmp_path / "out.ipynb", 4).cells[1].outputs
    assert printed.text == "\nKeyboardInterrupt\n\n"
    assert (error.ename, error.traceback) == ("ValueError", ["ValueError: no such day"])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b'{"cells": [', "not a valid notebook"),
        (b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'.replace(b"[]", b"[7]"), "job.ipynb"),
        ('{"cells": "ü"}'.encode("latin-1"), "not UTF-8 text"),
        ("{}".encode("utf-16"), "not UTF-8 text"),
        (b"", "not a valid notebook"),
        (b"\0" * 1000, "not a valid notebook"),
    ],
    ids=["cut off", "no cell", "latin-1", "utf-16", "empty", "zeros"],
)
def test_a_file_that_is_no_notebook_is_refused_with_nothing_written(
    command: Any, tmp_path: Path, text: bytes, told: str
) -> None:
    (tmp_path / "job.ipynb").write_bytes(text)
    done = command("run", "job.ipynb", "out.ipynb", "--log-output")
    assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (2, "", False), done.stderr
    assert told in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["job.ipynb"]


def test_a_run_chain_that_never_ends_is_refused_with_nothing_written(make: Make, command: Any, tmp_path: Path) -> None:
    paths = [make(f"%run ./{other}", name=f"{one}.ipynb") for one, other in (("a", "b"), ("b", "a"))]
    done = command("run", "a.ipynb", "out.ipynb")
    assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (2, "", False)
    assert "its %run never ends: a.ipynb → b.ipynb → a.ipynb" in done.stderr
    assert sorted(tmp_path.iterdir()) == sorted(paths)


def test_values_that_are_code_stay_values(make: Make, command: Any, tmp_path: Path) -> None:
    evil = [
        "'; open('broken', 'w'); '",
        '"""\nopen("broken", "w")\n"""',
        "!touch broken",
        "%run evil",
        "{open('broken', 'w')}",
        "$(touch broken)",
        "\\",
        "# %%\nopen('broken', 'w')",
        "a\r\u2028b",
    ]
    names = [f"p{number}" for number in range(len(evil))]
    path = make(
        f"import json\nprint(json.dumps([{', '.join(names)}]))",
        parameters="\n".join(f"{name}: str = ''" for name in names),
    )
    given = [word for name, text in zip(names, evil, strict=True) for word in ("-p", f"{name}={text}")]
    done = command("run", path, "out.ipynb", *given)
    assert done.returncode == 0, done.stderr
    assert json.loads(printed(tmp_path / "out.ipynb")) == evil
    assert not (tmp_path / "broken").exists()
    whole(tmp_path)


def test_two_runs_to_one_place(make: Make, command: Any, tmp_path: Path) -> None:
    path = make("open('mark', 'w').close()\nimport time; time.sleep(60)", name="slow.ipynb")
    first = subprocess.Popen([*COMMAND, "run", str(path), "out.ipynb", "-q"], cwd=tmp_path)
    wait_for(tmp_path / "mark", first)
    second = command("run", make("print('second')"), "out.ipynb", "-q")
    assert second.returncode == 2
    assert "out.ipynb: another run is writing to this place" in second.stderr
    first.terminate()
    assert first.wait(60) == 143
    assert nbformat.read(tmp_path / "out.ipynb", 4).cells[0].source.startswith("open('mark'")
    assert command("run", path.with_name("job.ipynb"), "out.ipynb", "-q").returncode == 0
    assert printed(tmp_path / "out.ipynb") == "second\n"
    whole(tmp_path)


def test_binary_output(make: Make, tmp_path: Path) -> None:
    path = make(
        "print('a\\x00b\\x1b[31m\\ud83d')",
        "import os, sys\nsys.stdout.write('\\udcff\\x07')\nos.write(1, bytes(range(256)))\nNone",
        "display({'application/octet-stream': bytes(range(256)), 'text/plain': '\\x00'}, raw=True)",
        "print('end')",
    )
    result = run(path)
    assert (result.exit_code, result.error) == (0, None)
    assert printed(result.output).startswith("a\0b\x1b[31m\ufffd\n\ufffd\x07")
    assert printed(result.output).endswith("end\n")
    assert bytes(range(128, 256)) in result.log.read_bytes()
    whole(tmp_path)


def test_text_that_no_encoding_holds(make: Make, tmp_path: Path) -> None:
    path = make(
        "display({'text/plain': 'half \\ud83d, pair \\ud83d' + '\\ude00'}, raw=True)",
        "raise ValueError('half \\ud83d') from OSError('\\ude00')",
    )
    result = run(path)
    assert result.error is not None
    assert (result.exit_code, result.error.summary) == (1, ("ValueError: half \ufffd", "root cause: OSError: \ufffd"))
    assert nbformat.read(result.output, 4).cells[0].outputs[0].data["text/plain"] == "half \ufffd, pair \U0001f600"
    whole(tmp_path)


def test_a_great_deal_of_output(make: Make, tmp_path: Path) -> None:
    millions = 100 if DEEP else 5
    path = make(
        f"print('x' * {millions}_000_000)", f"for _ in range({10 * millions}):\n    print('y' * 100_000)", "'end'"
    )
    result = run(path)
    assert (result.exit_code, result.error) == (0, None)
    assert result.output.stat().st_size > millions * 2_000_000
    assert result.report is not None
    assert result.report.stat().st_size < 2_000_000
    whole(tmp_path)


def test_many_cells(make: Make, tmp_path: Path) -> None:
    cells = 10_000 if DEEP else 100
    result = run(make(*(f"x = {n}" for n in range(cells))))
    assert (result.exit_code, len(result.cells)) == (0, cells)
    assert {cell.status for cell in result.cells} == {"completed"}
    whole(tmp_path)


def test_a_kernel_that_dies_while_it_is_saved_keeps_what_was(make: Make, tmp_path: Path) -> None:
    path = make("print('one')", "import os, threading\nprint('two', flush=True)\nos.kill(os.getpid(), 9)")
    result = run(path)
    assert (result.outcome, result.exit_code) == ("lost", 3)
    assert result.report is not None
    assert "its process is gone" in result.report.read_text(encoding="utf-8")
    whole(tmp_path)


def test_pieces_of_a_stream() -> None:
    def stream(name: str, text: str) -> dict[str, str]:
        return {"output_type": "stream", "name": name, "text": text}

    shown = {"output_type": "display_data", "data": {}}
    outputs: list[Any] = [
        *(stream("stdout", piece) for piece in ("10%", "\r20", "%\n", "ab\b\bc")),
        stream("stderr", "e"),
        shown,
        stream("stdout", "x"),
    ]
    join_streams(outputs)
    assert outputs == [stream("stdout", "20%\nc"), stream("stderr", "e"), shown, stream("stdout", "x")]
    assert written_over("a\r\nb\r") == "a\r\nb\r"
    began = time.monotonic()
    assert len(written_over("x" * 20_000_000 + "\rend\b")) == 2
    assert time.monotonic() - began < 10  # a pattern that looks back from every letter would take days
