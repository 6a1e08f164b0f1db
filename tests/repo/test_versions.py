"""One version for both artifacts, one table of Spark lines, told the same everywhere."""

from __future__ import annotations

import re
import zipfile
from importlib import metadata

import pytest

from lines import Line, table
from size import ROOT

VERSION = (ROOT / "VERSION").read_text().strip()
JARS = sorted((ROOT / "python" / "src" / "penstock" / "jars").glob("*.jar"))


def test_the_python_package_has_the_version() -> None:
    assert metadata.version("penstock") == VERSION


@pytest.mark.parametrize("line", table(), ids=lambda line: line.id)
def test_a_jar_says_what_its_name_says(line: Line) -> None:
    jar = ROOT / "python" / "src" / "penstock" / "jars" / f"penstock-{line.id}-{VERSION}.jar"
    if not jar.is_file():
        pytest.skip("not built yet")
    with zipfile.ZipFile(jar) as archive:
        told = dict(row.split("=") for row in archive.read("penstock/build.properties").decode().split())
    assert told == {"version": VERSION, "spark": line.line, "scala": line.scala}


def test_no_other_jar_lies_in_the_package() -> None:
    known = {f"penstock-{line.id}-{VERSION}.jar" for line in table()}
    assert {jar.name for jar in JARS} <= known


def test_a_jar_holds_penstock_only() -> None:
    for jar in JARS:
        with zipfile.ZipFile(jar) as archive:
            names = [n for n in archive.namelist() if n.endswith(".class")]
        foreign = [n for n in names if not re.match(r"penstock/|org/apache/spark/sql/penstock", n)]
        assert not foreign, f"{jar.name} carries {foreign[:3]}"


def test_python_knows_the_same_lines() -> None:
    from penstock.core.lines import LINES

    assert list(LINES) == [line.id for line in table()]


def test_the_example_knows_the_same_lines() -> None:
    """The example's build stands alone, as a team's does, so it repeats the versions."""
    text = (ROOT / "examples" / "flights" / "scala" / "build.sbt").read_text()
    told = re.findall(r'"(spark-[\d._]+)" -> \(\("([\d.]+)", "([\d.]+)", "(\d+)"\)\)', text)
    assert told == [(row.id, row.tested, row.scala_version, row.release) for row in table()]


def test_every_build_uses_the_same_sbt() -> None:
    told = {p.read_text().strip() for p in ROOT.glob("**/project/build.properties") if "target" not in p.parts}
    assert len(told) == 1
