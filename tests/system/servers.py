"""Real Spark servers as child processes, on loopback, with nothing of Penstock attached.

Every server says in its log when it is ready and which port it took; that line is waited for, never a number
of seconds.
"""

from __future__ import annotations

import importlib.util
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 120.0
"""Seconds until a server that does not say it is ready counts as broken; a cold start takes about 6."""


@dataclass(frozen=True)
class Cluster:
    """A standalone master and its workers."""

    url: str
    work: Path
    """Each worker's folder; executors leave theirs below it."""

    def executors_of(self, app: str) -> int:
        """How many executor processes the workers started for an application."""
        return len(list(self.work.glob(f"worker-*/{app}/*/stderr")))


def spark_home() -> Path:
    """The Spark inside the running interpreter's PySpark."""
    spec = importlib.util.find_spec("pyspark")
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{sys.executable} has no PySpark")
    return Path(spec.origin).parent


def environment() -> dict[str, str]:
    """The servers' environment: this interpreter for Python workers, loopback only, no inherited Spark settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SPARK_", "PYSPARK_"))}
    here = str(Path(sys.executable).parent)
    return kept | {
        "PATH": here + os.pathsep + kept.get("PATH", ""),
        "SPARK_HOME": str(spark_home()),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_MEMORY": "768m",
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_DRIVER_PYTHON": sys.executable,
    }


@contextmanager
def running(command: Sequence[str], log: Path, ready: str) -> Iterator[re.Match[str]]:
    """Runs a server until the block ends; gives the match of the log line that says it is ready."""
    with log.open("w") as out:
        # a process group of its own: spark-class and spark-submit start the JVM as their child
        process = subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, env=environment(), cwd=log.parent, start_new_session=True
        )
    try:
        yield _wait(process, log, ready)
    finally:
        _stop(process)


@contextmanager
def standalone_cluster(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """A master and its workers.

    A worker declares more cores than the machine may have, so that a Connect server and an application can hold
    executors at the same time; each application asks for two cores (see `submit_settings`).
    """
    start = [str(spark_home() / "bin" / "spark-class")]
    at = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"]
    master = [*start, "org.apache.spark.deploy.master.Master", *at]
    with running(master, folder / "master.log", r"Starting Spark master at (spark://\S+)") as match:
        url = match.group(1)
        with ExitStack() as stack:
            for n in range(workers):
                worker = [*start, "org.apache.spark.deploy.worker.Worker", *at, "--cores", "4", "--memory", "4g"]
                worker += ["--work-dir", str(folder / f"worker-{n}"), url]
                stack.enter_context(running(worker, folder / f"worker-{n}.log", "Successfully registered with master"))
            yield Cluster(url, folder)


@contextmanager
def connect_server(folder: Path, master: str, extra: Sequence[str] = ()) -> Iterator[str]:
    """A plain Spark Connect server on a master; gives the `sc://` address that a client uses."""
    settings = {**submit_settings(), "spark.connect.grpc.binding.port": "0", "spark.ui.enabled": "false"}
    command = [str(spark_home() / "bin" / "spark-submit"), "--master", master, *conf(settings), *extra]
    command += ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "spark-internal"]
    with running(command, folder / "connect.log", r"Spark Connect server started at:? \S*?:(\d+)\s") as match:
        yield f"sc://127.0.0.1:{match.group(1)}"


def submit_settings() -> dict[str, str]:
    """What keeps an application small: two executors of one core each, four shuffle partitions."""
    return {
        "spark.driver.memory": "700m",
        "spark.executor.memory": "700m",
        "spark.executor.cores": "1",
        "spark.cores.max": "2",
        "spark.sql.shuffle.partitions": "4",
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
    }


def conf(settings: dict[str, str]) -> list[str]:
    """Settings as spark-submit takes them."""
    return [word for key, value in settings.items() for word in ("--conf", f"{key}={value}")]


def _wait(process: subprocess.Popen[bytes], log: Path, ready: str) -> re.Match[str]:
    pattern = re.compile(ready)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        text = log.read_text(errors="replace")
        if match := pattern.search(text):
            return match
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}:\n{text[-4000:]}")
        time.sleep(0.2)
    raise TimeoutError(f"no line like {ready!r} within {PATIENCE:.0f} s:\n{log.read_text(errors='replace')[-4000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ends the whole group, executors too: asked first, so that applications sign off, then not asked."""
    for kind, seconds in ((signal.SIGTERM, 8), (signal.SIGKILL, 20)):
        try:
            os.killpg(process.pid, kind)
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            continue
        except ProcessLookupError:
            process.wait(timeout=20)
            return
