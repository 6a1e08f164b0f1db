"""Real servers and a clean Python with nothing but the built wheel, shared by all tests of this folder.

They run with whichever PySpark the running interpreter has, so the same files serve every Spark line:

    .venv/bin/python -m pytest tests/system          .venv-3.5/bin/python -m pytest tests/system/test_doors.py
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import servers
from clean import LINE, ROOT, VERSION, Run, command, environment, said

# A run that is told to end stops its servers first, as one that is interrupted does.
signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Cluster]:
    """A standalone master and two workers, with nothing of ours on them."""
    with servers.standalone_cluster(tmp_path_factory.mktemp("cluster")) as running:
        yield running


@pytest.fixture(params=["executors of its own", "executors on the cluster"])
def connect_server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A plain Spark Connect server, in local mode and with its executors in other processes."""
    master = "local[2]" if request.param == "executors of its own" else request.getfixturevalue("cluster").url
    with servers.connect_server(tmp_path, master, connect_jars()) as address:
        yield address


def connect_jars() -> list[str]:
    """What spark-submit needs to start a Connect server; PySpark 4 carries it, for 3.5 make fetched it."""
    if LINE != "3.5":
        return []
    found = list((ROOT / ".tools").glob("spark-connect_2.12-3.5.*.jar"))
    if not found:
        pytest.fail("no Connect server for Spark 3.5 in .tools/; 'make .venv-3.5/.ready' fetches it")
    return ["--jars", str(found[0])]


@pytest.fixture(scope="session")
def wheel() -> Path:
    """The wheel that `make build` made."""
    path = ROOT / "dist" / f"penstock-{VERSION}-py3-none-any.whl"
    if not path.is_file():
        pytest.fail(f"there is no {path.relative_to(ROOT)}; 'make build' makes it")
    return path


@pytest.fixture(scope="session")
def bare_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new virtual environment that sees this one's PySpark and libraries, but not this checkout's Penstock."""
    return environment(tmp_path_factory.mktemp("bare"))


@pytest.fixture(scope="session")
def wheel_python(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """The same with the built wheel installed by pip."""
    python = environment(tmp_path_factory.mktemp("wheel"))
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-index", "--no-deps"]
    subprocess.run([*install, str(wheel)], check=True)
    return python


@pytest.fixture
def run(wheel_python: Path, tmp_path: Path) -> Run:
    """Runs a file of programs/ in the wheel's Python, in an empty folder; gives the JSON of its last line."""

    def run(program: str, *args: object) -> dict[str, Any]:
        return json.loads(said(command(wheel_python, program, *args), tmp_path).splitlines()[-1])

    return run
