"""G and H: event streams, nested values."""

from __future__ import annotations

from penstock.scenarios.oracles.invariants import Conserves, Invariant, RowCount
from penstock.scenarios.oracles.metamorphic import RowOrder
from penstock.scenarios.roles import Roles
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from .mutant import Mutant

STATES = """
SELECT concat('d', id % 3) AS device, TIMESTAMP'2024-05-06 08:10:00Z' + make_dt_interval(0, 0, CAST(id * 7 AS INT), 0) AS ts,
    TIMESTAMP'2024-05-06 08:10:02Z' + make_dt_interval(0, 0, CAST(id * 7 AS INT), 0) AS seen,
    element_at(array('on', 'off', 'idle'), CAST(id % 4 % 3 AS INT) + 1) AS state FROM range(30)"""
ROLES = Roles(key=("device",), time="ts", arrival="seen")


def transitions(states: DataFrame) -> DataFrame:
    """Each state and the one before: of two at one time, any comes first."""
    before = F.lag("state").over(Window.partitionBy("device").orderBy("ts"))
    return states.select("device", "ts", "seen", "state", before.alias("before"))


def transitions_right(states: DataFrame) -> DataFrame:
    before = F.lag("state").over(Window.partitionBy("device").orderBy("ts", "seen", "state"))
    return states.select("device", "ts", "seen", "state", before.alias("before"))


def pauses(states: DataFrame) -> DataFrame:
    """Seconds since the state before, in the order of arrival."""
    before = F.lag("ts").over(Window.partitionBy("device").orderBy("seen", "ts"))
    return _pauses(states, before)


def pauses_right(states: DataFrame) -> DataFrame:
    return _pauses(states, F.lag("ts").over(Window.partitionBy("device").orderBy("ts", "seen")))


def _pauses(states: DataFrame, before: object) -> DataFrame:
    return states.withColumn("before", before).select(
        "device", "ts", "state", F.expr("unix_micros(ts) - unix_micros(before)").alias("pause_us")
    )


def in_slots(states: DataFrame) -> DataFrame:
    """Each event in its slot of an hour: BETWEEN takes both ends, so a full hour is in two slots."""
    return _in_slots(states, "ts BETWEEN slot AND slot + INTERVAL '1' HOUR")


def in_slots_right(states: DataFrame) -> DataFrame:
    return _in_slots(states, "ts >= slot AND ts < slot + INTERVAL '1' HOUR")


def _in_slots(states: DataFrame, rule: str) -> DataFrame:
    events = states.where("ts IS NOT NULL")
    slots = events.selectExpr("explode(array(-1, 0)) AS back", "date_trunc('HOUR', ts) AS hour").selectExpr(
        "hour + make_dt_interval(0, back, 0, 0) AS slot"
    )
    return events.join(slots.distinct(), F.expr(rule)).select("device", "ts", "seen", "state", "slot")


BASKETS = """
SELECT id AS basket_id, array(concat('sku', id % 3), concat('sku', id % 5)) AS items FROM range(12)"""


def basket_lines(baskets: DataFrame) -> DataFrame:
    """A line for each item: a basket without items is gone."""
    return baskets.select("basket_id", F.explode("items").alias("item"))


def basket_lines_right(baskets: DataFrame) -> DataFrame:
    return baskets.select("basket_id", F.explode_outer("items").alias("item"))


MUTANTS = [
    Mutant("G1", transitions, transitions_right, STATES, [RowCount(), RowOrder()], ROLES),
    Mutant("G2", pauses, pauses_right, STATES, [RowCount(), Invariant("pause_us IS NULL OR pause_us >= 0")], ROLES),
    Mutant("G8", in_slots, in_slots_right, STATES, [Conserves("count(ts)", "count(*)")], ROLES),
    Mutant(
        "H7",
        basket_lines,
        basket_lines_right,
        BASKETS,
        [Conserves("count(DISTINCT struct(basket_id))", "count(DISTINCT struct(basket_id))")],
        Roles(key=("basket_id",)),
    ),
]
