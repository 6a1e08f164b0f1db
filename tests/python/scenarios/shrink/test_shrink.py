"""From a failing case to a frame to paste: exact, small, in few Spark actions."""

from __future__ import annotations

from typing import Any

import pytest
from penstock.core.compare.frames import assert_frames_equal
from penstock.core.errors import Refusal
from penstock.scenarios.oracles.invariants import Invariant, RowCount
from penstock.scenarios.over import over
from penstock.scenarios.roles import Roles
from penstock.scenarios.shrink.literals import Literals, literal_frame, read
from penstock.scenarios.shrink.shrink import shrink
from penstock.scenarios.suite.execute import Executor
from penstock.scenarios.suite.judge import judged
from penstock.scenarios.suite.suite import Suite
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from scenarios.mutants.shrunk import first_failure

ROWS = 100_000
LARGE = f"""
SELECT id AS order_id, concat('c', id % 5000) AS customer, id * 0.5D AS amount,
    TIMESTAMP'2024-05-06 08:00:00Z' + make_dt_interval(0, 0, 0, id) AS ts, 'a note' AS note
FROM range({ROWS})"""

EVERYTHING = r"""
SELECT * FROM VALUES
  (1Y, 2S, 3, -9223372036854775808L, double('NaN'), CAST('Infinity' AS FLOAT), 'it''s \\ "ok"', true, X'00FF',
   DATE'0001-01-01', TIMESTAMP'2024-11-03 05:30:00Z', TIMESTAMP_NTZ'2024-03-10 02:30:00.000001', 12.340BD,
   array(1, NULL), map('k', 1.5D), named_struct('f', 'x', 'g g', CAST(NULL AS INT)), CAST(X'C328' AS STRING)),
  (NULL, NULL, NULL, NULL, -0.0D, NULL, 'e\u0301 \u00e9 \n \u200b', NULL, NULL, NULL,
   TIMESTAMP'2024-11-03 06:30:00Z', NULL, NULL, NULL, NULL, NULL, ''),
  (NULL, NULL, NULL, NULL, 1.0E-320D, NULL, NULL, NULL, X'', NULL, TIMESTAMP'9999-12-31 23:59:59.999999Z', NULL,
   -99.999BD, array(), map(), named_struct('f', CAST(NULL AS STRING), 'g g', CAST(NULL AS INT)), NULL)
AS t(b, s, i, l, d, f, `a text`, o, x, day, ts, wall, dec, arr, m, st, broken)"""


def of(suite: Any) -> Suite:
    return suite.penstock_suite


@pytest.mark.parametrize("zone", ["UTC", "America/St_Johns"])
@pytest.mark.parametrize("rows", [3, 0])
def test_literals_are_exact(spark: Any, zone: str, rows: int) -> None:
    session = spark.newSession()
    frame = session.sql(EVERYTHING).limit(rows)
    told = Literals(frame.schema, tuple(read(r["cells"]) for r in literal_frame(frame).collect()))
    session.conf.set("spark.sql.session.timeZone", zone)
    assert_frames_equal(session.sql(told.sql()), frame, signed_zero=True)


def total(orders: DataFrame) -> DataFrame:
    return orders.groupBy("customer").agg(F.sum("amount").alias("total"))


def executions(spark: Any) -> int:
    """How many SQL executions the session's store has seen."""
    return int(spark._jsparkSession.sharedState().statusStore().executionsCount())


@over(LARGE, total, roles=Roles(key=("customer",)), oracles=[Invariant("total < 1e12")], only=("C1",))
def one_cell() -> None: ...


def joined(orders: DataFrame) -> DataFrame:
    return orders.join(total(orders), "customer")


@over(LARGE, joined, roles=Roles(key=("customer",), unique=("order_id",)), oracles=[RowCount()], only=("B4",))
def null_keys() -> None: ...


def no_overflow(orders: DataFrame) -> DataFrame:
    return orders.withColumn("next", F.col("order_id") + 1)


@over(LARGE, no_overflow, only=("C5",))
def an_error() -> None: ...


@pytest.mark.parametrize(
    ("test", "entry", "rows"),
    [
        pytest.param(one_cell, "C1", 1, id="cell"),
        pytest.param(null_keys, "B4", 1, id="key"),
        pytest.param(an_error, "C5", 1, id="error"),
    ],
)
def test_from_many_rows(spark: Any, test: Any, entry: str, rows: int) -> None:
    """The minimum, in at most 30 actions, by Spark's own count; what is printed fails in the same way."""
    failed = first_failure(of(test), entry, spark)
    assert failed is not None
    before = executions(spark)
    small = shrink(failed, spark)
    assert executions(spark) - before <= 30
    assert small.actions <= 30
    assert small.from_rows >= ROWS
    assert small.rows == rows, str(small)
    names: dict[str, Any] = {"spark": spark.newSession()}
    exec(small.python, names)
    again = judged([failed.case.having(lambda _: {"orders": names["orders"]})], Executor(names["spark"]))[0]
    assert [f.kind for f in again.findings] == [small.finding.kind]
    assert small.scala == small.python.replace('orders = spark.sql(r"""', 'val orders = spark.sql("""')


def by_partition(orders: DataFrame) -> DataFrame:
    return orders.withColumn("part", F.spark_partition_id())


@over(LARGE, by_partition, oracles=[Invariant("part = 0")], only=("A3",))
def by_place() -> None: ...


def test_what_fails_by_where_rows_lie_is_refused(spark: Any) -> None:
    """A frame of literals cannot show it."""
    failed = first_failure(of(by_place), "A3", spark)
    assert failed is not None
    with pytest.raises(Refusal, match="held in one partition, do not fail again"):
        shrink(failed, spark)


def test_only_the_cell_that_matters_keeps_its_value(spark: Any) -> None:
    failed = first_failure(of(one_cell), "C1", spark)
    assert failed is not None
    row = shrink(failed, spark).frames["orders"].rows[0]
    assert row == ("1L", "'a'", "double('NaN')", "TIMESTAMP'2024-01-01 00:00:00Z'", "'a'")
