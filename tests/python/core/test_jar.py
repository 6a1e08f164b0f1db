"""Which JAR serves which Spark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import penstock
import pyspark
import pytest
from penstock.core import jar
from penstock.core.lines import LINES


@pytest.mark.parametrize(
    ("spark", "scala", "line"),
    [
        ("3.5.0", "2.12.18", ("3.5", "2.12")),
        ("3.5.9", "2.13.8", ("3.5", "2.13")),
        ("3.5.5.5.3.20250101", None, ("3.5", "2.12")),
        ("4.0.1", "2.13.16", ("4.0", "2.13")),
        ("4.1.0-amzn-0", None, ("4.1", "2.13")),
        ("4.2.0", None, ("4.2", "2.13")),
        ("4.3.0", None, ("4.2", "2.13")),
        ("4.11.0", None, ("4.2", "2.13")),
    ],
)
def test_line(spark: str, scala: str | None, line: tuple[str, str]) -> None:
    assert jar.line_for(spark, scala) == line


@pytest.mark.parametrize(
    ("spark", "scala", "error", "says"),
    [
        ("3.4.4", None, penstock.WrongSpark, "no JAR for Spark 3.4.4"),
        ("3.6.0", None, penstock.WrongSpark, "3.5, 4.0, 4.1, 4.2"),
        ("5.0.0", None, penstock.WrongSpark, "Spark 5.0.0"),
        ("4.1.1", "2.12.18", penstock.WrongScala, "Scala 2.12"),
    ],
)
def test_no_line(spark: str, scala: str | None, error: Any, says: str) -> None:
    with pytest.raises(error, match=says) as raised:
        jar.line_for(spark, scala)
    assert raised.value.codes == (error.code,)


def test_path_of_what_is_installed() -> None:
    path = penstock.jar_path()
    assert path.is_file()
    assert ".".join(pyspark.__version__.split(".")[:2]) in path.name
    assert path.name.endswith(f"-{penstock.__version__}.jar")


def test_path_of_a_session(fresh: Any) -> None:
    assert penstock.jar_path(fresh) == penstock.jar_path()


def test_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(jar, "JARS", tmp_path)
    with pytest.raises(penstock.JarMissing, match=r"none at all.*make build") as raised:
        penstock.jar_path()
    assert raised.value.codes == ("jar-missing",)


def test_the_table_is_the_build_s() -> None:
    table = (Path(__file__).parents[3] / "project" / "SparkVersions.scala").read_text()
    for line in LINES:
        spark, scala = line.removeprefix("spark-").split("_")
        assert f'"{spark}"' in table
        assert f'"{scala}' in table
