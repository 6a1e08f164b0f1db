"""The session that scenarios run on: small, local, and warm before the first test's clock runs."""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import penstock.core
from penstock.core.opened import opened as opened_elsewhere

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_LOGGING = Path(penstock.core.__file__).with_name("quiet-log4j2.properties")
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.default.parallelism": "2",
    # Every sort and every hash table begins with a page; by default one of 16 MiB or more, to be filled with zeros.
    "spark.buffer.pageSize": "256k",
    # The same for a broadcast, and each stage's plan is one: 4 MiB.
    "spark.broadcast.blockSize": "128k",
    "spark.broadcast.compress": "false",
    "spark.shuffle.compress": "false",
    # The code of many small plans; by default that of 100 is kept.
    "spark.sql.codegen.cache.maxEntries": "2000",
    # Many small plans: what a larger program would need only fills memory here.
    "spark.sql.ui.retainedExecutions": "10",
    "spark.ui.retainedJobs": "10",
    "spark.ui.retainedStages": "10",
}

_JVM = "-XX:+UseParallelGC -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=256m"
"""Thousands of small plans, none of them run often: the JVM's second compiler costs more than it saves."""


@contextmanager
def opened(url: str | None, settings: Mapping[str, str]) -> Generator[SparkSession, None, None]:
    """The session that runs already, one of a Connect server, or a new local one that is stopped in the end."""
    from pyspark.sql import SparkSession

    if url:
        with opened_elsewhere(url) as spark:
            yield spark
        return
    running = SparkSession.getActiveSession()
    if running is not None:
        yield running
        return
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.master("local[2]").appName("scenarios")
    options = f"-Dlog4j2.configurationFile={_LOGGING.as_uri()} {_JVM}"
    for key, value in {**SETTINGS, "spark.driver.extraJavaOptions": options, **settings}.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    spark.range(2).groupBy("id").count().collect()
    yield spark
    spark.stop()
