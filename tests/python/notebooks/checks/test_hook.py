"""The hook for pre-commit, as `.pre-commit-hooks.yaml` offers it: installed by pre-commit, run by `git commit`.

The hook's repository is a small one with that file alone: pre-commit clones whatever a configuration names.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from notebook_files import REPO

THIN = '# %% tags=["parameters"]\nday: str = "today"  # which day\n# %%\nprint(day)\n'
FAT = THIN + "# %%\ndef double(x):\n    return 2 * x\n"


class Committer:
    """A repository in which `git commit` asks pre-commit, and that the hook of this checkout."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "team"
        places = [str(Path(sys.executable).parent), os.environ["PATH"]]  # `penstock` of this very Python first
        who = {f"GIT_{role}_{key}": "n@e.example" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")}
        nothing = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PRE_COMMIT"))},
            **who,
            **nothing,
            "PATH": os.pathsep.join(places),
            "PRE_COMMIT_HOME": str(folder / "cache"),
        }

    def do(self, *command: str, at: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=at or self.folder, env=self.environment, capture_output=True, text=True, check=False
        )

    def must(self, *command: str, at: Path | None = None) -> str:
        done = self.do(*command, at=at)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()

    def commit(self, **files: str) -> subprocess.CompletedProcess[str]:
        for name, text in files.items():
            path = self.folder / name.replace("_dot_", ".")
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.must("git", "add", "-A")
        return self.do("git", "commit", "-m", "change")


@pytest.fixture
def team(tmp_path: Path) -> Committer:
    team = Committer(tmp_path)
    hooks = tmp_path / "hooks"
    for folder in (hooks, team.folder):
        folder.mkdir()
        team.must("git", "init", "-q", at=folder)
    shutil.copy(REPO / ".pre-commit-hooks.yaml", hooks)
    team.must("git", "add", "-A", at=hooks)
    team.must("git", "commit", "-q", "-m", "the hook", at=hooks)
    rev = team.must("git", "rev-parse", "HEAD", at=hooks)
    config = f"repos:\n  - repo: {hooks}\n    rev: {rev}\n    hooks:\n      - id: penstock-check\n"
    (team.folder / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    team.must(sys.executable, "-m", "pre_commit", "install")
    return team


def test_a_fat_notebook_is_not_committed_and_a_thin_one_is(team: Committer) -> None:
    refused = team.commit(job_dot_py=FAT)
    assert refused.returncode == 1
    assert "penstock check" in refused.stderr
    assert "job.py" in refused.stderr
    assert "definition" in refused.stderr
    assert team.do("git", "rev-parse", "HEAD").returncode != 0  # nothing was committed

    done = team.commit(job_dot_py=THIN)
    assert done.returncode == 0, done.stderr
    assert "Passed" in done.stderr
    assert team.must("git", "ls-files").split() == [".pre-commit-config.yaml", "job.py"]


def test_what_is_staged_counts_and_not_what_lies_beside_it(team: Committer) -> None:
    """pre-commit puts away what is not staged, so half a change is checked as it will be committed."""
    assert team.commit(job_dot_py=THIN).returncode == 0
    (team.folder / "job.py").write_text(THIN + "print('more')\n")
    team.must("git", "add", "job.py")
    (team.folder / "job.py").write_text(FAT)
    done = team.do("git", "commit", "-m", "half")
    assert done.returncode == 0, done.stderr
    assert (team.folder / "job.py").read_text() == FAT


def test_all_notebooks_are_checked_once_one_was_touched(team: Committer) -> None:
    team.commit(job_dot_py=THIN)
    team.must("git", "commit", "--allow-empty", "--no-verify", "-m", "base")
    (team.folder / "old.py").write_text(FAT)
    team.must("git", "add", "-A")
    team.must("git", "commit", "--no-verify", "-m", "past the hook")
    refused = team.commit(job_dot_py=THIN + "print('more')\n")
    assert refused.returncode == 1
    assert "old.py" in refused.stderr


def test_a_commit_without_any_notebook_is_not_held_up(team: Committer) -> None:
    done = team.commit(readme_dot_md="# Words\n")
    assert done.returncode == 0, done.stderr
    assert "no files to check" in done.stderr
