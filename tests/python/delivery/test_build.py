"""The wheel and the sdist: nothing is built without every JAR, and both carry them all."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import penstock
import pytest
from penstock.core.lines import LINES, jar_name

pytest.importorskip("hatchling")
pytest.importorskip("build")

REPO = Path(__file__).parents[3]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The package in a checkout of its own, with a stand-in for the JAR of every line."""
    ignore = shutil.ignore_patterns("jars", "__pycache__", "dist", ".*")
    shutil.copytree(REPO / "python", tmp_path / "python", ignore=ignore)
    for name in ("VERSION", ".gitignore"):
        shutil.copy(REPO / name, tmp_path / name)
    (tmp_path / ".git").mkdir()
    jars = tmp_path / "python" / "src" / "penstock" / "jars"
    jars.mkdir()
    for line in LINES:
        (jars / jar_name(line, penstock.__version__)).write_bytes(b"jar")
    return tmp_path


def build(checkout: Path, *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "build", "--no-isolation", *args, str(checkout / "python")]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_both_carry_every_jar(checkout: Path) -> None:
    done = build(checkout)  # the wheel is built from the sdist
    assert done.returncode == 0, done.stdout + done.stderr
    dist = checkout / "python" / "dist"
    wheel, sdist = next(dist.glob("*.whl")), next(dist.glob("*.tar.gz"))
    assert wheel.name == f"penstock-{penstock.__version__}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        metadata = archive.read(f"penstock-{penstock.__version__}.dist-info/METADATA").decode()
    for line in LINES:
        assert f"penstock/jars/{jar_name(line, penstock.__version__)}" in names
    assert "penstock/py.typed" in names
    assert "penstock/core/quiet-log4j2.properties" in names
    needed = [line for line in metadata.splitlines() if line.startswith("Requires-Dist") and "extra ==" not in line]
    assert needed == []
    with tarfile.open(sdist) as archive:
        assert sum(name.endswith(".jar") for name in archive.getnames()) == len(LINES)


@pytest.mark.parametrize("kind", ["--wheel", "--sdist"])
def test_a_missing_jar_stops_it(checkout: Path, kind: str) -> None:
    gone = jar_name(LINES[0], penstock.__version__)
    jars = checkout / "python" / "src" / "penstock" / "jars"
    (jars / gone).rename(jars / jar_name(LINES[0], "0.0.9"))
    done = build(checkout, kind)
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert f"missing: {gone}" in said
    assert f"not of penstock {penstock.__version__}: {jar_name(LINES[0], '0.0.9')}" in said
    assert "make build" in said
