"""A session for a command: a plain local one, which it ends, or a server's."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .session import _LOGGING, _pyspark, remote  # pyright: ignore[reportPrivateUsage]

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@contextmanager
def opened(url: str | None) -> Generator[SparkSession, None, None]:
    """The session that runs here, else the server's at `url`, else a new local one without any JAR.

    Raises:
        NoSession: PySpark is not installed, or nothing answers at the address.
    """
    if url is not None:
        yield remote(url)
        return
    builder = _pyspark()
    running = builder.getActiveSession()
    if running is not None:
        yield running
        return
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={_LOGGING.as_uri()}",
    }
    made = builder.builder.appName("penstock").master("local[*]")
    for key, value in settings.items():
        made = made.config(key, value)
    spark = made.getOrCreate()
    try:
        yield spark
    finally:
        spark.stop()
