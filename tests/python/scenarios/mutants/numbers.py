"""C: numbers that are not quite numbers, or too large."""

from __future__ import annotations

from penstock.scenarios.oracles.invariants import Conserves, Invariant, RowCount, Unique
from penstock.scenarios.oracles.metamorphic import Repartition, RowOrder
from penstock.scenarios.roles import Roles
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from .mutant import Mutant

READINGS = """
SELECT concat('d', id % 4) AS device, TIMESTAMP'2024-05-01 08:00:00Z' + make_dt_interval(0, 0, CAST(id AS INT), 0) AS ts,
    id % 5 * 1.5D AS value FROM range(32)"""
BY_DEVICE = Roles(key=("device",), time="ts")


def mean_value(readings: DataFrame) -> DataFrame:
    """Means of plausible values: NaN is greater than everything, so `> -50` lets it pass."""
    plausible = readings.where("value > -50 AND value <> double('Infinity')")
    return plausible.groupBy("device").agg(F.avg("value").alias("mean"))


def mean_value_right(readings: DataFrame) -> DataFrame:
    return readings.where("value BETWEEN -50 AND 60").groupBy("device").agg(F.avg("value").alias("mean"))


def distinct_values(readings: DataFrame) -> DataFrame:
    """Each device's values once, by a fingerprint of their texts: 0.0 and -0.0 are equal, their texts are not."""
    text = F.coalesce(F.col("value").cast("string"), F.lit("null"))
    print_ = F.sha2(F.concat_ws("|", "device", text), 256)
    return readings.withColumn("print", print_).dropDuplicates(["print"]).select("device", "value")


def distinct_values_right(readings: DataFrame) -> DataFrame:
    return readings.select("device", "value").distinct()


ACCOUNTS = """
SELECT id * 7919 AS account_id, concat('n', id) AS name FROM range(24)"""


def assigned_worker(accounts: DataFrame) -> DataFrame:
    """Accounts over eight workers: the smallest BIGINT has no absolute value."""
    return accounts.withColumn("worker", (F.abs("account_id") % 8).cast("int"))


def assigned_worker_right(accounts: DataFrame) -> DataFrame:
    return accounts.withColumn("worker", F.expr("CAST(pmod(account_id, 8L) AS INT)"))


def account_numbers(accounts: DataFrame) -> DataFrame:
    """Account numbers, 0 where there is none: beside `0.0` the column becomes a DOUBLE on the way."""
    number = F.coalesce(F.col("account_id"), F.lit(0.0)).cast("long")
    return accounts.withColumn("number", number)


def account_numbers_right(accounts: DataFrame) -> DataFrame:
    return accounts.withColumn("number", F.coalesce(F.col("account_id"), F.lit(0)))


INVOICES = """
SELECT id AS invoice_id, CAST(100 + id * 3.25 AS DECIMAL(12, 2)) AS net FROM range(20)"""


def gross_amount(invoices: DataFrame) -> DataFrame:
    """Gross, in the column's own type: the largest amounts do not fit, and become null or an error."""
    return invoices.withColumn("gross", (F.col("net") * F.lit(1.19).cast("decimal(3,2)")).cast("decimal(12,2)"))


def gross_amount_right(invoices: DataFrame) -> DataFrame:
    return invoices.withColumn("gross", (F.col("net") * F.lit(1.19).cast("decimal(3,2)")).cast("decimal(14,2)"))


ADS = """
SELECT concat('ad', id) AS ad, 1 + id % 4 AS clicks, 20 + id AS impressions FROM range(16)"""


def click_rate(ads: DataFrame) -> DataFrame:
    """Clicks per impression, where nothing was shown yet."""
    return ads.withColumn("rate", F.col("clicks") / F.col("impressions"))


def click_rate_right(ads: DataFrame) -> DataFrame:
    shown = F.col("impressions") != 0
    return ads.withColumn("rate", F.when(shown, F.col("clicks") / F.when(shown, F.col("impressions"))).otherwise(0.0))


LEDGER = """
SELECT concat('acc', id % 3) AS account, (id % 9) * 0.25D AS amount FROM range(27)"""


def balances(bookings: DataFrame) -> DataFrame:
    """Balances as sums of doubles: what is left of a small amount beside a huge one depends on the order."""
    return bookings.groupBy("account").agg(F.sum("amount").alias("balance"))


def balances_right(bookings: DataFrame) -> DataFrame:
    finite = F.expr("CASE WHEN abs(amount) < 1e20 THEN CAST(amount AS DECIMAL(32, 6)) END")
    return bookings.groupBy("account").agg(F.sum(finite).alias("balance"))


MUTANTS = [
    Mutant(
        "C1",
        mean_value,
        mean_value_right,
        READINGS,
        [Unique("device"), Invariant("mean BETWEEN -50 AND 60")],
        BY_DEVICE,
    ),
    Mutant(
        "C3",
        distinct_values,
        distinct_values_right,
        READINGS,
        [Unique("device", "value"), Conserves("count(DISTINCT struct(device, value))", "count(*)")],
        BY_DEVICE,
    ),
    Mutant(
        "C5",
        assigned_worker,
        assigned_worker_right,
        ACCOUNTS,
        [RowCount(), Invariant("account_id IS NULL OR worker BETWEEN 0 AND 7")],
        Roles(key=("account_id",)),
    ),
    Mutant(
        "C6",
        account_numbers,
        account_numbers_right,
        ACCOUNTS,
        [RowCount(), Invariant("number = coalesce(account_id, 0L)")],
        Roles(key=("account_id",)),
    ),
    Mutant(
        "C7",
        gross_amount,
        gross_amount_right,
        INVOICES,
        [RowCount(), Invariant("net IS NULL OR abs(gross) >= abs(net)")],
        Roles(key=("invoice_id",)),
    ),
    Mutant(
        "C9",
        click_rate,
        click_rate_right,
        ADS,
        [RowCount(), Invariant("clicks IS NULL OR impressions IS NULL OR rate IS NOT NULL")],
        Roles(key=("ad",), divisors=("impressions",)),
    ),
    Mutant(
        "C11", balances, balances_right, LEDGER, [Unique("account"), RowOrder(), Repartition()], Roles(key=("account",))
    ),
]
