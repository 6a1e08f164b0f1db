"""The local session: its settings, and one for real."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import penstock
from penstock.core.session import EXTENSIONS, settings


def test_settings_join_lists_and_yield_to_the_caller(team_jar: Path) -> None:
    got = settings(
        {"spark.jars": "/x.jar", "spark.sql.extensions": "my.Extension", "spark.ui.showConsoleProgress": True},
        [team_jar],
    )
    assert got["spark.jars"] == f"/x.jar,{penstock.jar_path()},{team_jar}"
    assert got["spark.sql.extensions"] == f"my.Extension,{EXTENSIONS}"
    assert got["spark.ui.showConsoleProgress"] == "true"


def test_for_real(team_jar: Path) -> None:
    """In a JVM of its own: attached from the start, also in SQL; the JAR is on spark.jars; nothing is logged."""
    code = f"""
import penstock
spark = penstock.session("mine", master="local[1]", jars=[{str(team_jar)!r}],
    conf={{"spark.ui.enabled": False, "spark.driver.memory": "1g"}})
print(spark.sparkContext.appName, penstock.attach(spark).origin)
print(spark.sql("SELECT vat FROM add_vat(TABLE(SELECT 1.0D AS net), rate => 0.5D)").collect()[0][0])
print([f.name for f in spark.catalog.listFunctions() if "handshake" in f.name])
spark.stop()
again = penstock.session(master="local[1]", conf={{"spark.ui.enabled": False}})
print(penstock.call("add_vat", again.sql("SELECT 1.0D AS net"), rate=0.5).collect()[0]["vat"])
"""
    env = {**os.environ, "PYTHONPATH": str(Path(penstock.__file__).parents[1]), "SPARK_LOCAL_IP": "127.0.0.1"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=env)
    assert done.stdout.split("\n")[:4] == ["mine was in the session already", "0.5", "[]", "0.5"], done.stderr
    loud = [line for line in done.stderr.splitlines() if "incubator" not in line]
    assert loud == []
