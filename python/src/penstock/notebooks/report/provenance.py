"""Where a run came from: the git commit of the notebook, and the versions of all that took part."""

from __future__ import annotations

import platform
import subprocess
from pathlib import Path

from penstock.core.jar import wheel_version
from penstock.core.runs import RunResult


def git_commit(folder: Path) -> str:
    """The commit of the folder's repository, `+ changes` if the folder differs from it, `""` without git."""
    told = _git(folder, "status", "--porcelain=v2", "--branch", "--untracked-files=no").splitlines()
    about = dict(line[2:].split(" ", 1) for line in told if line.startswith("# branch."))
    commit, branch = about.get("branch.oid", ""), about.get("branch.head", "")
    if not commit or commit == "(initial)":
        return ""
    changed = any(not line.startswith("#") for line in told)
    return commit[:12] + (f" on {branch}" if branch != "(detached)" else "") + (" + changes" if changed else "")


def facts(result: RunResult, commit: str) -> list[tuple[str, str]]:
    """(what, value) in the order that a reader would ask for them."""
    spark = result.spark[-1] if result.spark else None
    known = [
        ("notebook", str(result.notebook)),
        ("git commit", commit),
        ("penstock", wheel_version()),
        ("penstock JAR", spark.jar if spark else ""),
        ("Spark", f"{spark.version} on {spark.master}" if spark else ""),
        ("application", spark.app if spark else ""),
        ("Python", platform.python_version()),
        ("executed notebook", str(result.output)),
        ("kernel's log", str(result.log) if result.log.exists() else ""),
    ]
    return [(what, value) for what, value in known if value]


def _git(folder: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, text=True, timeout=5, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
