"""One classic session and one Connect server for the whole run; both start with nothing of ours in them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from pyspark.sql import SparkSession
    from servers import ConnectServer

# `servers` and `doctored` lie beside this file, and are found from whatever folder pytest was started in.
sys.path.insert(0, str(Path(__file__).parent))

REPO = Path(__file__).parents[2]

# The same draws each time, so that a run fails for what was changed; PENSTOCK_DEEP draws others.
settings.register_profile("seeded", derandomize=os.environ.get("PENSTOCK_DEEP") != "1", database=None)
settings.load_profile("seeded")


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    """A plain classic session: no JAR, no extension."""
    from pyspark.sql import SparkSession

    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    session = (
        SparkSession.builder.master("local[2]")
        .appName("penstock-tests")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.memory", "1g")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="session")
def penstock_spark(spark: SparkSession) -> SparkSession:
    """The session of the plugin's tests: the one that is there."""
    return spark


@pytest.fixture(scope="session")
def connect_server() -> Iterator[ConnectServer]:
    """A Spark Connect server with nothing of ours."""
    pytest.importorskip("grpc", reason="Spark Connect's client is not installed")
    from servers import ConnectServer

    with ConnectServer() as server:
        yield server


@pytest.fixture
def new_connect(connect_server: ConnectServer) -> Iterator[Any]:
    """Makes sessions of the server; each is new to Penstock."""
    from pyspark.sql.connect.session import SparkSession

    made: list[Any] = []

    def new() -> Any:
        made.append(SparkSession.builder.remote(connect_server.url).create())
        return made[-1]

    yield new
    for session in made:
        session.client.close()


@pytest.fixture(params=["classic", "connect"])
def new_session(request: pytest.FixtureRequest) -> Any:
    """Makes sessions that nothing was attached to, through each door."""
    if request.param == "connect":
        return request.getfixturevalue("new_connect")
    return request.getfixturevalue("spark").newSession


@pytest.fixture
def fresh(new_session: Any) -> Any:
    """A session that nothing was attached to, through each door."""
    return new_session()


@pytest.fixture(scope="session")
def team_jar() -> Path:
    """The JAR of the team's project in tests/team, for the Spark that runs here."""
    import penstock

    line = penstock.jar_path().name.removeprefix("penstock-").rsplit("-", 1)[0]
    found = sorted((REPO / "tests" / "team" / "target").rglob(f"team-transforms-{line}-*.jar"))
    if not found:
        pytest.fail(f"There is no JAR of tests/team for {line}; make test builds it.")
    return found[-1]
