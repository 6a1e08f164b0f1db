"""The pytest plugin `penstock`: a warm local session, and an item for every scenario of a test made by `over`.

A project that uses none of it pays an import without PySpark, and sees nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from .suite.shared import SharedRuns
    from .suite.suite import Level, Suite

_NOWHERE = "penstock: no place for it in the inputs"
_FIXTURE = "penstock_scenarios"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options and ini settings, all called penstock or scenarios."""
    group = parser.getgroup("penstock", "Penstock: scenarios on a shared Spark session")
    group.addoption(
        "--scenarios",
        choices=("quick", "full"),
        default="quick",
        help="each scenario in two environments (quick), or crossed pairwise with all of them (full)",
    )
    group.addoption("--scenarios-ledger", metavar="DIR", help="write ledger.json, ledger.html and ledger.xml there")
    group.addoption(
        "--scenarios-shrink",
        type=int,
        default=3,
        metavar="N",
        help="shrink the first N failing scenarios to the smallest failing frame (3)",
    )
    group.addoption("--spark-remote", metavar="URL", help="use this Spark Connect server for penstock_spark")
    parser.addini("penstock_spark_name", "another name for the fixture penstock_spark, such as spark", default="")
    parser.addini("penstock_spark_conf", "Spark settings of the local session, KEY=VALUE each", type="linelist")


def pytest_configure(config: pytest.Config) -> None:
    """The ledger, and the other name of the session fixture, where they are asked for."""
    config.addinivalue_line("markers", "scenarios: runs a transform over the scenarios of Penstock's catalogue")
    folder = config.getoption("--scenarios-ledger")
    if folder and not hasattr(config, "workerinput"):
        from .ledger.recorder import Recorder

        config.pluginmanager.register(Recorder(Path(str(folder))), "penstock-ledger")
    name = str(config.getini("penstock_spark_name"))
    if name:
        config.pluginmanager.register(_named(name), f"penstock-{name}")


@pytest.fixture(scope="session")
def penstock_spark(pytestconfig: pytest.Config) -> Iterator[SparkSession]:
    """A Spark session for the whole run: local and warm, or of a Connect server with --spark-remote.

    One that runs already is taken, and left running. Override it by a fixture of this name in conftest.py.
    """
    from .suite.session import opened

    settings = dict(line.split("=", 1) for line in cast("list[str]", pytestconfig.getini("penstock_spark_conf")))
    with opened(pytestconfig.getoption("--spark-remote"), settings) as spark:
        yield spark


@pytest.fixture
def penstock_scenarios(request: pytest.FixtureRequest, penstock_spark: SparkSession) -> Callable[[Suite], None]:
    """Runs one scenario of a suite; all that were selected are run with the first."""

    def run(suite: Suite) -> None:
        __tracebackhide__ = True
        _judge(request.node, suite, str(request.param), penstock_spark)

    return run


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """An item for each entry of the catalogue that a suite is run over."""
    suite = _suite(metafunc.function)
    if suite is not None:
        from .suite.suite import BASE

        entries = suite.entries()
        ids = [BASE, *(f"{entry.id}-{entry.name}" for entry in entries)]
        metafunc.parametrize(_FIXTURE, [BASE, *(entry.id for entry in entries)], ids=ids, indirect=True)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Marks the items, so that `-m scenarios` selects them."""
    if _suite(getattr(item, "function", None)) is not None:
        item.add_marker("scenarios")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Scenarios without a place in the inputs are deselected when it is known: when the session has told the schema."""
    if _suite(getattr(item, "function", None)) is None:
        return None
    from _pytest.runner import runtestprotocol

    reports = runtestprotocol(item, nextitem=nextitem, log=False)
    if any(report.skipped and _NOWHERE in str(report.longrepr) for report in reports):
        item.config.hook.pytest_deselected(items=[item])
        return True
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


_SHARED = pytest.StashKey[dict[int, "SharedRuns"]]()


def _suite(function: object) -> Suite | None:
    return getattr(function, "penstock_suite", None)


def _judge(item: pytest.Item, suite: Suite, scenario: str, spark: SparkSession) -> None:
    __tracebackhide__ = True
    import json
    from dataclasses import asdict

    from .ledger.model import record
    from .ledger.recorder import PROPERTY

    shared = _shared(item, suite, spark)
    outcomes = shared.outcomes.get(scenario)
    if outcomes is None:
        pytest.skip(_NOWHERE)
    told = record(suite.subject, scenario, outcomes)
    item.user_properties.append((PROPERTY, json.dumps(asdict(told))))
    failed = [o for o in outcomes if o.status == "fail"]
    if failed:
        pytest.fail(shared.explained(failed, spark), pytrace=False)
    if told.status == "known gap":
        pytest.xfail(f"known gap: {told.note}")


def _shared(item: pytest.Item, suite: Suite, spark: SparkSession) -> SharedRuns:
    from .suite.shared import SharedRuns

    runs = item.session.stash.setdefault(_SHARED, {})
    if id(suite) not in runs:
        config = item.config
        mine = [i for i in item.session.items if _suite(getattr(i, "function", None)) is suite]
        ids = [str(cast(Any, i).callspec.params[_FIXTURE]) for i in mine]
        outcomes = suite.run(spark, cast("Level", config.getoption("--scenarios")), ids)
        runs[id(suite)] = SharedRuns(outcomes, cast("int", config.getoption("--scenarios-shrink")))
    return runs[id(suite)]


def _named(name: str) -> object:
    class Named:
        @pytest.fixture(scope="session", name=name)
        def session(self, penstock_spark: SparkSession) -> SparkSession:
            return penstock_spark

    return Named()
