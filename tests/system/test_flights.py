"""The flights job as its users start it: the notebook, spark-submit, and a session of a standalone cluster.

All three run over the whole year and give the same tables, row by row.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest
from flights.inputs import Sources, nycflights13
from flights.session import jar_for
from penstock import jar_path
from servers import Cluster, environment, spark_home, submit_settings

FLIGHTS = Path(__file__).parents[2] / "examples" / "flights"
sys.path.append(str(FLIGHTS / "tests"))
from by_duckdb import differences  # noqa: E402

TABLES = ("departures", "delays_by_band", "delays_by_rain", "delays_by_aloft", "delays_by_hour")

ON_A_CLUSTER = """
import sys
from datetime import date
from pyspark.sql import SparkSession
from flights import job, session
from flights.inputs import Sources

master, flights, weather, output = sys.argv[1:]
builder = SparkSession.builder.appName("flights on a cluster").master(master)
for pair in sys.stdin.read().split("\\n"):
    builder = builder.config(*pair.split("=", 1))
running = builder.getOrCreate()  # as a platform would: it knows nothing of Penstock
spark = session.start()
assert spark is running
print(job.departure_delays(
    spark, Sources(flights, weather), start=date(2013, 1, 1), end=date(2013, 12, 31),
    origins=["EWR", "JFK", "LGA"], tolerance="2 hours", output=output,
))
print("executors", spark.sparkContext.applicationId)
spark.stop()
"""


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    return nycflights13(tmp_path_factory.mktemp("inputs"))


@pytest.fixture(scope="module")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The tables that the notebook wrote in local mode, and what the run printed."""
    folder = tmp_path_factory.mktemp("notebook")
    arguments = ["-p", f"output={folder / 'out'}", "--report", str(folder / "report.html"), "-q"]
    done = ran([sys.executable, str(FLIGHTS / "run.py"), *arguments])
    return folder, done.stdout


def test_the_notebook_runs_as_a_job_and_every_row_equals_duckdb(notebook: tuple[Path, str], sources: Sources) -> None:
    folder, printed = notebook
    found = differences(sources, folder / "out" / "departures", tolerance="2 hours")
    assert (found["only_here"], found["only_duckdb"], found["rows"]) == (0, 0, 336_776)
    for figure in ("336,776", "327,506", "9,270", "8,255", "32 min median", "58 min at 95 %"):
        assert figure in printed
    report = (folder / "report.html").read_text()
    assert str(folder / "report.html") in printed
    assert len(re.findall(r"data:image/(?:png|svg)", report)) >= 3


def test_the_scala_main_by_spark_submit_gives_the_same_tables(
    notebook: tuple[Path, str], sources: Sources, tmp_path: Path
) -> None:
    ran([*submit("local[2]"), *main_arguments(sources, tmp_path)])
    assert different_rows(notebook[0] / "out", tmp_path) == {}


def test_the_scala_main_on_a_standalone_cluster_gives_the_same_tables(
    notebook: tuple[Path, str], sources: Sources, tmp_path: Path, cluster: Cluster
) -> None:
    ran([*submit(cluster.url), *main_arguments(sources, tmp_path)])
    assert different_rows(notebook[0] / "out", tmp_path) == {}


def test_a_running_session_of_a_cluster_gives_the_same_tables(
    notebook: tuple[Path, str], sources: Sources, tmp_path: Path, cluster: Cluster
) -> None:
    """Nothing of Penstock is configured; executors are processes of their own, on another clock than ours."""
    settings = {**submit_settings(), "spark.sql.session.timeZone": "Asia/Kolkata"}
    command = [sys.executable, "-c", ON_A_CLUSTER, cluster.url, sources.flights, sources.weather, str(tmp_path)]
    done = ran(command, "\n".join(f"{key}={value}" for key, value in settings.items()))
    assert cluster.executors_of(done.stdout.split()[-1]) == 2
    assert different_rows(notebook[0] / "out", tmp_path) == {}


def test_the_scala_main_refuses_wrong_arguments(sources: Sources, tmp_path: Path) -> None:
    command = [*submit("local[2]"), *main_arguments(sources, tmp_path), "--tolerence", "1 hour"]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "There is no parameter '--tolerence'" in done.stdout + done.stderr


def submit(master: str) -> Sequence[str]:
    settings = {**submit_settings(), "spark.driver.memory": "1g"}
    flags = [word for key, value in settings.items() for word in ("--conf", f"{key}={value}")]
    command = [str(spark_home() / "bin" / "spark-submit"), "--master", master, *flags, "--jars", str(jar_path())]
    return [*command, "--class", "flights.DepartureDelays", str(jar_for())]


def main_arguments(sources: Sources, output: Path) -> Sequence[str]:
    return [
        "--flights",
        sources.flights,
        "--weather",
        sources.weather,
        "--output",
        str(output),
        "--tolerance",
        "2 hours",
    ]


def ran(command: Sequence[str], stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Runs to the end, in a time zone that is nobody's, or shows what the command said."""
    chatham = environment() | {"TZ": "Pacific/Chatham"}
    done = subprocess.run(command, env=chatham, input=stdin, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def different_rows(one: Path, other: Path) -> dict[str, int]:
    """For each table that differs, the number of rows that only one of the two folders has."""
    db = duckdb.connect(config={"threads": 2})
    db.execute("SET enable_progress_bar = false")
    found: dict[str, int] = {}
    for table in TABLES:
        a, b = (f"FROM read_parquet('{folder / table}/*.parquet')" for folder in (one, other))
        query = f"SELECT count(*) FROM (({a} EXCEPT ALL {b}) UNION ALL ({b} EXCEPT ALL {a}))"
        if rows := db.execute(query).fetchall()[0][0]:
            found[table] = rows
        assert db.execute(f"SELECT count(*) FROM ({a})").fetchall()[0][0] > 0
    return found
