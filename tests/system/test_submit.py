"""Both artifacts brought by spark-submit, to a Python that has never heard of Penstock."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import question
import servers
from clean import LINE_ID, PROGRAMS, ROOT, VERSION, said

JAR = ROOT / "python" / "src" / "penstock" / "jars" / f"penstock-{LINE_ID}-{VERSION}.jar"


@pytest.mark.parametrize(
    "extension", [{}, {"spark.sql.extensions": "penstock.PenstockExtensions"}], ids=["jar", "extension"]
)
def test_jar_and_wheel_attached_at_submit(
    cluster: servers.Cluster, bare_python: Path, wheel: Path, tmp_path: Path, extension: dict[str, str]
) -> None:
    shutil.copy(wheel, tmp_path / "penstock.zip")  # --py-files takes a zip, and a wheel is one
    command = [str(servers.spark_home() / "bin" / "spark-submit"), "--master", cluster.url]
    command += servers.conf(servers.submit_settings() | extension)
    command += ["--jars", str(JAR), "--py-files", str(tmp_path / "penstock.zip"), str(PROGRAMS / "submitted.py")]
    python = {"PYSPARK_PYTHON": str(bare_python), "PYSPARK_DRIVER_PYTHON": str(bare_python)}

    told = json.loads(said(command, tmp_path, **python).splitlines()[-1])

    assert ".zip" in told["wheel"]
    assert told["origin"] == "was in the session already"
    assert told["rows"] == question.answer()
    assert cluster.executors_of(told["app"]) == 2
