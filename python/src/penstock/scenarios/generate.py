"""Specs become frames: batches, single rows, streams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from penstock.core.errors import Refusal
from penstock.core.frames import active_session, query

from .layers import layers
from .spec import Spec

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def generate(
    spec: Spec, table: str = "", *, spark: SparkSession | None = None, partitions: int | None = None
) -> DataFrame:
    """A table of a spec, as a lazy frame; no partition count changes a value in it.

    Args:
        spec: what is to be made.
        table: which of its tables; not needed where there is one.
        spark: a session of either kind; None: the one that runs here.
        partitions: None leaves it to Spark.
    """
    return query(spark or active_session(), spec.sql(_one(spec, table), partitions))


def row(spec: Spec, row: int, table: str = "", *, spark: SparkSession | None = None) -> DataFrame:
    """The row of one id, made alone: the same cells as in the whole table, in the time of one row."""
    return query(spark or active_session(), spec.row_sql(_one(spec, table), row))


def stream(spec: Spec, table: str = "", *, rows_per_second: int = 100, spark: SparkSession | None = None) -> DataFrame:
    """The same rows as an endless stream, in the order of delivery, from Spark's rate source.

    Raises:
        Refusal: the table has `repeated` rows, which come after the last one.
    """
    name = _one(spec, table)
    if spec.table(name).repeated:
        raise Refusal(
            f"scenarios: table '{name}' has repeated rows, which come after the last one; a stream has none.\n"
            "  Leave repeated=0 for a stream.  [penstock.wrong-spec]",
            ("wrong-spec",),
        )
    source = (spark or active_session()).readStream.format("rate").option("rowsPerSecond", rows_per_second).load()
    frame = source.selectExpr("value AS _at").selectExpr(f"{spec.row_of(name, endless=True)} AS _row")
    for layer in layers(spec, name):
        frame = (frame.where(layer.where) if layer.where else frame).selectExpr(*layer.expressions)
    return frame


def _one(spec: Spec, table: str) -> str:
    if not table and len(spec.tables) == 1:
        return next(iter(spec.tables))
    spec.table(table)
    return table
