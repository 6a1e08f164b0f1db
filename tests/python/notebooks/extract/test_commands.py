"""`penstock extract` and `penstock rename` as they are typed: clean trees only, a diff, a proof, and nothing half done."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., "subprocess.CompletedProcess[str]"]

NOTEBOOK = """\
# %% tags=["parameters"]
rate = 2

# %%
import os


def tidy(x):
    return x * rate


print(tidy({number}))
"""


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), "-c", "user.name=n", "-c", "user.email=e", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture(autouse=True)
def _repository(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"n{number}.py").write_text(NOTEBOOK.format(number=number))
    (tmp_path / ".gitignore").write_text("runs/\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "x")


def test_listing(command: Command) -> None:
    lines = command("extract").stdout.splitlines()
    assert lines == ["saves  copies  what  kind      first line", "    2       2  tidy  function  def tidy(x):"]
    [told] = json.loads(command("extract", "--json").stdout)
    assert (told["name"], told["places"], told["refused"]) == ("tidy", ["n1.py, cell 2", "n2.py, cell 2"], "")


def test_a_dry_run_is_a_diff_that_git_can_apply(command: Command, tmp_path: Path) -> None:
    diff = command("extract", "tidy", "--to", "pack.text", "--dry-run").stdout
    assert git(tmp_path, "status", "--porcelain") == ""
    assert "-def tidy(x):" in diff
    assert "+print(tidy(1, rate=rate))" in diff
    (tmp_path / ".git" / "change.diff").write_text(diff)
    git(tmp_path, "apply", ".git/change.diff")
    applied = {path.name: path.read_text() for path in tmp_path.rglob("*.py")}
    git(tmp_path, "checkout", "-q", ".")
    git(tmp_path, "clean", "-fdq")
    assert (
        command("extract", "tidy", "--to", "pack.text").stdout == "pack.text.tidy from n1.py, n2.py\n4 files changed\n"
    )
    assert {path.name: path.read_text() for path in tmp_path.rglob("*.py")} == applied


def test_only_a_clean_tree_is_changed(command: Command, tmp_path: Path) -> None:
    (tmp_path / "n1.py").write_text(NOTEBOOK.format(number=3))
    (tmp_path / "new.py").write_text("x = 1\n")
    (tmp_path / "notes.txt").write_text("nobody reads this\n")
    refused = command("extract", "tidy", "--to", "pack.text")
    assert refused.returncode == 2
    assert refused.stderr.splitlines()[:3] == [
        "The work tree has changes that are not committed:",
        "   M n1.py",
        "  ?? new.py",
    ]
    assert command("extract", "tidy", "--to", "pack.text", "--allow-dirty").returncode == 0
    assert "from pack.text import tidy" in (tmp_path / "n1.py").read_text()


def test_a_proof_that_holds(command: Command, tmp_path: Path) -> None:
    done = command("extract", "tidy", "--to", "pack.text", "--prove", "-p", "rate=5")
    assert done.stdout.splitlines()[-1] == "4 files changed; 2 notebooks give what they gave before", done.stderr
    assert git(tmp_path, "status", "--porcelain", "-uall").splitlines() == [
        " M n1.py",
        " M n2.py",
        "?? pack/__init__.py",
        "?? pack/text.py",
    ]


def test_a_proof_that_fails_changes_nothing(command: Command, tmp_path: Path) -> None:
    """What no reading can see: the function says where it was defined."""
    told = NOTEBOOK.replace("return x * rate", "return tidy.__module__").format(number=1)
    (tmp_path / "n1.py").write_text(told)
    git(tmp_path, "commit", "-aqm", "y")
    done = command("extract", "tidy", "--from", "n1.py", "--to", "pack.text", "--prove")
    assert done.returncode == 1
    assert "n1.py:" in done.stderr
    assert "-__main__" in done.stderr
    assert "+pack.text" in done.stderr
    assert "Nothing was changed. [penstock.not-proven]" in done.stderr
    assert git(tmp_path, "status", "--porcelain") == ""


def test_renaming(command: Command, tmp_path: Path) -> None:
    assert command("rename", "tidy", "times").stdout == "tidy is now times in n1.py, n2.py\n2 files changed\n"
    assert "print(times(1))" in (tmp_path / "n1.py").read_text()
    assert command("rename", "times", "os", "--allow-dirty").returncode == 2
