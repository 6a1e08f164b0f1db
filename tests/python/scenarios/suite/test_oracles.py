"""Each oracle lets a right transform pass and objects to a wrong one; all of them in a few actions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from penstock import scenarios as s
from penstock.core.errors import Refusal
from penstock.scenarios.oracles.oracle import Oracle
from penstock.scenarios.suite.case import Case
from penstock.scenarios.suite.execute import Executor
from penstock.scenarios.suite.judge import judged
from penstock.scenarios.suite.outcome import Outcome
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

ORDERS = """
SELECT id AS order_id, concat('c', id % 4) AS customer, CAST(id AS DECIMAL(12, 2)) AS amount, id / 3D AS weight,
    TIMESTAMP'2024-05-06 08:00:00Z' + make_dt_interval(CAST(id % 3 AS INT), 1, 0, 0) AS ts,
    TIMESTAMP'2024-05-09 08:00:00Z' + make_dt_interval(0, 0, CAST(id AS INT), 0) AS seen
FROM range(16)"""
ROLES = s.Roles(key=("customer",), unique=("order_id",), time="ts", arrival="seen")
Transform = Callable[[DataFrame], DataFrame]


def same(orders: DataFrame) -> DataFrame:
    return orders


def totals(orders: DataFrame) -> DataFrame:
    return orders.groupBy("customer").agg(F.sum("amount").alias("total"))


def ranks(orders: DataFrame) -> DataFrame:
    return orders.withColumn("rank", F.row_number().over(Window.orderBy("order_id")))


def numbered(orders: DataFrame) -> DataFrame:
    return orders.withColumn("n", F.monotonically_increasing_id())


def with_day(orders: DataFrame) -> DataFrame:
    return orders.groupBy(F.to_date("ts").alias("day")).agg(F.sum("amount").alias("total"))


def since_may(orders: DataFrame) -> DataFrame:
    return orders.where("ts < TIMESTAMP'2024-05-08 00:00:00Z'")


def closed(orders: DataFrame) -> DataFrame:
    return orders.where("seen < TIMESTAMP'2024-05-10 00:00:00Z'")


def one_customer(orders: DataFrame) -> DataFrame:
    return orders.where("customer = 'c1'")


def zone(orders: DataFrame) -> DataFrame:
    return orders.withColumn("zone", F.current_timezone())


def fewer(orders: DataFrame) -> DataFrame:
    return orders.where("order_id <> 3")


def nulls(orders: DataFrame) -> DataFrame:
    return orders.withColumn("amount", F.expr("nullif(amount, 2)"))


def weights(orders: DataFrame) -> DataFrame:
    return orders.groupBy("customer").agg(F.sum("weight").alias("weight"))


def weights_again(orders: DataFrame) -> DataFrame:
    return weights(orders).withColumn("weight", F.expr("weight + 1e-9"))


def without_codegen(orders: DataFrame) -> DataFrame:
    return orders.withColumn("on", F.lit(orders.sparkSession.conf.get("spark.sql.codegen.wholeStage")))


def changed_settings(orders: DataFrame) -> DataFrame:
    return orders.withColumn("n", F.lit(orders.sparkSession.conf.get("spark.sql.shuffle.partitions")))


HOLDS: list[tuple[Oracle, Transform, Transform]] = [
    (s.Invariant("amount >= 0", "order_id < 99"), same, nulls),
    (s.NotNull("amount"), same, nulls),
    (s.Unique("customer"), totals, same),
    (s.Schema("customer string, total decimal(22,2)"), totals, same),
    (s.RowCount(), same, fewer),
    (s.Conserves("sum(amount)", "sum(total)"), totals, lambda orders: totals(fewer(orders))),
    (s.Reference(totals), totals, lambda orders: totals(fewer(orders))),
    (s.Reference(weights, key="customer", tolerance=1e-6), weights_again, lambda o: weights(fewer(o))),
    (s.Expected(same), same, fewer),
    (s.RowOrder(), totals, numbered),
    (s.Repartition(), totals, numbered),
    (s.SplitUnion(), totals, ranks),
    (s.Backfill("to_date(ts)"), with_day, ranks),
    (s.Duplicates(), lambda orders: orders.distinct(), totals),
    (s.Relabel(), totals, one_customer),
    (s.Shift(), same, since_may),
    (s.LateArrival(), totals, closed),
    (s.Codegen(), totals, without_codegen),
    (s.SameUnder({"spark.sql.shuffle.partitions": "9"}), totals, changed_settings),
]


def case(transform: Transform, *oracles: Oracle, **more: Any) -> Case:
    @s.over(ORDERS, transform, roles=ROLES, oracles=oracles, **more)
    def test() -> None: ...

    return Case(test.penstock_suite.subject)  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def outcomes(spark: Any) -> dict[int, tuple[Outcome, Outcome]]:
    cases = [case(transform, oracle) for oracle, *both in HOLDS for transform in both]
    executor = Executor(spark, at_once=60)
    found = judged(cases, executor)
    assert executor.actions <= 6
    return {i: (found[2 * i], found[2 * i + 1]) for i in range(len(HOLDS))}


@pytest.mark.parametrize("i", range(len(HOLDS)), ids=[f"{i}-{type(h[0]).__name__}" for i, h in enumerate(HOLDS)])
def test_it_tells_right_from_wrong(outcomes: dict[int, tuple[Outcome, Outcome]], i: int) -> None:
    right, wrong = outcomes[i]
    assert right.status == "pass", str(right)
    assert [f.kind for f in wrong.findings] == [type(HOLDS[i][0]).__name__], str(wrong)


def test_broken_invariants_show_their_rows(spark: Any) -> None:
    """The first five of them, with the user's names, however long their values are."""

    def long(orders: DataFrame) -> DataFrame:
        return orders.selectExpr("order_id", "repeat(customer, 99) AS `a customer`")

    oracles = (s.Invariant("order_id % 8 <> 3"), s.Unique("a customer"))
    broken, twice = (f.message.splitlines() for f in judged([case(long, *oracles)], Executor(spark))[0].findings)
    assert broken[:2] == ["2 of 16 rows are not `order_id % 8 <> 3`:", "  order_id  a customer"]
    assert [line.split()[0] for line in broken[2:]] == ["11", "3"]
    assert all("c3c3" in line and " … " in line for line in broken[2:])
    assert twice[0] == "(a customer) does not name one row:"
    assert len(twice) == 2 + 5 + 1
    assert twice[-1] == "  … and 11 more"


