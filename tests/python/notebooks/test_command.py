"""`penstock run` as a person types it, in a process of its own: exit codes, signals, what is printed where."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from notebook_files import COMMAND, printed, wait_for
from penstock.cli.run import join_pairs

Make = Callable[..., Path]
Command = Callable[..., "subprocess.CompletedProcess[str]"]


def test_papermills_two_tokens_become_one() -> None:
    typed = shlex.split("nb.ipynb -p a 1 -p b=2 -r c=d e.ipynb -r f -x -p g a=b")
    assert join_pairs(typed) == shlex.split("nb.ipynb -p a=1 -p b=2 -r c=d e.ipynb -r f=-x -p g=a=b")
    assert join_pairs(["-p"]) == ["-p"]
    assert join_pairs(["--", "-p", "a", "b"]) == ["--", "-p", "a", "b"]


def test_done(make: Make, command: Command, tmp_path: Path) -> None:
    path = make("# Say it\nprint(text, n)", parameters="text: str = ''  # said\nn: int = 1")
    done = command("run", path, "out.ipynb", "-p", "text", '"); import os #', "-p", "n=2", "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert (result["outcome"], result["output"]) == ("done", "out.ipynb")
    assert printed(tmp_path / "out.ipynb") == '"); import os # 2\n'
    assert [line.split("  ")[:2] for line in done.stderr.splitlines()][-1] == ["cell 2/2", "Say it"]


def test_in_a_terminal(make: Make, tmp_path: Path) -> None:
    """What runs stands at the bottom while it does, and is gone in the end; finished cells stay above it."""
    path = make("# Wait for it\nimport time; time.sleep(0.8)", "1 / 0")
    ours, terminal = pty.openpty()
    running = subprocess.Popen(
        [*COMMAND, "run", str(path), "--no-report"], cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=terminal,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
    )  # fmt: skip
    os.close(terminal)
    shown = b""
    with contextlib.suppress(OSError):  # how a terminal says that nobody is there any more
        while piece := os.read(ours, 4096):
            shown += piece
    os.close(ours)
    assert running.wait(60) == 1
    told = re.sub(r"\x1b\[[?\d;]*[a-zA-Z]", "", shown.decode())
    assert "starting the kernel" in told
    assert re.search(r"cell 1/2  Wait for it  0\.[3-9] s", told), told
    assert re.search(r"✓ cell 1/2  Wait for it  0\.[89] s\s", told)
    assert re.search(r"✗ cell 2/2  1 / 0  0\.\d s  FAILED", told)


def test_failed_is_told_in_few_words(make: Make, command: Command) -> None:
    done = command("run", make("x = 1\nraise KeyError('k')"), "--quiet", "--no-report")
    assert (done.returncode, done.stderr) == (1, "")
    told = done.stdout.splitlines()
    assert told[:2] == ["cell 1, line 2 (x = 1):", "KeyError: 'k'"]
    assert told[2].startswith("failed in ")


def test_refused_before_any_kernel(make: Make, command: Command, tmp_path: Path) -> None:
    done = command("run", make("1", parameters="n: int"), "-p", "m=1")
    assert (done.returncode, done.stdout) == (2, "")
    assert "m is not a parameter" in done.stderr
    assert "n is missing" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "runs").exists()


def test_help_prints_the_notebooks_parameters(make: Make, command: Command) -> None:
    path = make(parameters="n: int  # how many\nmode: str = 'a'")
    shown = command("run", path, "--help").stdout
    assert shown == command("run", path, "--help-notebook").stdout
    assert "  n     int  required  how many\n  mode  str  = 'a'\n" in shown
    assert "-p n=…" in shown
    assert "Exit codes" in command("run", "--help").stdout


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals_save_what_there_is(make: Make, tmp_path: Path, number: int, code: int) -> None:
    path = make("print('one')", "import time\nopen('mark', 'w').close()\ntime.sleep(60)", "2")
    running = subprocess.Popen(
        [*COMMAND, "run", str(path), "out.ipynb"], cwd=tmp_path, stdout=subprocess.PIPE, text=True
    )
    wait_for(tmp_path / "mark", running)
    # the first cell is on the disk while the second runs
    wait_for(tmp_path / "out.ipynb", running, 10, lambda path: printed(path) == "one\n")
    running.send_signal(number)
    told, _ = running.communicate(timeout=60)
    assert running.returncode == code
    assert f"Cancelled by {signal.Signals(number).name}." in told
    saved = nbformat.read(tmp_path / "out.ipynb", 4)
    assert saved.cells[1].outputs[0].ename == "KeyboardInterrupt"
    assert saved.metadata.penstock.outcome == "cancelled"
    assert (tmp_path / "out.html").exists()


def test_a_killed_runner_leaves_a_whole_notebook_and_no_kernel(make: Make, tmp_path: Path) -> None:
    mark = "import os, time\nprint('one')", "open('mark', 'w').write(str(os.getpid()))\ntime.sleep(60)"
    running = subprocess.Popen([*COMMAND, "run", str(make(*mark)), "out.ipynb", "-q"], cwd=tmp_path)
    wait_for(tmp_path / "mark", running)
    running.kill()
    running.wait(10)
    nbformat.validate(nbformat.read(tmp_path / "out.ipynb", 4))
    kernel = Path("/proc") / (tmp_path / "mark").read_text()
    if Path("/proc/self").exists():
        deadline = time.monotonic() + 20
        while kernel.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert not kernel.exists()


def test_the_command_line_loads_nothing_heavy() -> None:
    heavy = ["nbclient", "nbformat", "jupyter_client", "jinja2", "rich.live", "pyspark", "asyncio"]
    code = f"import sys, penstock.cli.app; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
