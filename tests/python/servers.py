"""A real Spark Connect server in a process of its own, with nothing of ours in it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import pyspark

HOME = Path(pyspark.__file__).parent
FETCHED = Path(__file__).parents[2] / "target" / "connect"
STARTED = "Spark Connect server started at"


class ConnectServer:
    """Started on a free port; `with` stops it."""

    def __init__(self, conf: Mapping[str, str] | None = None, master: str = "local[2]") -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="penstock-connect-", ignore_cleanup_errors=True)
        self.port = _free_port()
        self.url = f"sc://localhost:{self.port}"
        self.log = Path(self._folder.name) / "server.log"
        self.events = Path(self._folder.name) / "events"
        self.events.mkdir()
        settings = {
            "spark.ui.enabled": "false",
            "spark.sql.shuffle.partitions": "2",
            "spark.connect.grpc.binding.port": str(self.port),
            "spark.eventLog.enabled": "true",
            "spark.eventLog.compress": "false",
            "spark.eventLog.dir": self.events.as_uri(),
            "spark.sql.warehouse.dir": f"{self._folder.name}/warehouse",
            **(conf or {}),
        }
        command = [str(HOME / "bin" / "spark-submit"), "--master", master, "--driver-memory", "1g"]
        command += _connect_jar()
        for key, value in settings.items():
            command += ["--conf", f"{key}={value}"]
        command += ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "spark-internal"]
        env = {**os.environ, "SPARK_HOME": str(HOME), "SPARK_LOCAL_IP": "127.0.0.1"}
        env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"
        with self.log.open("w") as log:
            self._process = subprocess.Popen(command, env=env, stdout=log, stderr=log, cwd=self._folder.name)

    def __enter__(self) -> ConnectServer:
        deadline = time.monotonic() + 300
        while STARTED not in self.log.read_text(errors="replace"):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"The Connect server did not start:\n{self.log.read_text()[-4000:]}")
            time.sleep(0.2)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._folder.cleanup()

    def stop(self) -> None:
        """Ends the process that was started here."""
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def jobs(self) -> int:
        """How many jobs the server has started; its event log is flushed at every start of a job."""
        files = [p for p in self.events.rglob("*") if p.is_file()]
        return sum(p.read_text(errors="replace").count('"Event":"SparkListenerJobStart"') for p in files)


def _connect_jar() -> list[str]:
    """The server is among PySpark's JARs from 4.0 on; for 3.5 it is one shaded artifact, fetched once by Maven."""
    if list((HOME / "jars").glob("spark-connect_*.jar")):
        return []
    scala = next((HOME / "jars").glob("scala-library-*.jar")).name.split("-")[2].rsplit(".", 2)[0]
    line, patch = pyspark.__version__.rsplit(".", 1)
    for version in (f"{line}.{p}" for p in range(int(patch), -1, -1)):  # not every patch has reached every mirror
        jar = FETCHED / f"spark-connect_{scala}-{version}.jar"
        if not jar.is_file():
            wanted = f"-Dartifact=org.apache.spark:spark-connect_{scala}:{version}"
            fetch = ["mvn", "-q", "-B", "dependency:copy", wanted, f"-DoutputDirectory={FETCHED}"]
            subprocess.run(fetch, capture_output=True, check=False)
        if jar.is_file():
            return ["--jars", str(jar)]
    raise RuntimeError(f"Maven has no spark-connect_{scala} for Spark {line}.")


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])
