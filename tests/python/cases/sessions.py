"""The sessions that case files run on: one classic session, one Connect server in a process of its own."""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

from cases.tables import Session

SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.default.parallelism": "2",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.warehouse.dir": "/tmp/penstock-tests-warehouse",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "2g",
}


@cache
def plain() -> Session:
    """A classic session without anything of Penstock's, for the oracles."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").appName("penstock tests")
    for key, value in SETTINGS.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


@cache
def classic() -> Session:
    """The classic session, attached."""
    import penstock

    spark = plain()
    penstock.attach(spark)
    return spark


@cache
def connect() -> Session:
    """A session of a Connect server that was started with nothing of ours, attached from the client."""
    import penstock
    from pyspark.sql.connect.session import SparkSession

    spark = SparkSession.builder.remote(f"sc://127.0.0.1:{_server()}").create()
    penstock.attach(spark)
    return spark


def line() -> tuple[int, int]:
    """Spark's major and minor version."""
    import pyspark

    major, minor = pyspark.__version__.split(".")[:2]
    return int(major), int(minor)


def _server() -> int:
    """Starts the server on a free port and waits until it listens."""
    import pyspark

    home = Path(pyspark.__file__).parent
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port: int = s.getsockname()[1]
    settings = {**SETTINGS, "spark.connect.grpc.binding.port": str(port), "spark.driver.memory": "1g"}
    command = [str(home / "bin" / "spark-submit"), "--master", "local[2]"]
    for key, value in settings.items():
        command += ["--conf", f"{key}={value}"]
    if line() < (4, 0):
        command += ["--packages", f"org.apache.spark:spark-connect_2.12:{pyspark.__version__}"]
    command += ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "spark-internal"]
    python = Path(sys.executable).parent
    env = {**os.environ, "SPARK_HOME": str(home), "PATH": f"{python}{os.pathsep}{os.environ['PATH']}"}
    env["SPARK_LOCAL_IP"] = "127.0.0.1"
    log = Path(os.environ.get("PENSTOCK_TEST_LOGS", "/tmp")) / f"penstock-connect-{port}.log"
    with log.open("w") as out:
        server = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=env)
    atexit.register(_stop, server)
    _wait(server, port, log)
    return port


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(600):
        if server.poll() is not None:
            break
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError(f"the Connect server did not start:\n{log.read_text()[-2000:]}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
