"""A call by name, through both doors: values of every kind, refusals, laziness."""

from __future__ import annotations

import time
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import penstock
import pytest

if TYPE_CHECKING:
    from servers import ConnectServer


@pytest.fixture
def session(fresh: Any, team_jar: Path) -> Any:
    penstock.attach(fresh, jars=[team_jar])
    return fresh


@pytest.fixture
def orders(session: Any) -> Any:
    return session.sql("SELECT * FROM VALUES ('a', 1.0D, 5.0D), ('b', 3.0D, 6.0D) AS t(k, net, price)")


@pytest.fixture
def reference(session: Any) -> Any:
    return session.sql("SELECT * FROM VALUES ('a', 1), ('c', 3) AS t(k, x)")


def test_every_kind_of_value(orders: Any, reference: Any) -> None:
    got = penstock.call(
        "team_enrich",
        orders,
        reference,
        by=["k"],
        price="price",
        how="left",
        keep="k <> 'it''s'",
        bucket=4,
        factor=2.0,
        label='it\'s \\ "quoted" :x $y `z` ü\n',
        marked=True,
        within=timedelta(days=1, microseconds=5),
        names=("p", "b"),
    )
    assert got.columns == ["k", "net", "price", "x", "p", "b", "label", "within", "matched"]
    rows = {row["k"]: row.asDict() for row in got.collect()}
    assert rows["a"]["p"] == 10.0
    assert rows["a"]["b"] == 8
    assert rows["a"]["label"] == 'it\'s \\ "quoted" :x $y `z` ü\n'
    assert rows["a"]["within"] == "PT24H0.000005S"
    assert (rows["a"]["matched"], rows["b"]["matched"]) == (True, False)


@pytest.mark.parametrize(
    ("within", "shown"),
    [("5 minutes", "5 minutes"), (7, "7"), (2**40, str(2**40)), (Decimal("1.50"), "1.50"), (1.5, "1.5")],
)
def test_durations_travel_as_they_are(orders: Any, reference: Any, within: object, shown: str) -> None:
    got = penstock.call("team_enrich", orders, reference, by="k", price="price", within=within)
    assert got.collect()[0]["within"] == shown


def test_derived_frames_live_on(orders: Any) -> None:
    derived = penstock.call("add_vat", orders, rate=0.5).where("vat > 1").select("k")
    assert [row["k"] for row in derived.collect()] == ["b"]


def test_none_means_not_given(orders: Any) -> None:
    assert [r["vat"] for r in penstock.call("add_vat", orders, rate=None).orderBy("k").collect()] == pytest.approx(
        [0.2, 0.6]
    )


REFUSED = [
    ("add_vat", 1, {"rat": 1}, ["unknown-parameter"], ["no parameter 'rat'", "rate, net, into", "Did you mean rate?"]),
    ("add_vat", 1, {"rate": "x"}, ["wrong-value"], ["parameter 'rate' must be a number, got 'x'"]),
    ("add_vat", 1, {"rate": "x", "net": 3}, ["wrong-value"], ["'rate' must be", "'net' must be", "got 3"]),
    ("add_vat", 1, {"rat": 1, "net": 3}, ["unknown-parameter", "wrong-value"], ["'rat'", "'net' must be"]),
    ("team_enrich", 2, {"by": "k"}, ["missing-parameter"], ["parameter 'price' is missing"]),
    ("add_vt", 1, {}, ["unknown-transform"], ["no transform 'add_vt'", "Did you mean 'add_vat'?"]),
    ("add_vat", 1, {"net": {"a"}}, ["wrong-value"], ["'net' cannot be set"]),
    ("add_vat", 1, {"net": print}, ["wrong-value"], ["Code cannot travel"]),
]


@pytest.mark.parametrize(("name", "tables", "args", "codes", "says"), REFUSED)
def test_refused_at_the_call(
    orders: Any, reference: Any, name: str, tables: int, args: dict[str, Any], codes: list[str], says: list[str]
) -> None:
    with pytest.raises(penstock.Refusal) as raised:
        penstock.call(name, *[orders, reference][:tables], **args)
    text = str(raised.value)
    for word in says:
        assert word in text
    assert list(raised.value.codes) == codes
    clean(raised.value)


@pytest.mark.parametrize("tables", [0, 2])
def test_number_of_tables(orders: Any, tables: int) -> None:
    with pytest.raises(penstock.PenstockError) as raised:
        penstock.call("add_vat", *[orders] * tables)
    clean(raised.value)


@pytest.mark.parametrize(
    ("thing", "says"),
    [
        ("orders", "got str.*spark.table"),
        (None, "got None"),
        ([1], "got list"),
        (type("DataFrame", (), {"__module__": "pandas.core.frame"})(), r"got pandas DataFrame.*createDataFrame"),
        (type("DataFrame", (), {"__module__": "pyspark.pandas.frame"})(), r"to_spark\(\)"),
    ],
)
def test_not_a_table(thing: Any, says: str) -> None:
    with pytest.raises(penstock.Refusal, match=f"(?s)add_vat: table 1 must be a Spark DataFrame, .*{says}"):
        penstock.call("add_vat", thing)


def test_tables_of_two_sessions(orders: Any, new_session: Any) -> None:
    other = new_session().range(1)
    with pytest.raises(penstock.Refusal, match="table 2 belongs to another Spark session") as raised:
        penstock.call("team_enrich", orders, other, by="k", price="price")
    assert raised.value.codes == ("different-sessions",)


def test_tables_of_two_doors(spark: Any, new_connect: Any) -> None:
    with pytest.raises(penstock.Refusal, match="another Spark session"):
        penstock.call("team_enrich", spark.range(1), new_connect().range(1))


def test_two_wrappers_of_one_session(spark: Any, team_jar: Path) -> None:
    from pyspark.sql import SparkSession

    penstock.attach(spark, jars=[team_jar])
    again = SparkSession(spark.sparkContext, spark._jsparkSession)
    got = penstock.call(
        "team_enrich", spark.sql("SELECT 1 AS k, 2.0D AS price"), again.sql("SELECT 1 AS k"), by="k", price="price"
    )
    assert got.count() == 1


def test_a_call_runs_no_job_classic(spark: Any, team_jar: Path) -> None:
    penstock.attach(spark, jars=[team_jar])
    table = spark.range(10).withColumnRenamed("id", "net")
    spark.sparkContext.setJobGroup("lazy", "a call")
    try:
        penstock.call("add_vat", table)
        assert list(spark.sparkContext.statusTracker().getJobIdsForGroup("lazy")) == []
    finally:
        spark.sparkContext.setLocalProperty("spark.jobGroup.id", None)


def test_a_call_runs_no_job_connect(new_connect: Any, connect_server: ConnectServer, team_jar: Path) -> None:
    session = new_connect()
    penstock.attach(session, jars=[team_jar])
    table = session.range(10).withColumnRenamed("id", "net")

    def marker() -> int:
        """Runs a job and waits for it in the event log; events come in order, so all before it are there too."""
        before = connect_server.jobs()
        session.range(3).repartition(2).count()
        deadline = time.monotonic() + 60
        while connect_server.jobs() == before and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(0.5)
        return connect_server.jobs()

    one, two = marker(), marker()
    penstock.call("add_vat", table)
    assert marker() - two == two - one


def clean(error: BaseException) -> None:
    """No class of the JVM, no stack trace, no chain."""
    text = str(error)
    for sign in ("\tat ", "org.apache", "java.", "Exception", "JVM stacktrace"):
        assert sign not in text
    assert error.__cause__ is None
    assert error.__suppress_context__ or error.__context__ is None