def test_an_error_must_be_declared(spark: Any) -> None:
    def broken(orders: DataFrame) -> DataFrame:
        return orders.withColumn("x", F.expr("raise_error('[TOO_LARGE] no')"))

    def other(orders: DataFrame) -> DataFrame:
        return broken(orders)

    told = judged([case(broken, s.RowCount()), case(broken, s.Reference(other))], Executor(spark))
    assert [o.status for o in told] == ["fail", "rejects"]
    assert told[0].findings[0].oracle == -1


def test_the_body_of_a_test_is_an_oracle(spark: Any) -> None:
    @s.over(ORDERS, totals, roles=ROLES)
    def test_own(output: DataFrame, orders: DataFrame) -> None:
        assert output.count() == orders.count(), "customers are not orders"

    outcome = judged([Case(test_own.penstock_suite.subject)], Executor(spark))[0]  # type: ignore[attr-defined]
    assert [(f.kind, f.message.splitlines()[0]) for f in outcome.findings] == [
        ("Check", "test_own: customers are not orders")
    ]


def test_a_tolerance_needs_a_key() -> None:
    with pytest.raises(Refusal, match=r"penstock\.tolerance-needs-key"):
        s.RowOrder(tolerance=0.1)


def test_a_base_must_belong_to_a_parameter() -> None:
    with pytest.raises(Refusal, match=r"(?s)no parameter 'order'.*It has: orders\..*penstock\.wrong-base"):
        s.over({"order": ORDERS}, totals)
    with pytest.raises(Refusal, match="a base cannot be a int"):
        s.over(7, totals)  # type: ignore[arg-type]
