"""E: categories, keys and relations."""

from __future__ import annotations

from penstock.scenarios.oracles.invariants import Conserves, Invariant, RowCount, Unique
from penstock.scenarios.oracles.metamorphic import Repartition, RowOrder
from penstock.scenarios.roles import Foreign, Roles
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from .mutant import Mutant

PAYMENTS = """
SELECT id AS payment_id, concat('c', id % 4) AS customer, element_at(array('sale', 'refund'), CAST(id % 2 AS INT) + 1) AS kind,
    CAST(10 + id AS DECIMAL(12, 2)) AS amount FROM range(24)"""
PAYMENT = Roles(key=("customer",), unique=("payment_id",), categories={"kind": ("sale", "refund")})


def signed_amounts(payments: DataFrame) -> DataFrame:
    """Refunds count against sales: a kind that nobody has seen yet counts as nothing."""
    signed = F.when(F.col("kind") == "sale", F.col("amount")).when(F.col("kind") == "refund", -F.col("amount"))
    return payments.select("payment_id", "kind", "amount", signed.alias("signed"), F.lit("booked").alias("state"))


def signed_amounts_right(payments: DataFrame) -> DataFrame:
    signed = F.when(F.col("kind") == "sale", F.col("amount")).when(F.col("kind") == "refund", -F.col("amount"))
    known = F.coalesce(F.col("kind").isin("sale", "refund"), F.lit(False))
    state = F.when(known, "booked").otherwise("to be looked at")
    return payments.select("payment_id", "kind", "amount", signed.alias("signed"), state.alias("state"))


def paid_by_customer(payments: DataFrame) -> DataFrame:
    """Sums of what was delivered, as often as it was delivered."""
    return payments.groupBy("customer").agg(F.sum("amount").alias("paid"), F.count("*").alias("payments"))


def paid_by_customer_right(payments: DataFrame) -> DataFrame:
    return paid_by_customer(one_per_payment_right(payments))


def one_per_payment(payments: DataFrame) -> DataFrame:
    """One row per payment: of two versions, whichever comes first."""
    return payments.dropDuplicates(["payment_id"])


def one_per_payment_right(payments: DataFrame) -> DataFrame:
    newest = Window.partitionBy("payment_id").orderBy(F.desc("amount"), "kind", "customer")
    return payments.withColumn("n", F.row_number().over(newest)).where("n = 1").drop("n")


CUSTOMERS = "SELECT concat('c', id) AS customer, concat('region', id % 2) AS region FROM range(6)"
BOTH = {"payments": PAYMENTS, "customers": CUSTOMERS}
REFERS = {
    "payments": Roles(
        key=("customer",),
        unique=("payment_id",),
        foreign={"customer": Foreign(("customer",), "customers", ("customer",))},
    ),
    "customers": Roles(key=("customer",), unique=("customer",)),
}


def with_region(payments: DataFrame, customers: DataFrame) -> DataFrame:
    """Payments by region: those of a customer who is not in the table yet are gone."""
    one = customers.groupBy("customer").agg(F.min("region").alias("region"))
    return payments.join(one, "customer").select("payment_id", "customer", "amount", "region")


def with_region_right(payments: DataFrame, customers: DataFrame) -> DataFrame:
    one = customers.groupBy("customer").agg(F.min("region").alias("region"))
    return payments.join(one, "customer", "left").select("payment_id", "customer", "amount", "region")


MUTANTS = [
    Mutant(
        "E1",
        signed_amounts,
        signed_amounts_right,
        PAYMENTS,
        [RowCount(), Invariant("amount IS NULL OR signed IS NOT NULL OR state <> 'booked'")],
        PAYMENT,
    ),
    Mutant(
        "E3",
        paid_by_customer,
        paid_by_customer_right,
        PAYMENTS,
        [Unique("customer"), Conserves("count(DISTINCT struct(payment_id))", "coalesce(sum(payments), 0L)")],
        PAYMENT,
    ),
    Mutant(
        "E4",
        one_per_payment,
        one_per_payment_right,
        PAYMENTS,
        [Unique("payment_id"), Conserves("count(DISTINCT struct(payment_id))", "count(*)"), RowOrder(), Repartition()],
        PAYMENT,
    ),
    Mutant("E6", with_region, with_region_right, BOTH, [RowCount("payments")], REFERS),
]
