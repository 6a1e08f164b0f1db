"""A local session with everything attached from the start, and quiet."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .attach import attach
from .errors import NoSession
from .jar import jar_path

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

EXTENSIONS = "penstock.PenstockExtensions"
_LOGGING = Path(__file__).with_name("quiet-log4j2.properties")


def session(
    app_name: str = "penstock",
    *,
    master: str | None = "local[*]",
    conf: Mapping[str, object] | None = None,
    jars: Iterable[str | os.PathLike[str]] = (),
) -> SparkSession:
    """Start a local session with the transforms attached, also in SQL; or attach to the one that is running.

    Args:
        app_name: the application's name.
        master: where it runs; None leaves that to spark-submit.
        conf: more Spark settings; they win over Penstock's.
        jars: JARs of your own, with transforms or without.

    Raises:
        AttachError: this wheel has no JAR for the PySpark that is installed.
    """
    SparkSession = _pyspark()
    builder = SparkSession.builder.appName(app_name)
    if master is not None:
        builder = builder.master(master)
    for key, value in settings(conf or {}, jars).items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    attach(spark, jars=jars)  # a session that was running already has kept its own settings
    return spark


def remote(url: str) -> SparkSession:
    """A session of a Spark Connect server.

    Raises:
        NoSession: nothing answers there. PySpark's client would go on trying for ten minutes.
    """
    at = urlsplit(url)
    host, port = at.hostname or "localhost", at.port or 15002
    try:
        socket.create_connection((host, port), timeout=10).close()
    except OSError as error:
        raise NoSession(
            f"No Spark Connect server answers at {host}:{port}: {error.strerror or error}.\n"
            "  Start one there, or correct the address: sc://HOST:PORT.  [penstock.no-session]"
        ) from None
    return _pyspark().builder.remote(url).getOrCreate()


def settings(conf: Mapping[str, object], jars: Iterable[str | os.PathLike[str]] = ()) -> dict[str, str]:
    """The Spark settings of a session; lists are joined with what the caller gave, all else yields to it."""
    given = {key: _text(value) for key, value in conf.items()}
    paths = [str(jar_path()), *(str(Path(jar).resolve()) for jar in jars)]
    return {
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={_LOGGING.as_uri()}",
        **given,
        "spark.jars": _joined(given.get("spark.jars"), *paths),
        "spark.sql.extensions": _joined(given.get("spark.sql.extensions"), EXTENSIONS),
    }


def _joined(given: str | None, *more: str) -> str:
    return ",".join(dict.fromkeys([*(given.split(",") if given else ()), *more]))


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _pyspark() -> type[SparkSession]:
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise NoSession(
            "PySpark is not installed here.\n  pip install 'penstock[local]' brings one.  [penstock.no-session]"
        ) from None
    return SparkSession
