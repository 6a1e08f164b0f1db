"""A clean Python, and the programs that run in it: what a user has who installed the wheel and nothing else."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import servers
from pyspark import __version__ as PYSPARK

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(__file__).parent / "programs"
VERSION = (ROOT / "VERSION").read_text().strip()
LINE = ".".join(PYSPARK.split(".")[:2])
LINE_ID = f"spark-{LINE}_{'2.12' if LINE == '3.5' else '2.13'}"

Run = Callable[..., dict[str, Any]]
"""Runs a program by its file name and arguments; gives the JSON that it ends with."""


def command(python: Path, program: str, *args: object) -> list[str]:
    """The command line of a program."""
    return [str(python), str(PROGRAMS / program), *map(str, args)]


def said(words: list[str], folder: Path, **environment: str) -> str:
    """What a command prints; its failure is the test's, with everything it said."""
    done = subprocess.run(
        words, cwd=folder, env=servers.environment() | environment, capture_output=True, text=True, timeout=600
    )
    if done.returncode:
        causes = [line for line in done.stderr.splitlines() if not line.lstrip().startswith("at ")]
        told = "\n".join(causes)[-6000:]  # the frames of Java's stacks would push out what was said
        pytest.fail(f"{' '.join(words)}\nended with {done.returncode}\n{done.stdout[-3000:]}\n{told}")
    return done.stdout


def environment(folder: Path) -> Path:
    """A new virtual environment that sees this one's libraries, but not what was installed from a checkout."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(folder)}))
    # A path named in a .pth file is searched, but its own .pth files (the editable install of Penstock) are not read.
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin" / "python"
