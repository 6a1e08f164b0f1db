"""Killed at any point, the files are all old or all new, at the latest after the next call."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from notebook_files import COMMAND
from penstock.core.errors import Refusal
from penstock.notebooks.extract import transaction
from penstock.notebooks.extract.transaction import commit, recover

DEEP = bool(os.environ.get("PENSTOCK_DEEP"))
OLD = {"a.py": b"old a\n", "notebooks/b.ipynb": b"old b\n", "gone/c.py": b"old c\n"}
NEW = {"a.py": b"new a\n", "notebooks/b.ipynb": b"new b\n", "src/pack/d.py": b"new d\n"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path / "tree", OLD)
    return tmp_path / "tree"


def write(root: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)


def there(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def changes(root: Path) -> dict[Path, bytes | None]:
    return {**{root / name: data for name, data in NEW.items()}, root / "gone/c.py": None}


def killed_at(step: int, root: Path, home: Path) -> bool:
    """Commit in a process that dies at its nth line of the transaction; False if it had fewer."""
    child = os.fork()
    if child == 0:
        left = step

        def trace(frame: FrameType, event: str, _: Any) -> Any:
            nonlocal left
            if frame.f_code.co_filename != transaction.__file__:
                return None
            left -= event == "line"
            if left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return trace

        sys.settrace(trace)
        commit(root, home, changes(root))
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def steps() -> Iterator[int]:
    """All in the deep run; else the last ones before and after the decisive rename, and some at random."""
    yield from range(1, 400) if DEEP else sorted(random.Random(5).sample(range(1, 300), 40))


def test_killed_at_any_line(root: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    seen: set[bool] = set()
    for step in steps():
        died = killed_at(step, root, home)
        ready = (home / "journal").is_dir()
        recover(root, home)
        now = there(root)
        assert now in (OLD, NEW), f"killed at line {step}"
        assert now == NEW or not ready, "a journal that is complete is carried out"
        seen.add(now == NEW)
        assert not [path for path in home.rglob("*") if path.is_file() and path.name != "lock"]
        for name in NEW:
            (root / name).unlink(missing_ok=True)
        write(root, OLD)
        if not died:
            break
    assert seen == {True, False}


def test_nothing_is_left_of_a_call_killed_at_its_first_or_last_step(root: Path, tmp_path: Path) -> None:
    for name in ("journal.draft", "journal.done"):
        write(tmp_path / "home" / name, {"0": b"new a\n"})
    assert not recover(root, tmp_path / "home")
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["lock"]
    assert there(root) == OLD


def test_killed_while_recovering(root: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    step = next(step for step in range(1, 400) if killed_at(step, root, home) and (home / "journal").is_dir())
    for more in range(1, 60, 7):
        child = os.fork()
        if child == 0:
            left = more

            def trace(frame: FrameType, event: str, _: Any) -> Any:
                nonlocal left
                left -= event == "line" and frame.f_code.co_filename == transaction.__file__
                if left <= 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return trace

            sys.settrace(trace)
            recover(root, home)
            os._exit(0)
        os.waitpid(child, 0)
    recover(root, home)
    assert there(root) == NEW, f"first killed at line {step}"


def test_a_file_that_was_edited_in_between(root: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    next(step for step in range(1, 400) if killed_at(step, root, home) and (home / "journal").is_dir())
    (root / "a.py").write_text("mine\n")
    with pytest.raises(Refusal, match=r"a.py was edited after a change .* was cut off"):
        recover(root, home)
    assert (root / "a.py").read_text() == "mine\n"


def test_one_at_a_time(root: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with transaction.locked(home), pytest.raises(Refusal, match="Another penstock is changing"):
        commit(root, home, changes(root))
    assert there(root) == OLD


def test_modes_are_kept(root: Path, tmp_path: Path) -> None:
    (root / "a.py").chmod(0o755)
    commit(root, tmp_path / "home", changes(root))
    assert there(root) == NEW
    assert (root / "a.py").stat().st_mode & 0o777 == 0o755
    assert not (root / "gone").exists()


@pytest.mark.skipif(not DEEP, reason="starts the command forty times: with PENSTOCK_DEEP=1")
def test_the_command_is_killed(tmp_path: Path) -> None:
    """As a user would see it: `git status` is clean, or has the whole change."""
    for number in range(12):
        (tmp_path / f"n{number}.py").write_text(f"# %%\ndef tidy(x):\n    return x\n\n\nprint(tidy({number}))\n")
    git = ["git", "-C", str(tmp_path), "-c", "user.name=n", "-c", "user.email=e"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *command], check=True)
    draw = random.Random(11)
    outcomes: set[int] = set()
    for _ in range(40):
        running = subprocess.Popen([*COMMAND, "extract", "tidy", "--to", "pack.text"], cwd=tmp_path)
        try:
            running.wait(draw.uniform(0.3, 2.5))
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
        recover(tmp_path, tmp_path / ".git" / "penstock")
        status = subprocess.run([*git, "status", "--porcelain", "-uall"], capture_output=True, text=True, check=True)
        outcomes.add(len(status.stdout.splitlines()))
        subprocess.run([*git, "stash", "-qu"], check=False, capture_output=True)
    assert outcomes <= {0, 14}
