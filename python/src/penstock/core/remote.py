"""A session of a Spark Connect server, found out to be there before PySpark's client waits for it."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .errors import NoSession

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


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
    return builder_class().builder.remote(url).getOrCreate()


def builder_class() -> type[SparkSession]:
    """PySpark's SparkSession.

    Raises:
        NoSession: PySpark is not installed.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise NoSession(
            "PySpark is not installed here.\n  pip install 'penstock[local]' brings one.  [penstock.no-session]"
        ) from None
    return SparkSession
