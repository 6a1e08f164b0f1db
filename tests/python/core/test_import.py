"""Importing Penstock starts nothing and brings in nothing heavy; so does asking the command line for help."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

HEAVY = "pyspark py4j pandas numpy pyarrow grpc typer rich nbclient nbformat"
ASK = f"import sys; loaded = set(sys.modules) & set('{HEAVY}'.split()); assert not loaded, loaded"


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "module", ["penstock", "penstock.core.doctor", "penstock.delivery.stubs", "penstock.scenarios"]
)
def test_nothing_heavy(module: str, path: str) -> None:
    run(f"import sys; sys.path.insert(0, {path!r}); import {module}; {ASK}")


def test_help_answers_at_once(path: str) -> None:
    main = (
        f"import sys; sys.path.insert(0, {path!r}); sys.argv = ['penstock', '--help']; import penstock.cli.app as a; "
    )
    costs = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert "doctor" in run(main + "a.main()")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        costs.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(costs) <= 0.5, costs  # processor time: the wall clock is the machine's


@pytest.fixture
def path() -> str:
    import penstock

    return penstock.__path__[0].rsplit("/", 1)[0]
