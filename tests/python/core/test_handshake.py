"""The handshake: JAR missing, wrong Spark, wrong Scala, wheel and JAR of different versions. One message each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import penstock
import pytest
from doctored import doctored
from penstock.core import jar
from penstock.core.classic import ClassicDoor
from penstock.core.described import Build
from penstock.core.handshake import shake

CASES = [
    ({"version": "0.0.9"}, penstock.VersionMismatch, ["0.0.9", penstock.__version__, "pip install penstock==0.0.9"]),
    ({"spark": "3.3"}, penstock.WrongSpark, ["for Spark 3.3", "Spark {spark}", "penstock.jar_path("]),
    ({"scala": "2.11"}, penstock.WrongScala, ["for Scala 2.11", "Scala {scala}", "penstock.jar_path("]),
]


def here(jar_name: str) -> tuple[str, str]:
    line = jar_name.split("-")[2].split("_")
    return line[0], line[1]


def test_what_fits() -> None:
    shake(Build("1.0", "4.1", "2.13"), ("4.1.3", "2.13.17"), "1.0", "here")
    shake(Build("1.0", "4.2", "2.13"), ("4.3.0", None), "1.0", "here")


@pytest.mark.parametrize(("facts", "error", "says"), CASES)
def test_over_connect(new_connect: Any, tmp_path: Path, facts: dict[str, str], error: Any, says: list[str]) -> None:
    session = new_connect()
    session.addArtifacts(str(doctored(tmp_path, **facts)))
    check(session, error, says)


@pytest.mark.parametrize(("facts", "error", "says"), CASES)
def test_over_py4j(
    spark: Any, tmp_path: Path, facts: dict[str, str], error: Any, says: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    jvm = spark._jvm
    urls = spark.sparkContext._gateway.new_array(jvm.java.net.URL, 1)
    urls[0] = jvm.java.net.URI(doctored(tmp_path, **facts).as_uri()).toURL()
    parent = spark._jsparkSession.getClass().getClassLoader()
    # the session's own loader cannot forget a JAR again, so the doctored one gets a loader of its own
    monkeypatch.setattr(ClassicDoor, "_loader", lambda _: jvm.java.net.URLClassLoader(urls, parent))
    check(spark.newSession(), error, says)


def check(session: Any, error: Any, says: list[str]) -> None:
    with pytest.raises(error) as raised:
        penstock.attach(session)
    text = str(raised.value)
    spark, scala = here(penstock.jar_path().name)
    for word in says:
        assert word.format(spark=spark, scala=scala) in text
    assert "\tat " not in text
    assert "Exception" not in text
    assert raised.value.codes == (error.code,)
    assert raised.value.__suppress_context__ or raised.value.__context__ is None


def test_jar_missing(new_connect: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jar, "JARS", tmp_path)
    with pytest.raises(penstock.JarMissing, match="is installed without penstock-spark-"):
        penstock.attach(new_connect())


def test_by_spark_jars(tmp_path: Path) -> None:
    """A cluster's library of another version, for real: in a JVM of its own."""
    code = f"""
from pyspark.sql import SparkSession
import penstock
builder = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
builder = builder.config("spark.jars", {str(doctored(tmp_path, version="0.0.9"))!r})
spark = builder.config("spark.driver.memory", "1g").getOrCreate()
try:
    penstock.call("anything", spark.range(1))
except penstock.VersionMismatch as error:
    print("GOT", error)
spark.stop()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=_env())
    assert "GOT The session has Penstock's JAR 0.0.9" in done.stdout, done.stdout + done.stderr


def _env() -> dict[str, str]:
    import os

    source = str(Path(penstock.__file__).parents[1])
    return {**os.environ, "PYTHONPATH": source, "SPARK_LOCAL_IP": "127.0.0.1"}
