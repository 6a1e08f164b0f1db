"""B: what is not there."""

from __future__ import annotations

from penstock.scenarios.oracles.invariants import Conserves, Invariant, RowCount, Unique
from penstock.scenarios.roles import Roles
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from .mutant import Mutant

ORDERS = """
SELECT id AS order_id, concat('c', id % 5) AS customer, element_at(array('paid', 'open', 'cancelled'), CAST(id % 3 AS INT) + 1)
    AS status, CAST(10 + id AS DECIMAL(12, 2)) AS amount FROM range(24)"""


def revenue_by_state(orders: DataFrame) -> DataFrame:
    """Revenue that counts, and revenue that was cancelled: `<>` is not true of an order without a status."""
    counts, cancelled = F.col("status") != "cancelled", F.col("status") == "cancelled"
    return orders.groupBy("customer").agg(
        F.sum("amount").alias("total"),
        F.sum(F.when(counts, F.col("amount"))).alias("active"),
        F.sum(F.when(cancelled, F.col("amount"))).alias("cancelled"),
    )


def revenue_by_state_right(orders: DataFrame) -> DataFrame:
    cancelled = F.coalesce(F.col("status") == "cancelled", F.lit(False))
    return orders.groupBy("customer").agg(
        F.sum("amount").alias("total"),
        F.sum(F.when(~cancelled, F.col("amount"))).alias("active"),
        F.sum(F.when(cancelled, F.col("amount"))).alias("cancelled"),
    )


def share_of_customer(orders: DataFrame) -> DataFrame:
    """Each order beside its customer's total: the join loses orders without a customer."""
    totals = orders.groupBy("customer").agg(F.sum("amount").alias("customer_total"))
    return orders.join(totals, "customer").select("order_id", "customer", "amount", "customer_total")


def share_of_customer_right(orders: DataFrame) -> DataFrame:
    total = F.sum("amount").over(Window.partitionBy("customer"))
    return orders.select("order_id", "customer", "amount", total.alias("customer_total"))


READINGS = """
SELECT concat('d', id % 4) AS device, TIMESTAMP'2024-05-01 08:00:00Z' + make_dt_interval(0, 0, CAST(id AS INT), 0) AS ts,
    20D + (id % 7) AS value FROM range(28)"""


def first_readings(readings: DataFrame) -> DataFrame:
    """The first reading of each device: ascending order puts a null time first."""
    first = Window.partitionBy("device").orderBy("ts", "value")
    return (
        readings.withColumn("n", F.row_number().over(first))
        .withColumn("since", F.min("ts").over(Window.partitionBy("device")))
        .where("n = 1")
        .select("device", "ts", "value", "since")
    )


def first_readings_right(readings: DataFrame) -> DataFrame:
    first = Window.partitionBy("device").orderBy(F.col("ts").asc_nulls_last(), "value")
    return (
        readings.withColumn("n", F.row_number().over(first))
        .withColumn("since", F.min("ts").over(Window.partitionBy("device")))
        .where("n = 1")
        .select("device", "ts", "value", "since")
    )


TILLS = """
SELECT concat('s', id % 3) AS store, concat('t', id % 2) AS till, CAST(5 + id AS DECIMAL(12, 2)) AS amount FROM range(24)"""


def takings(sales: DataFrame) -> DataFrame:
    """Takings of each till, by a key put together: a null part makes the whole key null."""
    return (
        sales.withColumn("key", F.concat("store", F.lit("/"), "till"))
        .groupBy("key")
        .agg(F.first("store").alias("store"), F.first("till").alias("till"), F.sum("amount").alias("takings"))
        .drop("key")
    )


def takings_right(sales: DataFrame) -> DataFrame:
    return sales.groupBy("store", "till").agg(F.sum("amount").alias("takings"))


CUSTOMERS = """
SELECT id AS customer_id, named_struct('street', concat('Road ', id), 'city', concat('town', id % 4)) AS home,
    named_struct('street', concat('Lane ', id), 'city', concat('city', id % 3)) AS work FROM range(16)"""


def shipping_city(customers: DataFrame) -> DataFrame:
    """Where to ship, home first: a struct whose fields are all null is not null, and hides the other one."""
    return customers.select("customer_id", "home", "work", F.coalesce("home", "work")["city"].alias("ship_to"))


def shipping_city_right(customers: DataFrame) -> DataFrame:
    return customers.select("customer_id", "home", "work", F.coalesce("home.city", "work.city").alias("ship_to"))


MUTANTS = [
    Mutant(
        "B1",
        revenue_by_state,
        revenue_by_state_right,
        ORDERS,
        [Invariant("total IS NULL OR total = coalesce(active, 0) + coalesce(cancelled, 0)")],
        Roles(key=("customer",), unique=("order_id",)),
        {"C7": "ARITHMETIC_OVERFLOW"},
    ),
    Mutant(
        "B4",
        share_of_customer,
        share_of_customer_right,
        ORDERS,
        [RowCount()],
        Roles(key=("customer",), unique=("order_id",)),
    ),
    Mutant(
        "B5",
        first_readings,
        first_readings_right,
        READINGS,
        [Unique("device"), Invariant("ts <=> since")],
        Roles(key=("device",), time="ts"),
    ),
    Mutant(
        "B6",
        takings,
        takings_right,
        TILLS,
        [
            Unique("store", "till"),
            Conserves("count(DISTINCT struct(store, till))", "count(*)"),
            Conserves("sum(amount)", "sum(takings)"),
        ],
        Roles(key=("store", "till")),
    ),
    Mutant(
        "B9",
        shipping_city,
        shipping_city_right,
        CUSTOMERS,
        [RowCount(), Invariant("ship_to IS NOT NULL OR (home.city IS NULL AND work.city IS NULL)")],
        Roles(key=("customer_id",)),
    ),
]
