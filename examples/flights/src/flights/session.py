"""The Spark session with both JARs: the one that runs already, as on a cluster, else a local one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import penstock

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

JARS = Path(__file__).parent / "jars"


def start(*, master: str = "local[*]", conf: Mapping[str, object] | None = None) -> SparkSession:
    """The running session, or a local one, with Penstock and this project's transforms attached.

    A local session shows times in UTC. That is for the eye only: no result depends on the session's time zone.
    """
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is not None:  # its settings are not ours to change
        penstock.attach(running, jars=[jar_for(running)])
        return running
    local = {"spark.sql.session.timeZone": "UTC", "spark.sql.shuffle.partitions": 4, **(conf or {})}
    return penstock.session("flights", master=master, conf=local, jars=[jar_for()])


def jar_for(spark: SparkSession | None = None) -> Path:
    """This project's JAR for a session's Spark and Scala, or for the PySpark installed here.

    The JARs lie beside the package, one per line, as Penstock's do.
    """
    line = penstock.jar_path(spark).name.removeprefix("penstock-").rpartition("-")[0]
    found = sorted(JARS.glob(f"flights-{line}-*.jar"))
    if not found:
        there = ", ".join(sorted(jar.name for jar in JARS.glob("*.jar"))) or "none"
        raise FileNotFoundError(f"flights has no JAR for {line}; it has: {there}. Build it as scala/build.sbt says.")
    return found[-1]
